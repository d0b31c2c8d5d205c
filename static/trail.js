// The walk so far, in the address (?trail=ID,ID): over works, pairs and walls, as a row of pictures to go back along.

import { Collection, at, element, picture, work } from "./collection.js";

const MOST = 12;
export const ID = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
const ROOT = at("").href;

// The ids of the works before this one, the last at the end.
export const walked = () =>
  (new URLSearchParams(location.search).get("trail") ?? "").split(",").filter((id) => ID.test(id)).slice(-MOST);

// The query of an address as people read it.
export function query(params) {
  const text = params.toString().replaceAll("%2C", ",");
  return text && `?${text}`;
}

// The work from which a page of the site is a step: its own, of a pair the first.
function of(url) {
  const path = url.href.startsWith(ROOT) ? url.href.slice(ROOT.length).split(/[?#]/)[0] : "";
  if (path === "pair/index.html") return url.searchParams.get("a");
  if (path === "wall/index.html") return url.searchParams.get("work");
  return path.match(/^(?:works|pairs)\/([^/]+)\/.*\.html$/)?.[1];
}

// The address, with the walk that leads there from the work that is here.
export function carry(address, here) {
  const url = new URL(address, location.href);
  const there = of(url);
  if (!there) return url;
  const walk = there === here ? walked() : [...walked().filter((id) => id !== here), here];
  return along(url, walk.filter((id) => id !== there));
}

function along(url, walk) {
  if (walk.length) url.searchParams.set("trail", walk.slice(-MOST).join(","));
  else url.searchParams.delete("trail");
  url.search = query(url.searchParams);
  return url;
}

// Takes the walk along in every link of the page, and draws it at the window's edge; `to` makes the links back.
export async function show(here, to = work) {
  for (const link of document.querySelectorAll("main a[href]:not([href^='#'])")) {
    if (!link.closest(".walk") && of(new URL(link.href))) link.href = carry(link.href, here);
  }
  const ids = walked().filter((id) => id !== here);
  const collection = ids.length ? await Collection.load() : null;
  const rows = await Promise.all([...ids, here].map((id) => collection?.row(id)));
  const cards = await Promise.all(rows.filter((row) => row !== undefined).map((row) => collection.card(row)));
  document.querySelector(".walk")?.remove();
  if (cards.length > 1) document.querySelector("main").append(bar(collection, cards, to));
}

function bar(collection, cards, to) {
  const ids = cards.map(({ id }) => id);
  const steps = cards.map((card, place) => {
    const last = place === cards.length - 1;
    const step = element(last ? "span" : "a", { title: card.title }, picture(card, 0, { alt: card.title }));
    if (last) step.ariaCurrent = "true";
    else step.href = along(to(card.id), ids.slice(0, place));
    return element("li", {}, step);
  });
  const end = element("a", { href: along(new URL(location.href), []) }, collection.say("end"));
  const list = element("ol", {}, ...steps);
  const words = collection.say("walk");
  const made = element("nav", { className: "walk", ariaLabel: words }, element("p", { ariaHidden: "true" }, words), list, end);
  requestAnimationFrame(() => { list.scrollLeft = list.scrollWidth * (getComputedStyle(list).direction === "rtl" ? -1 : 1); });
  return made;
}

const page = document.querySelector("[data-walk]");
if (page) await show(page.dataset.walk).catch(console.warn);
