// Any two works side by side: ?a=ID&b=ID. Their records are read from their own pages.

import { Collection, brief, compare, element, ratio, verdict, work } from "./collection.js";

const article = document.getElementById("pair");
const [status, duo, how, onward, table] =
  [".status", ".duo", ".verdict", ".onward", ".facts"].map((name) => article.querySelector(name));
const SAME = 65535; // the code of a picture and itself
const asked = new URLSearchParams(location.search);
const ids = ["a", "b"].map((name) => asked.get(name) ?? "");

// What a work's own page says of it.
async function read(id) {
  const address = work(id);
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const image = document.importNode(page.querySelector(".picture img"));
  const here = (path) => new URL(path, address).href;
  image.sizes = "(min-width: 44em) 46vw, 94vw";
  image.srcset = image.getAttribute("srcset")?.replace(/(^|, )(\S+)/g, (all, comma, path) => comma + here(path)) ?? "";
  image.src = here(image.getAttribute("src"));
  const byline = [...page.querySelectorAll(".byline span")].map((part) => [part.dataset.label, part.textContent]);
  const record = [...page.querySelectorAll(".record dl > div")].map((row) => [...row.children].map((part) => part.textContent));
  const text = (name) => page.querySelector(name)?.textContent ?? "";
  const labels = [...page.querySelectorAll(".labels a")].map((link) => link.textContent);
  return { id, image, facts: new Map([...byline, ...record]), labels, title: text("h1"), date: byline.at(-1)?.[1] ?? "", row: Number(page.getElementById("explore").dataset.row) };
}

function place(works) {
  const ratios = works.map(({ image }) => image.width / image.height);
  duo.classList.add(ratio(ratios[0] + ratios[1]));
  works.forEach((one, side) => {
    const figure = duo.children[side];
    figure.className = ratio(ratios[side]);
    figure.replaceChildren(element("a", { href: work(one.id) }, one.image), element("figcaption", {},
      element("h2", {}, element("a", { href: work(one.id) }, brief(one.title, 160))),
      element("p", {}, one.labels.join(", "), element("br"), one.date)));
    table.tHead.rows[0].cells[side + 1].textContent = brief(one.title, 80);
  });
}

function tabulate([one, other], collection) {
  const labels = new Set([...one.facts.keys(), ...other.facts.keys()]);
  table.tBodies[0].replaceChildren(...[...labels].map((label) => {
    const cells = [one, other].map((which) => which.facts.get(label) ?? "");
    const head = element("th", { scope: "row" }, label);
    if (cells[0] !== cells[1]) return element("tr", {}, head, ...cells.map((text) => element("td", {}, text || "–")));
    const both = element("small", {}, collection.say("both"));
    return element("tr", { className: "shared" }, head, element("td", { colSpan: 2 }, cells[0], " ", both));
  }));
  table.hidden = false;
}

async function lead(works, collection) {
  const near = await collection.near(works[0].id);
  const where = near.findIndex(({ row }) => row === works[1].row);
  // A work may be among the nearest of another without the other being among its own.
  const back = where < 0 ? (await collection.near(works[1].id)).find(({ row }) => row === works[0].row) : null;
  const code = works[0].id === works[1].id ? SAME : (near[where] ?? back)?.code;
  const line = code === undefined
    ? element("p", { className: "verdict near n4" }, element("span", {}, collection.say("far")))
    : verdict(collection, collection.closeness(code));
  line.classList.add("verdict");
  how.replaceWith(line);
  const links = [[compare(works[1].id, works[0].id), collection.say("swap")]];
  if (near.length > where + 1) {
    const next = await collection.card(near[where + 1].row);
    links.push([compare(works[0].id, next.id), collection.say("next", { title: brief(next.title) })]);
  }
  const from = works.map((one) => [work(one.id), collection.say("from", { title: brief(one.title) })]);
  onward.replaceChildren(...[...from, ...links].map(([href, text]) => element("a", { href }, text)));
}

async function show() {
  if (!ids.every((id) => /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(id))) {
    status.textContent = article.dataset.missing;
    return;
  }
  try {
    const [collection, ...works] = await Promise.all([Collection.load(), ...ids.map(read)]);
    document.title = collection.say("title", { one: brief(works[0].title), other: brief(works[1].title) });
    place(works);
    tabulate(works, collection);
    await lead(works, collection);
    status.textContent = "";
  } catch (error) {
    status.textContent = article.dataset.failed;
    console.warn(error);
  }
}

show();
