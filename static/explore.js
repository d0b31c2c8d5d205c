// A work's page: choose any combination of filters, see the nearest works, choose one of them.
// The address holds the state (?FACET=SLUG&match=ID&trail=ID,ID), so it can be sent, and the back button works.

import { asked, put } from "./choice.js";
import { Collection, brief, compare, element, picture, unveiling, verdict, work } from "./collection.js";
import { listen, offer } from "./filters.js";
import { carry, query, show as showWalk, walked } from "./trail.js";
import { counted } from "./words.js";

const section = document.getElementById("explore");
const [form, status, caption, strip, chosen] =
  ["form", ".status", ".caption", ".strip", ".chosen"].map((name) => section.querySelector(name));
const own = { id: section.dataset.id, row: Number(section.dataset.row) };

let collection;
let near; // all neighbors, nearest first
let turn = 0; // what a slower answer belongs to
let went = 0; // when a filter was last changed
let shown = null; // the choice whose works are in the strip

const match = () => new URLSearchParams(location.search).get("match");

function address(choice, matched) {
  const params = put(collection, choice, new URLSearchParams());
  if (matched) params.set("match", matched);
  if (walked().length) params.set("trail", walked().join(","));
  return query(params) || location.pathname;
}

// Another page about this choice: the filters and the walk go along.
function onward(url, choice) {
  put(collection, choice, url.searchParams);
  return carry(url, own.id);
}

// Choices that follow at once, as arrow keys in a filter make them, are one step of the history.
function go(choice, matched, now = Date.now()) {
  const follows = !matched && now - went < 1000;
  went = matched ? 0 : now;
  history[follows ? "replaceState" : "pushState"](null, "", address(choice, matched));
  attempt();
}

async function show() {
  const mine = ++turn;
  const choice = asked(collection);
  offer(form, collection, choice, near, own.row);
  for (const link of document.querySelectorAll(".tools [data-carry]")) link.href = onward(new URL(link.href), choice);
  const { found, certain } = collection.nearest(near, choice, own.row);
  const cards = await Promise.all(found.map(async (one) => ({ ...(await collection.card(one.row)), ...one })));
  if (mine !== turn) return;
  const place = Math.max(0, cards.findIndex((card) => card.id === match()));
  const key = choice.join();
  if (shown !== key) strip.replaceChildren(...cards.map((card) => element("li", {}, thumbnail(card, choice))));
  [...strip.querySelectorAll("a")].forEach((link, number) => { link.ariaCurrent = number === place ? "true" : null; });
  if (cards.length) present(cards[place], choice);
  chosen.hidden = caption.hidden = !cards.length;
  announce(cards, place, shown !== key, certain);
  shown = key;
}

function thumbnail(card, choice) {
  const how = collection.closeness(card.code);
  const link = element("a", { href: address(choice, card.id), title: `${card.title}, ${how.word}` },
    picture(card, 0, { alt: `${card.title}, ${how.word}` }));
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(asked(collection), card.id);
  });
  return link;
}

function present(card, choice) {
  const there = onward(work(card.id), choice);
  chosen.href = there;
  chosen.replaceChildren(picture(card, 1));
  caption.replaceChildren(
    element("h3", {}, element("a", { href: there }, card.title)),
    element("p", {}, [card.labels.join(", "), card.date].filter(Boolean).join(" · ")),
    verdict(collection, collection.closeness(card.code)),
    element("p", {}, element("a", { href: onward(compare(own.id, card.id), choice) }, collection.say("compare")),
      element("a", { href: there }, collection.say("open"))),
    ...unveiling(card, collection.say("show")),
  );
}

function announce(cards, place, fresh, certain) {
  if (!cards.length) {
    status.textContent = collection.say("none");
    return;
  }
  const told = (card) => ({ title: brief(card.title), word: collection.closeness(card.code).word });
  const parts = fresh ? [counted(collection.words, "ready", cards.length, told(cards[0]))] : [];
  if (!fresh || place) parts.push(collection.say("chosen", told(cards[place])));
  if (fresh && certain < cards.length) parts.push(counted(collection.words, "uncertain", certain));
  status.textContent = parts.join(" ");
}

async function attempt() {
  try {
    if (!near) {
      collection = await Collection.load();
      near = await collection.near(own.id);
      listen(form, (choice) => go(choice, null));
      addEventListener("popstate", attempt);
      await show();
      // Who was sent a match sees it; who comes back is where they were.
      if (match() && performance.getEntriesByType("navigation")[0]?.type === "navigate") section.scrollIntoView();
      return;
    }
    await show();
  } catch (error) {
    shown = null;
    strip.replaceChildren();
    chosen.hidden = caption.hidden = true;
    status.textContent = section.dataset.failed;
    console.warn(error);
  }
}

await Promise.all([showWalk(own.id).catch(console.warn), attempt()]);
