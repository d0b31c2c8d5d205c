// Any two works side by side: ?a=ID&b=ID. Their records are read from their own pages.

import { ratio, unveiling, verdict } from "./cards.js";
import { Collection, fetched } from "./collection.js";
import { element, part, told } from "./dom.js";
import { article, fill, lead, line } from "./pair.js";
import { shared, yearsBetween } from "./records.js";
import { ID } from "./trail.js";
import { work } from "./urls.js";
import { counted, shortened } from "./words.js";

/**
 * @typedef {Awaited<ReturnType<typeof read>>} Work
 * @typedef {import("./collection.js").Near} Near
 */

const [status, duo, how, between] =
  [".status", ".duo", ".verdict", ".between"].map((name) => part(article, name, HTMLElement));
const table = part(article, ".facts", HTMLTableElement);
const SAME = 65535; // the code of a picture and itself
const ids = ["a", "b"].map((name) => new URLSearchParams(location.search).get(name) ?? "");

/** What a work's own page says of it. @param {string} id */
async function read(id) {
  const page = new DOMParser().parseFromString(await fetched(`works/${id}/index.html`, "text"), "text/html");
  const image = document.importNode(part(page, ".picture img", HTMLImageElement));
  /** @param {string | null} path */
  const here = (path) => new URL(path ?? "", work(id)).href;
  image.sizes = "(min-width: 44em) 46vw, 94vw";
  image.srcset = (image.getAttribute("srcset") ?? "").replace(/(^|, )(\S+)/g, (_, comma, path) => comma + here(path));
  image.src = here(image.getAttribute("src"));
  const large = part(page, "a.zoom", HTMLAnchorElement);
  const title = part(page, "h1", HTMLElement).textContent;
  const zoom = element("a", { className: "zoom", href: here(large.getAttribute("href")) }, large.textContent);
  zoom.dataset.id = id;
  zoom.ariaLabel = `${large.textContent}: ${title}`;
  /** @param {string} name @returns {HTMLElement[]} */
  const all = (name) => [...page.querySelectorAll(name)].filter((one) => one instanceof HTMLElement);
  /** @type {[string, string][]} */
  const byline = all(".byline span").map((one) => [one.dataset.label ?? "", one.textContent]);
  /** @type {[string, string][]} */
  const record = all(".record > dl > div").map(({ children: [label, text] }) => [label.textContent, text.textContent]);
  const { row, year } = part(page, "#explore", HTMLElement).dataset;
  return { id, image, zoom, title, facts: new Map([...byline, ...record]), date: byline.at(-1)?.[1] ?? "",
    labels: all(".labels a").map((link) => link.textContent), veiled: image.classList.contains("veiled"),
    row: Number(row), year: Number(year || NaN) }; // NaN where it has none
}

/** @param {Work[]} works @param {Collection} collection */
function place(works, collection) {
  const [one, other] = works.map(({ title }) => shortened(title));
  document.title = fill("title", { one, other });
  const ratios = works.map(({ image }) => image.width / image.height);
  duo.classList.add(ratio(ratios[0] + ratios[1]));
  works.forEach(({ id, title, image, labels, date, veiled, zoom }, side) => {
    const figure = duo.children[side];
    figure.className = ratio(ratios[side]);
    figure.replaceChildren(element("a", { href: work(id) }, image), element("figcaption", {},
      element("h2", {}, element("a", { href: work(id) }, shortened(title, 160))),
      element("p", {}, labels.join(", "), element("br"), date),
      ...unveiling({ title, veiled }, collection.say("show")), zoom));
    table.rows[0].cells[side + 1].textContent = shortened(title, 80);
  });
}

/** What both records share and what separates them. @param {Work[]} works */
function summarize([one, other]) {
  const both = shared(one.facts, other.facts, told(article, "untold"), told(article, "longest"));
  const apart = one.labels.flatMap((value, facet) =>
    (value === other.labels[facet] ? [] : [fill("against", { one: value, other: other.labels[facet] })]));
  const years = yearsBetween(one.year, other.year);
  if (years) apart.push(counted(told(article, "counts"), "years", years));
  between.replaceChildren(...(both.length ? [line("shared", both.join(" · "))] : []));
  if (apart.length) between.append(line("apart", apart.join(" · ")));
}

/** @param {Work[]} works @param {Collection} collection */
function tabulate(works, collection) {
  const labels = new Set(works.flatMap(({ facts }) => [...facts.keys()]));
  table.tBodies[0].replaceChildren(...[...labels].map((label) => {
    const [one, other] = works.map(({ facts }) => facts.get(label) ?? "");
    const both = element("small", {}, collection.say("both"));
    const cells = one === other ? [element("td", { colSpan: 2 }, one, " ", both)]
      : [one, other].map((text) => element("td", {}, text || "–"));
    const head = element("th", { scope: "row" }, label);
    return element("tr", { className: one === other ? "shared" : "" }, head, ...cells);
  }));
  table.hidden = false;
}

/** @param {number[]} rows @param {Near[][]} nears @param {Collection} collection */
function judge([one, other], [near, back], collection) {
  // One may be among the nearest of the other, and not the other way round.
  const found = near.find(({ row }) => row === other) ?? back.find(({ row }) => row === one);
  const code = one === other ? SAME : found?.code;
  const said = code === undefined
    ? element("p", { className: "near n4" }, element("span", {}, collection.say("far")))
    : verdict(collection, collection.closeness(code));
  said.classList.add("verdict");
  how.replaceWith(said);
}

/**
 * Whether the owner wants the two not to be seen side by side.
 * @param {Collection} collection
 * @param {number[]} rows
 */
async function hidden(collection, [one, other]) {
  /** @type {[number, number][][][]} */
  const rules = collection.facts.hides ? await fetched("data/hidden.json", "json") : [];
  /** @param {[number, number][]} runs @param {number} row */
  const within = (runs, row) => runs.some(([start, end]) => start <= row && row < end);
  return rules.some(([left, right]) =>
    (within(left, one) && within(right, other)) || (within(left, other) && within(right, one)));
}

/** @param {Work[]} works */
function separate(works) {
  const [one, other] = works.map(({ id, title }) => element("a", { href: work(id) }, shortened(title)));
  status.replaceChildren(article.dataset.hidden ?? "", " ", one, ", ", other);
}

async function show() {
  if (!ids.every((id) => ID.test(id))) {
    status.textContent = article.dataset.missing ?? "";
    return;
  }
  try {
    const [collection, ...works] = await Promise.all([Collection.load(), ...ids.map(read)]);
    const rows = works.map(({ row }) => row);
    if (await hidden(collection, rows)) return separate(works);
    place(works, collection);
    const nears = await Promise.all(ids.map((id) => collection.near(id)));
    judge(rows, nears, collection);
    summarize(works);
    tabulate(works, collection);
    status.textContent = "";
    await lead(collection, ids, rows, nears);
  } catch (error) {
    status.textContent = article.dataset.failed ?? "";
    console.warn(error);
  }
}

await show();
