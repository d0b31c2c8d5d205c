// A work's page: choose any combination of filters, see the nearest works, choose one of them.
// The address holds the state (?FACET=SLUG&match=ID&trail=ID,ID), so it can be sent, and the back button works.

import { picture, summary, unveiling, verdict } from "./cards.js";
import { asked, put } from "./choice.js";
import { Collection } from "./collection.js";
import { element, part, plain } from "./dom.js";
import { listen, offerNear } from "./filters.js";
import { carry, show as showWalk, staying } from "./trail.js";
import { compare, work } from "./urls.js";
import { counted, shortened } from "./words.js";

/**
 * @typedef {import("./collection.js").Choice} Choice
 * @typedef {import("./collection.js").Card & import("./collection.js").Near} Found
 */

const section = part(document, "#explore", HTMLElement);
const form = part(section, "form", HTMLFormElement);
const [status, caption, strip] = [".status", ".caption", ".strip"].map((name) => part(section, name, HTMLElement));
const chosen = part(section, ".chosen", HTMLAnchorElement);
const own = { id: section.dataset.id ?? "", row: Number(section.dataset.row) };

/** @type {Collection} */
let collection;
/** @type {import("./collection.js").Near[]} */
let near; // all neighbors, nearest first
let turn = 0; // what a slower answer belongs to
let went = 0; // when a filter was last changed
/** @type {string | null} */
let shown = null; // the choice whose works are in the strip

const match = () => new URLSearchParams(location.search).get("match");

/** @param {Choice} choice @param {string} [matched] */
function address(choice, matched) {
  const params = put(collection, choice, new URLSearchParams());
  if (matched) params.set("match", matched);
  return staying(params) || location.pathname;
}

/**
 * Another page about this choice: the filters and the walk go along.
 * @param {URL} url
 * @param {Choice} choice
 */
function onward(url, choice) {
  put(collection, choice, url.searchParams);
  return carry(url, own.id);
}

/**
 * Choices that follow at once, as arrow keys in a filter make them, are one step of the history.
 * @param {Choice} choice
 * @param {string} [matched]
 */
function go(choice, matched, now = Date.now()) {
  const follows = !matched && now - went < 1000;
  went = matched ? 0 : now;
  history[follows ? "replaceState" : "pushState"](null, "", address(choice, matched));
  attempt();
}

async function show() {
  const mine = ++turn;
  const choice = asked(collection);
  offerNear(form, collection, choice, near, own.row);
  /** @type {NodeListOf<HTMLAnchorElement>} */
  const tools = document.querySelectorAll(".tools [data-carry]");
  for (const link of tools) link.href = onward(new URL(link.href), choice).href;
  const { found, certain } = collection.nearest(near, choice, own.row);
  const cards = await Promise.all(found.map(async (one) => ({ ...(await collection.card(one.row)), ...one })));
  if (mine !== turn) return;
  const place = Math.max(0, cards.findIndex((card) => card.id === match()));
  const key = choice.join();
  if (shown !== key) strip.replaceChildren(...cards.map((card) => element("li", {}, thumbnail(card, choice))));
  strip.querySelectorAll("a").forEach((link, number) => { link.ariaCurrent = number === place ? "true" : null; });
  if (cards.length) present(cards[place], choice);
  chosen.hidden = caption.hidden = !cards.length;
  announce(cards, place, shown !== key, certain);
  shown = key;
}

/** @param {Found} card @param {Choice} choice */
function thumbnail(card, choice) {
  const title = `${card.title}, ${collection.closeness(card.code).word}`;
  const link = element("a", { href: address(choice, card.id), title }, picture(card, 0, { alt: title }));
  link.addEventListener("click", (event) => {
    if (!plain(event)) return;
    event.preventDefault();
    go(asked(collection), card.id);
  });
  return link;
}

/** @param {Found} card @param {Choice} choice */
function present(card, choice) {
  const there = onward(work(card.id), choice);
  chosen.href = there.href;
  chosen.replaceChildren(picture(card, 1));
  caption.replaceChildren(
    element("h3", {}, element("a", { href: there }, card.title)),
    element("p", {}, summary(card)),
    verdict(collection, collection.closeness(card.code)),
    element("p", {}, element("a", { href: onward(compare(own.id, card.id), choice) }, collection.say("compare")),
      element("a", { href: there }, collection.say("open"))),
    ...unveiling(card, collection.say("show")),
  );
}

/** @param {Found[]} cards @param {number} place @param {boolean} fresh @param {number} certain */
function announce(cards, place, fresh, certain) {
  if (!cards.length) {
    status.textContent = collection.say("none");
    return;
  }
  const { words } = collection.facts;
  /** @param {Found} card */
  const told = (card) => ({ title: shortened(card.title), word: collection.closeness(card.code).word });
  const parts = fresh ? [counted(words, "ready", cards.length, told(cards[0]))] : [];
  if (!fresh || place) parts.push(collection.say("chosen", told(cards[place])));
  if (fresh && certain < cards.length) parts.push(counted(words, "uncertain", certain));
  status.textContent = parts.join(" ");
}

async function attempt() {
  try {
    if (!near) {
      collection = await Collection.load();
      near = await collection.near(own.id);
      listen(form, (choice) => go(choice));
      addEventListener("popstate", attempt);
      await show();
      // Who was sent a match sees it; who comes back is where they were.
      const [come] = performance.getEntriesByType("navigation");
      if (match() && come instanceof PerformanceNavigationTiming && come.type === "navigate") section.scrollIntoView();
      return;
    }
    await show();
  } catch (error) {
    shown = null;
    strip.replaceChildren();
    chosen.hidden = caption.hidden = true;
    status.textContent = section.dataset.failed ?? "";
    console.warn(error);
  }
}

await Promise.all([showWalk(own.id).catch(console.warn), attempt()]);
