// A work among its nearest: ?work=ID, under filters (?FACET=SLUG), along a walk (?trail=ID,ID).
// Every tile is a link to its own wall; a plain click hangs it here. Arrow keys go from work to work.

import { picture, shape, summary, unveiling, verdict } from "./cards.js";
import { asked, put } from "./choice.js";
import { Collection } from "./collection.js";
import { element, part, plain, told } from "./dom.js";
import { listen, offerNear } from "./filters.js";
import { carry, show as showWalk, staying } from "./trail.js";
import { compare, wall, work } from "./urls.js";
import { counted, filled, shortened } from "./words.js";

/**
 * @typedef {import("./collection.js").Card} Card
 * @typedef {Card & { code: number }} Found
 */

const MOST = 30;
const article = part(document, ".wall", HTMLElement);
const form = part(article, ".filters", HTMLFormElement);
const plate = part(article, ".plate-of-wall", HTMLAnchorElement);
const [status, caption, tiles] = [".status", ".caption", ".tiles"].map((name) => part(article, name, HTMLElement));
/** @type {import("./words.js").Words} */
const words = told(article, "words");
/** @param {string} name @param {import("./words.js").Given} [given] */
const fill = (name, given) => filled(words[name], given);
const still = matchMedia("(prefers-reduced-motion: reduce)");

/** @type {Collection} */
let collection;
let own = ""; // the id of the work in the middle
let turn = 0; // what a slower answer belongs to

/**
 * Another page from the work in the middle, under the same filters.
 * @param {URL} url
 */
function onward(url) {
  put(collection, asked(collection), url.searchParams);
  return carry(url, own);
}

async function hang(focus = false) {
  const mine = ++turn;
  const id = new URLSearchParams(location.search).get("work") ?? "";
  const row = await collection.row(id);
  if (row === undefined) {
    status.textContent = article.dataset.missing ?? "";
    return;
  }
  const near = await collection.near(id);
  const choice = asked(collection);
  const { found, certain } = collection.nearest(near, choice, row, MOST);
  const middle = await collection.card(row);
  const cards = await Promise.all(found.map(async (one) => ({ ...(await collection.card(one.row)), code: one.code })));
  if (mine !== turn) return;
  const from = own;
  own = id;
  const change = () => {
    present(middle, cards);
    offerNear(form, collection, choice, near, row);
    announce(middle, cards, certain);
    if (focus) plate.focus({ preventScroll: false });
  };
  if (from && from !== id) await moved(id, change);
  else change();
  await showWalk(id, (one) => onward(wall(one)));
}

/**
 * The chosen picture grows into the middle, where browsers can show that and nobody minds.
 * @param {string} id
 * @param {() => void} change
 */
async function moved(id, change) {
  if (!document.startViewTransition || still.matches) return change();
  /** @param {ParentNode} within @param {string} selector @param {string} value */
  const name = (within, selector, value) => {
    const image = within.querySelector(selector);
    if (image instanceof HTMLImageElement) image.style.viewTransitionName = value;
  };
  name(tiles, `[data-id="${CSS.escape(id)}"] img`, "middle");
  const transition = document.startViewTransition(() => {
    change();
    name(plate, "img", "middle");
  });
  await transition.updateCallbackDone;
  transition.finished.finally(() => name(plate, "img", ""));
}

/** @param {Card} middle @param {Found[]} cards */
function present(middle, cards) {
  const there = onward(work(own));
  document.title = fill("title", { title: shortened(middle.title) });
  plate.href = there.href;
  plate.replaceChildren(picture(middle, 2, { alt: middle.alt }));
  const links = [element("a", { href: there }, fill("open"))];
  if (cards.length) links.push(element("a", { href: onward(compare(own, cards[0].id)) }, fill("compare")));
  caption.replaceChildren(
    element("h2", {}, element("a", { href: there }, middle.title)),
    element("p", {}, summary(middle)),
    element("p", {}, ...links), ...unveiling(middle, collection.say("show")),
  );
  tiles.replaceChildren(...cards.map(tile));
}

/** @param {Found} card */
function tile(card) {
  const link = element("a", { href: onward(wall(card.id)) }, picture(card, 1, { alt: "" }),
    element("b", {}, shortened(card.title, 80)), verdict(collection, collection.closeness(card.code)));
  link.dataset.id = card.id;
  link.addEventListener("click", (event) => {
    if (!plain(event)) return;
    event.preventDefault();
    history.pushState(null, "", link.href);
    attempt(true);
  });
  return element("li", { className: shape(card) }, link, ...unveiling(card, collection.say("show")));
}

/** @param {Card} middle @param {Found[]} cards @param {number} certain */
function announce(middle, cards, certain) {
  const title = shortened(middle.title);
  const said = [cards.length ? counted(words, "ready", cards.length, { title }) : fill("none")];
  if (certain < cards.length) said.push(counted(collection.facts.words, "uncertain", certain));
  status.textContent = said.join(" ");
}

/**
 * Arrow keys: left and right along the row, up and down to the nearest above and below; home is the first.
 * @param {KeyboardEvent} event
 */
function follow(event) {
  const all = [plate, ...tiles.querySelectorAll("a")];
  const here = all.findIndex((one) => one === document.activeElement);
  if (here < 0 || !plain(event)) return;
  const on = getComputedStyle(tiles).direction === "rtl" ? -1 : 1;
  /** @type {Record<string, () => HTMLElement | undefined>} */
  const ways = {
    ArrowRight: () => all[here + on], ArrowLeft: () => all[here - on], Home: () => all[1], End: () => all.at(-1),
    ArrowDown: () => beside(all.slice(1), all[here], 1), ArrowUp: () => beside(all.slice(1), all[here], -1),
  };
  const next = ways[event.key]?.();
  if (!next) return;
  event.preventDefault();
  next.focus();
}

/** @param {HTMLElement[]} all @param {HTMLElement} from @param {1 | -1} way */
function beside(all, from, way) {
  /** @param {HTMLElement} one */
  const box = (one) => part(one, "img", HTMLImageElement).getBoundingClientRect();
  const own = box(from);
  /** @param {DOMRect} one */
  const middle = (one) => (one.left + one.right) / 2;
  const rows = all.map((one) => ({ one, box: box(one) }))
    .filter((other) => (way > 0 ? other.box.top >= own.bottom : other.box.bottom <= own.top));
  /** @param {{ box: DOMRect }} other */
  const gap = ({ box: other }) =>
    Math.abs(way > 0 ? other.top - own.bottom : own.top - other.bottom) * 4 + Math.abs(middle(other) - middle(own));
  return rows.sort((one, other) => gap(one) - gap(other))[0]?.one;
}

async function attempt(focus = false) {
  try {
    collection ??= await Collection.load();
    await hang(focus);
  } catch (error) {
    status.textContent = article.dataset.failed ?? "";
    console.warn(error);
  }
}

listen(form, (choice) => {
  const params = put(collection, choice, new URLSearchParams({ work: own }));
  history.pushState(null, "", staying(params));
  attempt();
});
article.addEventListener("keydown", follow);
addEventListener("popstate", () => attempt());
await attempt();
