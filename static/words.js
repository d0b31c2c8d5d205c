// The words of the catalogue, filled in and counted as the page's language has it: generator/site/catalogue.py in scripts.

const { lang, dir } = document.documentElement;
const spoken = [lang, "en"]; // as English does where nobody has recorded the language
const plural = new Intl.PluralRules(spoken);
const [whole, tenths] = [0, 1].map((places) => new Intl.NumberFormat(spoken, {
  numberingSystem: "latn", useGrouping: "always", minimumFractionDigits: places, maximumFractionDigits: places }));

// 12345 as "12,345", and 998 thousandths as "99.8".
export const figures = (number) => whole.format(number);
export const percent = (thousandths) => tenths.format(thousandths / 10);

// Marks a name in another script so (FSI, PDI) that it turns nothing around it.
const apart = (value) => (dir === "rtl" && /\p{L}/u.test(value) ? `\u2068${value}\u2069` : value);

// Text with {names} filled in.
export const filled = (text, given = {}) => text.replace(/\{(\w+)\}/g, (all, name) => (name in given ? apart(given[name]) : all));

// The text of a name in the form that the number asks for, with {number} and other {names} filled in.
export const counted = (words, name, number, given = {}) =>
  filled(words[`${name}.${plural.select(number)}`] ?? words[`${name}.other`], { number: figures(number), ...given });
