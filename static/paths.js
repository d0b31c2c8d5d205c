// The path between any two works: ?from=ID&to=ID, under conditions (FACET=SLUG: only through these; new=FACET: another
// one at every step; order=time). What it is reckoned from is loaded when two works are chosen.

import { picture, shape } from "./cards.js";
import { asked, free, put, selects, value } from "./choice.js";
import { Collection } from "./collection.js";
import { closest, element, part, plain, told } from "./dom.js";
import { compare, work } from "./urls.js";
import { counted, figures, filled, shortened } from "./words.js";

/**
 * @typedef {import("./collection.js").Card} Card
 * @typedef {import("./collection.js").Closeness} Closeness
 * @typedef {import("./ways.js").Asked & { from: string, to: string }} State
 * @typedef {import("./ways.js").Ways} Ways
 */

const article = part(document, ".paths", HTMLElement);
const form = part(article, "form", HTMLFormElement);
const [status, looser, list, key] =
  [".status", ".looser", ".chain", ".key"].map((name) => part(article, name, HTMLElement));
const [draw, swap, clear] =
  ["[name=draw]", "[name=swap]", "[type=reset]"].map((name) => part(form, name, HTMLButtonElement));
const ends = ["from", "to"].map((name) => part(form, `[name=${name}]`, HTMLInputElement));
const fresh = part(form, "[name=new]", HTMLSelectElement);
/** @type {HTMLSelectElement | null} */
const order = form.querySelector("[name=order]"); // where works are dated
/** @type {import("./words.js").Words} */
const words = told(article, "words");
/** @param {string} name @param {import("./words.js").Given} [given] */
const fill = (name, given) => filled(words[name], given);
/** @type {Collection} */
let collection;
/** @type {Promise<Ways> | null} */
let ways = null;
let turn = 0; // what a slower answer belongs to

/** @param {{ length: number }} path */
const steps = ({ length }) => counted(words, "steps", length - 1);

/** @returns {State} */
function state(search = location.search) {
  const params = new URLSearchParams(search);
  const place = collection.facts.facets.findIndex(({ param }) => param === params.get("new"));
  return { from: params.get("from") ?? "", to: params.get("to") ?? "", choice: asked(collection, search),
    fresh: place < 0 ? null : place, inTime: params.get("order") === "time" };
}

/** @param {State} state */
function address({ from, to, choice, fresh, inTime }) {
  const params = new URLSearchParams();
  if (from) params.set("from", from);
  if (to) params.set("to", to);
  put(collection, choice, params);
  if (fresh !== null) params.set("new", collection.facts.facets[fresh].param);
  if (inTime) params.set("order", "time");
  return params.size ? `?${params}` : location.pathname;
}

function loaded() {
  ways ??= import("./ways.js").then(({ Ways }) => Ways.load(collection));
  ways.catch(() => { ways = null; }); // the next who asks tries again
  return ways;
}

/** @param {Partial<State>} changes */
function go(changes) {
  history.pushState(null, "", address({ ...state(), ...changes }));
  return attempt();
}

async function show() {
  const mine = ++turn;
  const now = state();
  if (now.from && now.to) loaded();
  const rows = await Promise.all([now.from, now.to].map((id) => (id ? collection.row(id) : undefined)));
  const [one, other] = await Promise.all(rows.map((row) => (row === undefined ? null : collection.card(row))));
  if (mine !== turn) return;
  set(now, [one, other]);
  if (!one || !other || one.row === other.row) return present([], said(now, one, other));
  status.textContent = fill("loading");
  const there = await loaded();
  const near = await there.near([one, other]);
  /** @param {State} wanted */
  const find = (wanted) => there.find(one.row, other.row, near, wanted);
  const path = find(now);
  const titles = { one: shortened(one.title, 50), other: shortened(other.title, 50) };
  const cards = path && await Promise.all(path.map((row) => collection.card(row)));
  if (mine !== turn) return;
  document.title = fill("title", titles);
  if (cards) {
    const text = fill("found", { steps: steps(cards), ...titles });
    return present(cards, text, (before, after) => there.closeness(before.row, after.row, near));
  }
  const undated = now.inTime && !(there.dated(one.row) && there.dated(other.row));
  present([], undated ? words.undated : fill("none", titles));
  loosen(now, find);
}

/** @param {State} state @param {Card | null} one @param {Card | null} other */
function said({ from, to }, one, other) {
  if ((from && !one) || (to && !other)) return words.missing;
  if (one && one.row === other?.row) return words.same;
  return one || other ? words.second : words.invite;
}

/** The form, as the address has it. @param {State} state @param {(Card | null)[]} cards */
function set({ choice, fresh: facet, inTime }, cards) {
  ends.forEach((input, side) => {
    const card = cards[side];
    const typing = document.activeElement === input && input.value !== (input.dataset.title ?? "");
    input.dataset.title = card?.title ?? "";
    if (!typing) input.value = input.dataset.title; // what a visitor types meanwhile stays
    input.dir = "auto";
    const thumb = part(/** @type {HTMLElement} */ (input.parentElement), ".thumb", HTMLElement);
    thumb.replaceChildren(...(card ? [picture(card, 0, { alt: "" })] : []));
  });
  selects(form).forEach((select, place) => { select.value = String(choice[place] ?? ""); });
  fresh.value = String(facet ?? "");
  if (order) order.value = inTime ? "time" : "";
  swap.disabled = !cards[0] && !cards[1];
  clear.disabled = !inTime && facet === null && free(choice);
}

