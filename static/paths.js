// The path between any two works: ?from=ID&to=ID, under conditions (FACET=SLUG: only through these; new=FACET: another
// one at every step; order=time). What it is reckoned from is loaded when two works are chosen.

import { Collection, brief, compare, element, picture, work } from "./collection.js";
import { asked, put } from "./choice.js";
import { counted, figures, filled } from "./words.js";

const article = document.querySelector(".paths");
const [form, status, looser, list, key] = ["form", ".status", ".looser", ".chain", ".key"].map((name) => article.querySelector(name));
const words = JSON.parse(article.dataset.words);
const { elements } = form;
const fill = (name, given) => filled(words[name], given);
let collection;
let ways; // a promise of Ways
let turn = 0; // what a slower answer belongs to

const selects = () => [...form.querySelectorAll("select")].filter((select) => /^f\d+$/.test(select.name));
const steps = (number) => counted(words, "steps", number);

function state(search = location.search) {
  const params = new URLSearchParams(search);
  const place = collection.facets.findIndex(({ param }) => param === params.get("new"));
  return { from: params.get("from") ?? "", to: params.get("to") ?? "", choice: asked(collection, search),
    fresh: place < 0 ? null : place, inTime: params.get("order") === "time" };
}

function address({ from, to, choice, fresh, inTime }) {
  const params = new URLSearchParams();
  if (from) params.set("from", from);
  if (to) params.set("to", to);
  put(collection, choice, params);
  if (fresh !== null) params.set("new", collection.facets[fresh].param);
  if (inTime) params.set("order", "time");
  return params.size ? `?${params}` : location.pathname;
}

function loaded() {
  ways ??= import("./ways.js").then(({ Ways }) => Ways.load(collection));
  ways.catch(() => { ways = null; }); // the next who asks tries again
  return ways;
}

function go(changes) {
  history.pushState(null, "", address({ ...state(), ...changes }));
  return attempt();
}

async function show() {
  const mine = ++turn;
  const now = state();
  if (now.from && now.to) loaded();
  const rows = await Promise.all([now.from, now.to].map((id) => (id ? collection.row(id) : undefined)));
  const ends = await Promise.all(rows.map((row) => (row === undefined ? null : collection.card(row))));
  if (mine !== turn) return;
  set(now, ends);
  if (!ends[0] || !ends[1] || rows[0] === rows[1]) return present([], said(now, ends, rows));
  status.textContent = fill("loading");
  const there = await loaded();
  const near = await there.near(ends);
  const find = (wanted) => there.find(rows[0], rows[1], near, wanted);
  const path = find(now);
  const titles = { one: brief(ends[0].title, 50), other: brief(ends[1].title, 50) };
  const cards = path && await Promise.all(path.map((row) => collection.card(row)));
  if (mine !== turn) return;
  document.title = fill("title", titles);
  if (path) return present(cards, fill("found", { steps: steps(path.length - 1), ...titles }), (one, other) => there.closeness(one, other, near));
  const undated = now.inTime && !rows.every((row) => there.dated(row));
  present([], undated ? words.undated : fill("none", titles));
  loosen(now, find);
}

function said({ from, to }, ends, rows) {
  if ((from && !ends[0]) || (to && !ends[1])) return words.missing;
  if (ends[0] && rows[0] === rows[1]) return words.same;
  return ends[0] || ends[1] ? words.second : words.invite;
}

// The form, as the address has it.
function set({ choice, fresh, inTime }, ends) {
  ["from", "to"].forEach((name, side) => {
    elements[name].value = elements[name].dataset.title = ends[side]?.title ?? "";
    elements[name].dir = "auto";
    elements[name].previousElementSibling.previousElementSibling.replaceChildren(...(ends[side] ? [picture(ends[side], 0, { alt: "" })] : []));
  });
  selects().forEach((select, place) => { select.value = choice[place] ?? ""; });
  elements.new.value = fresh ?? "";
  if (elements.order) elements.order.value = inTime ? "time" : "";
  elements.swap.disabled = !ends[0] && !ends[1];
  form.querySelector("[type=reset]").disabled = !inTime && fresh === null && choice.every((value) => value === null);
}

