// The walk so far, in the address (?trail=ID,ID): over works, pairs and walls, as a row of pictures to go back along.

import { picture } from "./cards.js";
import { Collection } from "./collection.js";
import { element, part } from "./dom.js";
import { at, work } from "./urls.js";

/** @typedef {import("./collection.js").Card} Card */

const MOST = 12;
export const ID = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
const ROOT = at("").href;

/** The ids of the works before this one, the last at the end. */
export const walked = (search = location.search) =>
  (new URLSearchParams(search).get("trail") ?? "").split(",").filter((id) => ID.test(id)).slice(-MOST);

/** The query of an address as people read it. @param {URLSearchParams} params */
export function query(params) {
  const text = params.toString().replaceAll("%2C", ",");
  return text && `?${text}`;
}

/** The query of another state of this page: the walk stays. @param {URLSearchParams} params */
export function staying(params) {
  const ids = walked();
  if (ids.length) params.set("trail", ids.join(","));
  return query(params);
}

/**
 * The work from which a page of the site is a step: its own, of a pair the first.
 * @param {URL} url
 */
export function of(url) {
  const path = url.href.startsWith(ROOT) ? url.href.slice(ROOT.length).split(/[?#]/)[0] : "";
  if (path === "pair/index.html") return url.searchParams.get("a");
  if (path === "wall/index.html") return url.searchParams.get("work");
  return path.match(/^(?:works|pairs)\/([^/]+)\/.*\.html$/)?.[1];
}

/**
 * The address, with the walk that leads there from the work that is here.
 * @param {URL | string} address
 * @param {string} here
 */
export function carry(address, here) {
  const url = new URL(address, location.href);
  const there = of(url);
  if (!there) return url;
  const walk = there === here ? walked() : [...walked().filter((id) => id !== here), here];
  return along(url, walk.filter((id) => id !== there));
}

/** @param {URL} url @param {string[]} walk */
function along(url, walk) {
  if (walk.length) url.searchParams.set("trail", walk.slice(-MOST).join(","));
  else url.searchParams.delete("trail");
  url.search = query(url.searchParams);
  return url;
}

/**
 * Takes the walk along in every link of the page, and draws it at the window's edge; `to` makes the links back.
 * @param {string} here
 * @param {(id: string) => URL} [to]
 */
export async function show(here, to = work) {
  /** @type {NodeListOf<HTMLAnchorElement>} */
  const links = document.querySelectorAll("main a[href]:not([href^='#'])");
  for (const link of links) {
    if (!link.closest(".walk") && of(new URL(link.href))) link.href = carry(link.href, here).href;
  }
  const ids = walked().filter((id) => id !== here);
  const collection = ids.length ? await Collection.load() : null;
  const cards = collection ? await cardsOf(collection, [...ids, here]) : [];
  document.querySelector(".walk")?.remove();
  if (collection && cards.length > 1) part(document, "main", HTMLElement).append(bar(collection, cards, to));
}

/** @param {Collection} collection @param {string[]} ids */
async function cardsOf(collection, ids) {
  const rows = await Promise.all(ids.map((id) => collection.row(id)));
  return Promise.all(rows.filter((row) => row !== undefined).map((row) => collection.card(row)));
}

/** @param {Collection} collection @param {Card[]} cards @param {(id: string) => URL} to */
function bar(collection, cards, to) {
  const ids = cards.map(({ id }) => id);
  const steps = cards.map((card, place) => {
    const inside = picture(card, 0, { alt: card.title });
    const step = place < cards.length - 1
      ? element("a", { title: card.title, href: along(to(card.id), ids.slice(0, place)) }, inside)
      : element("span", { title: card.title, ariaCurrent: "true" }, inside);
    return element("li", {}, step);
  });
  const end = element("a", { href: along(new URL(location.href), []) }, collection.say("end"));
  const list = element("ol", {}, ...steps);
  const words = collection.say("walk");
  const label = element("p", { ariaHidden: "true" }, words);
  requestAnimationFrame(() => {
    list.scrollLeft = list.scrollWidth * (getComputedStyle(list).direction === "rtl" ? -1 : 1);
  });
  return element("nav", { className: "walk", ariaLabel: words }, label, list, end);
}

/** @type {HTMLElement | null} */
const page = document.querySelector("[data-walk]");
if (page) await show(page.dataset.walk ?? "").catch(console.warn);
