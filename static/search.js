// The search page: words and filters are asked of Pagefind's index, which is loaded when somebody turns to the form.
// The address holds the state (?q=WORDS&FILTER=VALUE&show=NUMBER), so it can be sent, and the back button works.

import { picture, shape, unveiling } from "./cards.js";
import { element, part, told } from "./dom.js";
import { work } from "./urls.js";
import { counted, figures, filled } from "./words.js";

/**
 * @typedef {typeof import("../pagefind/pagefind.js")} Pagefind
 * @typedef {import("../pagefind/pagefind.js").Counts} Counts
 * @typedef {import("../pagefind/pagefind.js").Answer} Answer
 * @typedef {import("../pagefind/pagefind.js").Page} Page
 * @typedef {Record<string, string>} Filters values by the names of filters
 */

const section = part(document, "#search", HTMLElement);
const form = part(section, "form", HTMLFormElement);
const [status, heading, list, more, onward] =
  [".status", "h2", "ol", ".more", ".onward"].map((name) => part(section, name, HTMLElement));
/** @type {import("./words.js").Words} */
const words = told(section, "words");
const input = part(form, "[name=q]", HTMLInputElement);
const selects = [...form.querySelectorAll("select")];
const clear = part(form, "button", HTMLButtonElement);
const ready = status.textContent;
const PAGE = 24; // works shown at once
const PAUSE = 180; // milliseconds without a key, after which is searched

/** @type {Promise<Pagefind> | null} */
let engine = null;
let turn = 0; // what a slower answer belongs to
let waiting = 0;

/** @param {string} name @param {import("./words.js").Given} [given] */
const say = (name, given) => filled(words[name], given);
/** @param {HTMLSelectElement} select */
const parameter = ({ name }) => (["q", "show"].includes(name) ? `${name}-` : name);

function load() {
  engine ??= import("../pagefind/pagefind.js").then(async (pagefind) => {
    await pagefind.options({ excerptLength: 10 });
    await pagefind.filters(); // without which no answer counts them
    return pagefind;
  });
  engine.catch(() => { engine = null; }); // the next who asks tries again
  return engine;
}

function state() {
  const asked = new URLSearchParams(location.search);
  /** @type {Filters} */
  const filters = {};
  for (const select of selects) {
    const value = asked.get(parameter(select));
    if (value) filters[select.name] = value;
  }
  const show = Number(asked.get("show")) || PAGE;
  return { query: (asked.get("q") ?? "").trim(), filters, show: Math.min(Math.max(show, PAGE), 40 * PAGE) };
}

function address(show = PAGE) {
  const asked = new URLSearchParams();
  if (input.value.trim()) asked.set("q", input.value.trim());
  for (const select of selects) if (select.value) asked.set(parameter(select), select.value);
  if (show > PAGE) asked.set("show", String(show));
  const query = asked.toString();
  return query ? `?${query}` : location.pathname;
}

/** @param {"push" | "replace"} step @param {number} [show] */
function go(step, show) {
  clearTimeout(waiting);
  if (address(show) !== (location.search || location.pathname)) history[`${step}State`](null, "", address(show));
  return attempt();
}

/**
 * What is chosen stays offered even where it is nothing, so that it can be seen and undone.
 * @param {Counts} counts
 * @param {Filters} filters
 */
function fill(counts, filters) {
  for (const select of selects) {
    const here = counts[select.name] ?? {};
    const known = new Set([...select.options].map((option) => option.value));
    const missing = [...Object.keys(here), filters[select.name] ?? ""].filter((value) => value && !known.has(value));
    select.append(...missing.map((value) => element("option", { value })));
    for (const option of [...select.options].slice(1)) {
      const count = here[option.value] ?? 0;
      option.textContent = say("option", { value: option.value, count: figures(count) });
      option.disabled = !count && option.value !== filters[select.name];
    }
    select.value = filters[select.name] ?? "";
  }
}

/**
 * How many works each value of a filter would leave, all other filters as they are.
 * @param {Pagefind} pagefind
 * @param {string} query
 * @param {Filters} filters
 * @param {Answer} found
 */
async function tally(pagefind, query, filters, found) {
  const counts = { ...found.filters };
  await Promise.all(Object.keys(filters).map(async (name) => {
    const { [name]: _, ...others } = filters;
    counts[name] = (await pagefind.search(query || null, { filters: others })).filters[name] ?? {};
  }));
  return counts;
}

