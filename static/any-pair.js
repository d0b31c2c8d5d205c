// Any two works side by side: ?a=ID&b=ID. Their records are read from their own pages.

import { Collection, brief, element, fetched, ratio, unveiling, verdict, work } from "./collection.js";
import { article, fill, lead, line } from "./pair.js";
import { ID } from "./trail.js";
import { counted } from "./words.js";

const [status, duo, how, between, table] =
  [".status", ".duo", ".verdict", ".between", ".facts"].map((name) => article.querySelector(name));
const SAME = 65535; // the code of a picture and itself
const ids = ["a", "b"].map((name) => new URLSearchParams(location.search).get(name) ?? "");

// What a work's own page says of it.
async function read(id) {
  const page = new DOMParser().parseFromString(await fetched(`works/${id}/index.html`, "text"), "text/html");
  const all = (name) => [...page.querySelectorAll(name)];
  const image = document.importNode(page.querySelector(".picture img"));
  const here = (path) => new URL(path, work(id)).href;
  image.sizes = "(min-width: 44em) 46vw, 94vw";
  image.srcset = image.getAttribute("srcset")?.replace(/(^|, )(\S+)/g, (found, comma, path) => comma + here(path)) ?? "";
  image.src = here(image.getAttribute("src"));
  const [large, heading] = ["a.zoom", "h1"].map((name) => page.querySelector(name));
  const zoom = element("a", { className: "zoom", href: here(large.getAttribute("href")) }, large.textContent);
  zoom.dataset.id = id;
  zoom.ariaLabel = `${large.textContent}: ${heading.textContent}`;
  const byline = all(".byline span").map((part) => [part.dataset.label, part.textContent]);
  const record = all(".record > dl > div").map((row) => [...row.children].map((part) => part.textContent));
  const { row, year } = page.getElementById("explore").dataset;
  return { id, image, zoom, facts: new Map([...byline, ...record]), labels: all(".labels a").map((link) => link.textContent),
    veiled: image.classList.contains("veiled"), title: heading.textContent, date: byline.at(-1)?.[1] ?? "", row: Number(row), year: year && Number(year) };
}

function place(works, collection) {
  const [one, other] = works.map(({ title }) => brief(title));
  document.title = fill("title", { one, other });
  const ratios = works.map(({ image }) => image.width / image.height);
  duo.classList.add(ratio(ratios[0] + ratios[1]));
  works.forEach((one, side) => {
    const figure = duo.children[side];
    figure.className = ratio(ratios[side]);
    figure.replaceChildren(element("a", { href: work(one.id) }, one.image), element("figcaption", {},
      element("h2", {}, element("a", { href: work(one.id) }, brief(one.title, 160))),
      element("p", {}, one.labels.join(", "), element("br"), one.date), ...unveiling(one, collection.say("show")), one.zoom));
    table.tHead.rows[0].cells[side + 1].textContent = brief(one.title, 80);
  });
}

// What both records share and what separates them, as generator/site/records.py has it.
function summarize([one, other], collection) {
  const untold = JSON.parse(article.dataset.untold);
  const same = ([label, text]) => text === other.facts.get(label) && !untold.includes(label) && text.length <= 60;
  const shared = [...new Set([...one.facts].filter(same).map(([, text]) => text))];
  const apart = one.labels.flatMap((value, facet) =>
    (value === other.labels[facet] ? [] : [fill("against", { one: value, other: other.labels[facet] })]));
  const [first, last] = [one, other].map(({ year }) => year && year + (year < 0)); // there is no year 0
  if (one.year && other.year && first !== last) {
    apart.push(counted(JSON.parse(article.dataset.counts), "years", Math.abs(first - last)));
  }
  between.replaceChildren(line("shared", shared.join(" · ") || fill("nothing")));
  if (apart.length) between.append(line("apart", apart.join(" · ")));
}

function tabulate(works, collection) {
  const labels = new Set(works.flatMap(({ facts }) => [...facts.keys()]));
  table.tBodies[0].replaceChildren(...[...labels].map((label) => {
    const [one, other] = works.map(({ facts }) => facts.get(label) ?? "");
    const both = element("small", {}, collection.say("both"));
    const cells = one === other ? [element("td", { colSpan: 2 }, one, " ", both)]
      : [one, other].map((text) => element("td", {}, text || "–"));
    return element("tr", { className: one === other ? "shared" : "" }, element("th", { scope: "row" }, label), ...cells);
  }));
  table.hidden = false;
}

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

// Whether the owner wants the two not to be seen side by side.
async function hidden(collection, [one, other]) {
  const within = (runs, row) => runs.some(([start, end]) => start <= row && row < end);
  const rules = collection.hides ? await fetched("data/hidden.json", "json") : [];
  return rules.some(([left, right]) =>
    (within(left, one) && within(right, other)) || (within(left, other) && within(right, one)));
}

function part(works) {
  const links = works.map(({ id, title }) => element("a", { href: work(id) }, brief(title)));
  status.replaceChildren(article.dataset.hidden, " ", links[0], ", ", links[1]);
}

async function show() {
  if (!ids.every((id) => ID.test(id))) {
    status.textContent = article.dataset.missing;
    return;
  }
  try {
    const [collection, ...works] = await Promise.all([Collection.load(), ...ids.map(read)]);
    const rows = works.map(({ row }) => row);
    if (await hidden(collection, rows)) return part(works);
    place(works, collection);
    const nears = await Promise.all(ids.map((id) => collection.near(id)));
    judge(rows, nears, collection);
    summarize(works, collection);
    tabulate(works, collection);
    status.textContent = "";
    await lead(collection, ids, rows, nears);
  } catch (error) {
    status.textContent = article.dataset.failed;
    console.warn(error);
  }
}

await show();