/** @param {Card[]} cards @param {string} text @param {(before: Card, after: Card) => Closeness} [closeness] */
function present(cards, text, closeness) {
  list.replaceChildren(...cards.map((card, place) => {
    const before = cards[place - 1];
    const item = link(card, before);
    if (before && closeness) item.prepend(step(before, card, closeness(before, card)));
    return item;
  }));
  list.hidden = key.hidden = !cards.length;
  looser.hidden = true;
  status.textContent = text;
  article.classList.add("ready");
}

/** @param {Card} card @param {Card | undefined} before */
function link(card, before) {
  const parts = card.labels.flatMap((value, facet) => [facet ? ", " : "",
    !before || before.labels[facet] !== value ? element("span", { className: "new" }, value) : value]);
  return element("li", { className: shape(card) },
    element("a", { className: "plate-of-chain", href: work(card.id) }, picture(card, 0)),
    element("div", {},
      element("b", {}, element("a", { href: work(card.id), dir: "auto" }, shortened(card.title, 56))),
      element("p", {}, ...parts, ...(card.date ? [element("br"), card.date] : []))));
}

/** @param {Card} before @param {Card} card @param {Closeness} how */
function step(before, card, { level, word, percent }) {
  /** @param {string} text */
  const hidden = (text) => element("span", { className: "hidden" }, text);
  return element("p", { className: `near n${level}` }, element("a", { href: compare(before.id, card.id) },
    hidden(`${word}, `), element("small", {}, fill("short", { percent })), hidden(`: ${words.compare}`)));
}

/**
 * Where there is no path: each condition without which there is one, or all of them.
 * @param {State} now
 * @param {(wanted: State) => number[] | null} find
 */
function loosen(now, find) {
  /** @param {string} name @param {string} condition @param {Partial<State>} changes */
  const offer = (name, condition, changes) => {
    const wanted = { ...now, ...changes };
    const path = find(wanted);
    if (!path) return [];
    const text = fill(name, { condition, steps: steps(path) });
    return [element("li", {}, element("a", { href: address(wanted) }, text))];
  };
  const offered = [
    ...now.choice.flatMap((value, place) => (value === null ? []
      : offer("without", collection.filters[place].values[value], { choice: now.choice.with(place, null) }))),
    ...(now.fresh === null ? [] : offer("without", fresh.selectedOptions[0].text, { fresh: null })),
    ...(now.inTime && order ? offer("without", order.selectedOptions[0].text, { inTime: false }) : []),
  ];
  const all = { choice: now.choice.map(() => null), fresh: null, inTime: false };
  looser.replaceChildren(...(offered.length ? offered : offer("free", "", all)));
  looser.hidden = false;
}

async function attempt() {
  try {
    await show();
  } catch (error) {
    present([], words.failed);
    console.warn(error);
  }
}

/** Puts the values into each filter, with the number of works that have them. */
function fillFilters() {
  selects(form).forEach((select, place) => select.append(...collection.filters[place].values.map((value, number) => {
    const choice = collection.filters.map((_, other) => (other === place ? number : null));
    const text = fill("option", { value, count: figures(collection.count(choice, -1)) });
    return element("option", { value: String(number) }, text);
  })));
}

async function start() {
  if (!location.search) article.classList.add("ready");
  collection = await Collection.load();
  fillFilters();
  form.addEventListener("focusin", async () => {
    const { choose } = await import("./combobox.js");
    for (const input of ends) choose(input, collection, words, (id) => go({ [input.name]: id }));
  }, { once: true });
  form.addEventListener("change", ({ target }) => {
    if (!(target instanceof HTMLSelectElement)) return;
    go({ choice: selects(form).map(value), fresh: value(fresh), inTime: order?.value === "time" });
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    go({ choice: collection.filters.map(() => null), fresh: null, inTime: false });
    selects(form)[0].focus();
  });
  swap.addEventListener("click", () => {
    const { from, to } = state();
    go({ from: to, to: from });
  });
  draw.addEventListener("click", async () => {
    try {
      const [from, to] = await (await loaded()).draw(state());
      await go({ from: from.id, to: to.id });
    } catch {
      present([], words.failed);
    }
  });
  looser.addEventListener("click", (event) => {
    const to = closest(event, "a", HTMLAnchorElement);
    if (!to || !plain(event)) return;
    event.preventDefault();
    history.pushState(null, "", to.href);
    attempt().then(() => status.focus());
  });
  addEventListener("popstate", attempt);
  for (const one of form.querySelectorAll("input, select")) one.removeAttribute("disabled");
  draw.disabled = false;
  await attempt();
}

await start().catch((error) => {
  present([], words.failed);
  console.warn(error);
});