async function show() {
  const mine = ++turn;
  const { query, filters, show: most } = state();
  if (document.activeElement !== input) input.value = query;
  const asked = query || Object.keys(filters).length;
  clear.disabled = !asked;
  onward.hidden = Boolean(asked) && list.hidden;
  list.setAttribute("aria-busy", "true");
  if (asked && list.hidden) status.textContent = say("searching");
  const pagefind = await load();
  const found = await pagefind.search(query || null, { filters, ...(query ? {} : { sort: { row: "asc" } }) });
  const counts = await tally(pagefind, query, filters, found);
  const cards = asked ? await Promise.all(found.results.slice(0, most).map((one) => one.data())) : [];
  if (mine !== turn) return;
  fill(counts, filters);
  list.replaceChildren(...cards.map((one) => card(one, query)));
  list.removeAttribute("aria-busy");
  list.hidden = heading.hidden = !cards.length;
  more.hidden = !asked || found.results.length <= cards.length;
  onward.hidden = false;
  status.textContent = asked ? await sentence(pagefind, query, filters, found.results.length, cards.length) : ready;
}

/**
 * @param {Pagefind} pagefind
 * @param {string} query
 * @param {Filters} filters
 * @param {number} count
 * @param {number} shown
 */
async function sentence(pagefind, query, filters, count, shown) {
  if (count) return counted(words, shown < count ? "shown" : "found", count, { shown: figures(shown) });
  if (!Object.keys(filters).length) return say("none", { query });
  return say("none_filtered", { query, count: figures((await pagefind.search(query || null)).results.length) });
}

/** @param {Page} page @param {string} query */
function card({ url, meta, filters, excerpt }, query) {
  const sides = meta.sides.split(" ").map(Number);
  const id = /works\/([^/]+)\//.exec(url)?.[1] ?? "";
  const one = { id, alt: meta.image_alt ?? "", sides, veiled: meta.veiled };
  const own = selects[0].lang ? { lang: selects[0].lang, dir: "auto" } : {};
  const labels = selects.filter((select) => "facet" in select.dataset).flatMap(({ name }) => filters[name] ?? []);
  const facts = element("p", own, labels.join(", "), ...(meta.date ? [element("br"), meta.date] : []));
  const marked = mark(excerpt);
  // The words stand elsewhere in the record: say where.
  const told = `${meta.title} ${labels.join(" ")} ${meta.date ?? ""}`.toLowerCase();
  const hits = marked.flatMap((part) => (part instanceof Node ? part.textContent?.toLowerCase() ?? [] : []));
  const elsewhere = query && hits.length && !hits.some((hit) => told.includes(hit));
  if (elsewhere) facts.append(element("br"), "… ", ...marked, " …");
  const image = picture(one, 1, { loading: "lazy" });
  const link = element("a", { href: work(one.id) }, image, element("b", own, meta.title));
  return element("li", { className: `card ${shape(one)}` }, link, facts,
    ...unveiling({ ...one, title: meta.title }, section.dataset.show ?? ""));
}

/**
 * The excerpt is HTML of a record's own words: its text and its marks are taken, and nothing else.
 * @param {string} excerpt
 */
function mark(excerpt) {
  const nodes = [...new DOMParser().parseFromString(excerpt, "text/html").body.childNodes];
  return nodes.map(({ nodeName, textContent }) =>
    (nodeName === "MARK" ? element("mark", {}, textContent ?? "") : textContent ?? ""));
}

async function attempt() {
  try {
    await show();
  } catch (error) {
    list.hidden = heading.hidden = more.hidden = true;
    onward.hidden = false;
    status.textContent = say("failed");
    console.warn(error);
  }
}

form.addEventListener("focusin", () => load().catch(() => {}));
form.addEventListener("pointerover", () => load().catch(() => {}), { once: true });
input.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => go("replace"), PAUSE);
});
form.addEventListener("change", (event) => { if (event.target !== input) go("push"); });
form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (matchMedia("(pointer: coarse)").matches) input.blur(); // the keyboard of a phone makes room
  go("replace");
});
form.addEventListener("reset", (event) => {
  event.preventDefault();
  input.value = "";
  for (const select of selects) select.value = "";
  go("push");
  input.focus();
});
part(more, "button", HTMLButtonElement).addEventListener("click", async () => {
  const before = list.children.length;
  await go("replace", before + PAGE);
  list.children[before]?.querySelector("a")?.focus();
});
addEventListener("popstate", () => {
  input.value = state().query;
  attempt();
});
if (location.search) {
  input.value = state().query;
  await attempt();
}
