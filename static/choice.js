// What is chosen in the filters: in a form, in the address (?FACET=SLUG) and in words.

/**
 * @typedef {import("./collection.js").Choice} Choice
 * @typedef {Pick<import("./collection.js").Collection, "filters">} Filtered
 */

/** The selects of a form that are filters. @param {HTMLFormElement} form */
export const selects = (form) => [...form.querySelectorAll("select")].filter(({ name }) => /^f\d+$/.test(name));

/** The number of the value that is chosen in a select. @param {{ value: string }} select */
export const value = (select) => (select.value === "" ? null : Number(select.value));

/**
 * The choice that an address (?FACET=SLUG) makes; what it does not know is not chosen.
 * @param {Filtered} collection
 * @returns {Choice}
 */
export function asked(collection, search = location.search) {
  const params = new URLSearchParams(search);
  return collection.filters.map(({ param, slugs }) => {
    const value = slugs.indexOf(params.get(param) ?? "");
    return value < 0 ? null : value;
  });
}

/**
 * Writes a choice into the parameters of an address.
 * @param {Filtered} collection
 * @param {Choice} choice
 * @param {URLSearchParams} params
 */
export function put(collection, choice, params) {
  collection.filters.forEach(({ param, slugs }, place) => {
    const value = choice[place];
    if (value === null) params.delete(param);
    else params.set(param, slugs[value]);
  });
  return params;
}

/**
 * What is chosen, in words.
 * @param {Filtered} collection
 * @param {Choice} choice
 */
export const named = (collection, choice) =>
  collection.filters.flatMap(({ values }, place) => values[choice[place] ?? -1] ?? []);

/** Whether nothing is chosen. @param {Choice} choice */
export const free = (choice) => choice.every((value) => value === null);
