// Two works side by side, and the ways on from them: the next match, and the match as the next question.
// Filters (?FACET=SLUG) and the walk (?trail=ID,ID) go along.

import { asked, named, put } from "./choice.js";
import { Collection, brief, compare, element } from "./collection.js";
import { carry, show, walked } from "./trail.js";
import { filled } from "./words.js";

export const article = document.querySelector(".pair");
const words = JSON.parse(article.dataset.words);
export const fill = (name, given) => filled(words[name], given);
export const line = (name, ...inside) => element("div", { className: name }, element("dt", {}, words[name]), element("dd", {}, ...inside));

// The best for the match that is no step back: under the filters or else, where none is chosen, of another kind.
async function question(left, row, near, choice, collection) {
  const seen = new Set(await Promise.all([...walked(), left].map((id) => collection.row(id))));
  const fresh = collection.nearest(near, choice, row, near.length).found
    .filter((one) => !seen.has(one.row) && !collection.closeness(one.code).same);
  const free = choice.every((value) => value === null);
  return (free && fresh.find(({ cell }) => cell !== collection.cellOf(row))) || fresh[0];
}

// Fills in the ways on; `nears` is what is near each of the two.
export async function lead(collection, [left, right], rows, nears) {
  const choice = asked(collection);
  const listed = collection.nearest(nears[0], choice, rows[0], nears[0].length).found;
  const at = listed.findIndex(({ row }) => row === rows[1]);
  const next = await question(left, rows[1], nears[1], choice, collection);
  const [match, on, after, before] = await Promise.all(
    [{ row: rows[1] }, next, listed[at + 1], listed[at - 1]].map((one) => one && collection.card(one.row)));
  const way = (name, one, other, title) => {
    const url = compare(one, other.id);
    put(collection, choice, url.searchParams);
    return element("a", { href: carry(url, left) }, fill(name, { title: brief(title) }));
  };
  article.querySelector(".onward").replaceChildren(
    ...(on ? [way("on", right, on, match.title)] : []), ...(after ? [way("next", left, after, after.title)] : []),
    ...(before ? [way("before", left, before, before.title)] : []), way("swap", right, { id: left }, ""));
  if (choice.some((value) => value !== null)) article.querySelector(".between").append(among(collection, choice, left));
  await show(left);
}

function among(collection, choice, left) {
  const url = new URL(location.href);
  put(collection, choice.map(() => null), url.searchParams);
  const everywhere = element("a", { href: carry(url, left) }, fill("everywhere"));
  return line("among", element("span", {}, named(collection, choice).join(" · ")), " ", everywhere);
}

// On the page of a pair all else stands there already.
async function start({ a, b }) {
  const collection = await Collection.load();
  const both = (ask) => Promise.all([a, b].map(ask));
  await lead(collection, [a, b], await both((id) => collection.row(id)), await both((id) => collection.near(id)));
}

if (article.dataset.a) await start(article.dataset).catch(console.warn);
