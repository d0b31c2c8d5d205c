// A work's page: choose any combination of filters, see the nearest works, choose one of them.
// The address holds the state (?FACET=SLUG&match=ID), so it can be sent, and the back button works.

import { Collection, brief, compare, element, picture, verdict, work } from "./collection.js";

const section = document.getElementById("explore");
const [form, status, duo, caption, strip] =
  ["form", ".status", ".duo", ".caption", ".strip"].map((name) => section.querySelector(name));
const selects = [...form.querySelectorAll("select")];
const clear = form.querySelector("button");
const own = { id: section.dataset.id, row: Number(section.dataset.row) };
const chosen = section.querySelector(".chosen");

let collection;
let near; // all neighbors, nearest first
let turn = 0; // what a slower answer belongs to
let went = 0; // when a filter was last changed
let shown = null; // the choice whose works are in the strip

function state() {
  const asked = new URLSearchParams(location.search);
  const choice = collection.facets.map((facet) => {
    const value = facet.slugs.indexOf(asked.get(facet.param));
    return value < 0 ? null : value;
  });
  return { choice, match: asked.get("match") };
}

function address(choice, match) {
  const asked = new URLSearchParams();
  collection.facets.forEach((facet, place) => {
    if (choice[place] !== null) asked.set(facet.param, facet.slugs[choice[place]]);
  });
  if (match) asked.set("match", match);
  const query = asked.toString();
  return query ? `?${query}` : location.pathname;
}

// Choices that follow at once, as arrow keys in a filter make them, are one step of the history.
function go(choice, match, now = Date.now()) {
  const follows = !match && now - went < 1000;
  went = match ? 0 : now;
  history[follows ? "replaceState" : "pushState"](null, "", address(choice, match));
  attempt();
}

// Each filter offers what is left under the others; what would give nothing cannot be chosen.
function fillFilters(choice) {
  selects.forEach((select, place) => {
    const facet = collection.facets[place];
    const counted = (value) => collection.count(choice.with(place, value), own.row);
    const label = (name, count) => collection.say(name, { count: collection.number(count), value: "" });
    if (select.options.length === 1) {
      select.append(...facet.values.map((value, number) => element("option", { value: String(number) })));
      select.options[0].value = "";
    }
    select.options[0].textContent = label("any", counted(null));
    facet.values.forEach((value, number) => {
      const count = counted(number);
      const option = select.options[number + 1];
      option.textContent = collection.say("option", { value, count: collection.number(count) });
      option.disabled = count === 0 && choice[place] !== number;
    });
    select.value = choice[place] === null ? "" : String(choice[place]);
    select.disabled = false;
  });
  clear.disabled = choice.every((value) => value === null);
}

async function show() {
  const mine = ++turn;
  const { choice, match } = state();
  fillFilters(choice);
  const found = collection.filtered(near, choice);
  const cards = await Promise.all(found.map(async (one) => ({ ...(await collection.card(one.row)), ...one })));
  if (mine !== turn) return;
  const place = Math.max(0, cards.findIndex((card) => card.id === match));
  const key = choice.join();
  if (shown !== key) strip.replaceChildren(...cards.map((card) => element("li", {}, thumbnail(card, choice))));
  [...strip.querySelectorAll("a")].forEach((link, number) => {
    if (number === place) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  });
  if (cards.length) present(cards[place], choice);
  chosen.hidden = caption.hidden = !cards.length;
  announce(cards, place, shown !== key);
  shown = key;
}

function thumbnail(card, choice) {
  const how = collection.closeness(card.code);
  const link = element("a", { href: address(choice, card.id), title: `${card.title}, ${how.word}` },
    picture(card, 0, { alt: `${card.title}, ${how.word}` }));
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(state().choice, card.id);
  });
  return link;
}

function present(card, choice) {
  const onward = work(card.id);
  onward.search = address(choice).startsWith("?") ? address(choice) : "";
  chosen.href = onward;
  chosen.replaceChildren(picture(card, 1));
  caption.replaceChildren(
    element("h3", {}, element("a", { href: onward }, card.title)),
    element("p", {}, [card.labels.join(", "), card.date].filter(Boolean).join(" · ")),
    verdict(collection, collection.closeness(card.code)),
    element("p", {}, element("a", { href: compare(own.id, card.id) }, collection.say("compare")),
      element("a", { href: onward }, collection.say("open"))),
  );
}

function announce(cards, place, fresh) {
  if (!cards.length) {
    status.textContent = collection.say("none");
    return;
  }
  const say = (name, card) => collection.say(
    name, { title: brief(card.title), word: collection.closeness(card.code).word, count: cards.length });
  const first = cards.length === 1 ? "ready_one" : "ready";
  const parts = [...(fresh ? [say(first, cards[0])] : []), ...(fresh && !place ? [] : [say("chosen", cards[place])])];
  status.textContent = parts.join(" ");
}

function listen() {
  form.addEventListener("change", () => {
    go(selects.map((select) => (select.value === "" ? null : Number(select.value))), null);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    go(selects.map(() => null), null);
    selects[0].focus();
  });
  addEventListener("popstate", attempt);
}

async function attempt() {
  try {
    if (!near) {
      collection = await Collection.load();
      near = await collection.near(own.id);
      listen();
      await show();
      // Who was sent a match sees it; who comes back is where they were.
      if (state().match && performance.getEntriesByType("navigation")[0]?.type === "navigate") section.scrollIntoView();
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

attempt();
