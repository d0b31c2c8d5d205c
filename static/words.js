// The words of the catalogue, filled in and counted as the page's language has it: generator/site/catalogue.py in
// scripts.
// Cases that both must answer alike: tests/javascript/cases/words.json.

/**
 * @typedef {Record<string, string>} Words texts by their names
 * @typedef {Record<string, string | number | undefined>} Given what is filled into a text, by its name there
 */

const { lang, dir } = document.documentElement;
const spoken = [lang, "en"]; // as English does where nobody has recorded the language
const plural = new Intl.PluralRules(spoken);
const [whole, tenths] = [0, 1].map((places) => new Intl.NumberFormat(spoken, {
  numberingSystem: "latn", useGrouping: "always", minimumFractionDigits: places, maximumFractionDigits: places }));

/** 12345 as "12,345". @param {number} number */
export const figures = (number) => whole.format(number);

/** 998 thousandths as "99.8". @param {number} thousandths */
export const percent = (thousandths) => tenths.format(thousandths / 10);

/**
 * A name in another script so marked (FSI, PDI) that it turns nothing around it; what is marked stays.
 * @param {string} text
 */
const apart = (text) =>
  (dir === "rtl" && /\p{L}/u.test(text) && !text.startsWith("\u2068") ? `\u2068${text}\u2069` : text);

/**
 * Text with {names} filled in.
 * @param {string} text
 * @param {Given} [given]
 */
export const filled = (text, given = {}) =>
  text.replace(/\{(\w+)\}/g, (all, name) => (name in given ? apart(String(given[name])) : all));

/**
 * The text of a name in the form that the number asks for, with {number} and other {names} filled in.
 * @param {Words} words
 * @param {string} name
 * @param {number} number
 * @param {Given} [given]
 */
export const counted = (words, name, number, given = {}) =>
  filled(words[`${name}.${plural.select(number)}`] ?? words[`${name}.other`], { number: figures(number), ...given });

/**
 * The text cut at a word, with an ellipsis, where it is longer than `most` characters.
 * @param {string} text
 * @param {number} [most]
 */
export function shortened(text, most = 60) {
  const signs = [...text]; // not halves of those beyond 16 bits
  if (signs.length <= most) return text;
  const cut = signs.slice(0, most - 1).join("");
  return `${cut.replace(/^(.+) [^ ]*$/s, "$1").replace(/[ ,;:\-–—]+$/, "")}…`;
}
