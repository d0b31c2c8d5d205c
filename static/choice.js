// What is chosen in the filters, in the address (?FACET=SLUG) and in words.

// The choice that an address (?FACET=SLUG) makes; what it does not know is not chosen.
export function asked(collection, search = location.search) {
  const params = new URLSearchParams(search);
  return collection.filters.map(({ param, slugs }) => {
    const value = slugs.indexOf(params.get(param));
    return value < 0 ? null : value;
  });
}

// Writes a choice into the parameters of an address.
export function put(collection, choice, params) {
  collection.filters.forEach(({ param, slugs }, place) => {
    if (choice[place] === null) params.delete(param);
    else params.set(param, slugs[choice[place]]);
  });
  return params;
}

// What is chosen, in words.
export const named = (collection, choice) =>
  collection.filters.flatMap(({ values }, place) => (choice[place] === null ? [] : [values[choice[place]]]));
