// Two works side by side, and the ways on from them: the next match, and the match as the next question.
// Filters (?FACET=SLUG) and the walk (?trail=ID,ID) go along.

import { asked, free, named, put } from "./choice.js";
import { Collection } from "./collection.js";
import { element, part, told } from "./dom.js";
import { carry, show, walked } from "./trail.js";
import { compare } from "./urls.js";
import { filled, shortened } from "./words.js";

/**
 * @typedef {import("./collection.js").Choice} Choice
 * @typedef {import("./collection.js").Near} Near
 */

export const article = part(document, ".pair", HTMLElement);
/** @type {import("./words.js").Words} */
const words = told(article, "words");

/** @param {string} name @param {import("./words.js").Given} [given] */
export const fill = (name, given) => filled(words[name], given);

/** @param {string} name @param {(Node | string)[]} inside */
export const line = (name, ...inside) =>
  element("div", { className: name }, element("dt", {}, words[name]), element("dd", {}, ...inside));

/**
 * The best for the match that is no step back: under the filters or else, where none is chosen, of another kind.
 * @param {string} left
 * @param {number} row
 * @param {Near[]} near
 * @param {Choice} choice
 * @param {Collection} collection
 */
async function question(left, row, near, choice, collection) {
  const seen = new Set(await Promise.all([...walked(), left].map((id) => collection.row(id))));
  const fresh = collection.nearest(near, choice, row, near.length).found
    .filter((one) => !seen.has(one.row) && !collection.closeness(one.code).same);
  return (free(choice) && fresh.find(({ cell }) => cell !== collection.cellOf(row))) || fresh[0];
}

/**
 * Fills in the ways on; `nears` is what is near each of the two.
 * @param {Collection} collection
 * @param {string[]} ids
 * @param {number[]} rows
 * @param {Near[][]} nears
 */
export async function lead(collection, [left, right], rows, nears) {
  const choice = asked(collection);
  const listed = collection.nearest(nears[0], choice, rows[0], nears[0].length).found;
  const place = listed.findIndex(({ row }) => row === rows[1]);
  const next = await question(left, rows[1], nears[1], choice, collection);
  const match = await collection.card(rows[1]);
  const [on, after, before] = await Promise.all(
    [next, listed[place + 1], listed[place - 1]].map((one) => one && collection.card(one.row)));
  /** @param {string} name @param {string} one @param {string} other @param {string} title */
  const way = (name, one, other, title) => {
    const url = compare(one, other);
    put(collection, choice, url.searchParams);
    return element("a", { href: carry(url, left) }, fill(name, { title: shortened(title) }));
  };
  part(article, ".onward", HTMLElement).replaceChildren(
    ...(on ? [way("on", right, on.id, match.title)] : []), ...(after ? [way("next", left, after.id, after.title)] : []),
    ...(before ? [way("before", left, before.id, before.title)] : []), way("swap", right, left, ""));
  if (!free(choice)) part(article, ".between", HTMLElement).append(among(collection, choice, left));
  await show(left);
}

/** @param {Collection} collection @param {Choice} choice @param {string} left */
function among(collection, choice, left) {
  const url = new URL(location.href);
  put(collection, choice.map(() => null), url.searchParams);
  const everywhere = element("a", { href: carry(url, left) }, fill("everywhere"));
  return line("among", element("span", {}, named(collection, choice).join(" · ")), " ", everywhere);
}

/**
 * On the page of a pair all else stands there already.
 * @param {string[]} ids
 */
async function start(ids) {
  const collection = await Collection.load();
  const rows = await Promise.all(ids.map((id) => collection.row(id)));
  const nears = await Promise.all(ids.map((id) => collection.near(id)));
  await lead(collection, ids, rows.filter((row) => row !== undefined), nears);
}

const { a, b } = article.dataset;
if (a && b) await start([a, b]).catch(console.warn);