function present(cards, text, closeness) {
  list.replaceChildren(...cards.map((card, place) => link(card, cards[place - 1], closeness)));
  list.hidden = key.hidden = !cards.length;
  looser.hidden = true;
  status.textContent = text;
  article.classList.add("ready");
}

function link(card, before, closeness) {
  const image = picture(card, 0, { alt: card.alt });
  const parts = card.labels.flatMap((value, facet) => [facet ? ", " : "",
    !before || before.labels[facet] !== value ? element("span", { className: "new" }, value) : value]);
  const item = element("li", { className: image.className.match(/r\d+/)[0] },
    element("a", { className: "plate-of-chain", href: work(card.id) }, image),
    element("div", {}, element("b", {}, element("a", { href: work(card.id), dir: "auto" }, brief(card.title, 56))),
      element("p", {}, ...parts, ...(card.date ? [element("br"), card.date] : []))));
  if (before) {
    const { level, word, percent } = closeness(before.row, card.row);
    const hidden = (text) => element("span", { className: "hidden" }, text);
    item.prepend(element("p", { className: `near n${level}` }, element("a", { href: compare(before.id, card.id) },
      hidden(`${word}, `), element("small", {}, fill("short", { percent })), hidden(`: ${words.compare}`))));
  }
  return item;
}

// Where there is no path: each condition without which there is one, or all of them.
function loosen(now, find) {
  const single = [
    ...now.choice.flatMap((value, place) => (value === null ? [] : [[collection.filters[place].values[value], { choice: now.choice.with(place, null) }]])),
    ...(now.fresh === null ? [] : [[elements.new.selectedOptions[0].text, { fresh: null }]]),
    ...(now.inTime ? [[elements.order.selectedOptions[0].text, { inTime: false }]] : []),
  ].map(([condition, changes]) => ["without", condition, { ...now, ...changes }]);
  const free = ["free", "", { ...now, choice: now.choice.map(() => null), fresh: null, inTime: false }];
  const offers = (ways) => ways.flatMap(([name, condition, wanted]) => {
    const path = find(wanted);
    return path ? [element("li", {}, element("a", { href: address(wanted) }, fill(name, { condition, steps: steps(path.length - 1) })))] : [];
  });
  const offered = offers(single);
  looser.replaceChildren(...(offered.length ? offered : offers([free])));
  looser.hidden = false;
}

async function draw() {
  const [from, to] = (await (await loaded()).draw(state())).map(({ id }) => id);
  return go({ from, to });
}

async function attempt() {
  try {
    await show();
  } catch (error) {
    present([], words.failed);
    console.warn(error);
  }
}

async function start() {
  if (!location.search) article.classList.add("ready");
  collection = await Collection.load();
  selects().forEach((select, place) => select.append(...collection.filters[place].values.map((value, number) => element("option", { value: number },
    fill("option", { value, count: figures(collection.count(collection.filters.map((_, other) => (other === place ? number : null)), -1)) })))));
  form.addEventListener("focusin", async () => {
    const { choose } = await import("./choosing.js");
    for (const name of ["from", "to"]) choose(elements[name], collection, words, (id) => go({ [name]: id }));
  }, { once: true });
  form.addEventListener("change", ({ target }) => {
    if (target.matches("select")) go({ choice: selects().map(({ value }) => (value === "" ? null : Number(value))),
      fresh: elements.new.value === "" ? null : Number(elements.new.value), inTime: elements.order?.value === "time" });
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    go({ choice: collection.filters.map(() => null), fresh: null, inTime: false });
    selects()[0].focus();
  });
  elements.swap.addEventListener("click", () => { const { from, to } = state(); go({ from: to, to: from }); });
  elements.draw.addEventListener("click", () => draw().catch(() => present([], words.failed)));
  looser.addEventListener("click", (event) => {
    const to = event.target.closest("a");
    if (!to || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    history.pushState(null, "", to.href);
    attempt().then(() => status.focus());
  });
  addEventListener("popstate", attempt);
  for (const one of [...form.querySelectorAll("input, select"), elements.draw]) one.disabled = false;
  await attempt();
}

await start().catch((error) => {
  present([], words.failed);
  console.warn(error);
});
