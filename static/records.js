// What two records have in common: generator/site/records.py in scripts.
// Cases that both must answer alike: tests/javascript/cases/records.json.

/** @typedef {Map<string, string>} Record texts by their labels */

/**
 * What two records share, in few words: texts of at most `longest` characters, without labels that tell nothing.
 * @param {Record} one
 * @param {Record} other
 * @param {string[]} untold
 * @param {number} longest
 */
export function shared(one, other, untold, longest) {
  const told = [...one].filter(([label, text]) =>
    text === other.get(label) && !untold.includes(label) && [...text].length <= longest);
  return [...new Set(told.map(([, text]) => text))];
}

/** How many years lie between two; there is no year 0. @param {number} one @param {number} other */
export const yearsBetween = (one, other) => Math.abs(one + Number(one < 0) - other - Number(other < 0));
