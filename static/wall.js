// A work among its nearest: ?work=ID, under filters (?FACET=SLUG), along a walk (?trail=ID,ID).
// Every tile is a link to its own wall; a plain click hangs it here. Arrow keys go from work to work.

import { asked, put } from "./choice.js";
import { Collection, at, brief, compare, element, picture, unveiling, verdict, work } from "./collection.js";
import { listen, offer } from "./filters.js";
import { carry, query, show as showWalk, walked } from "./trail.js";
import { counted, filled } from "./words.js";

const MOST = 30;
const article = document.querySelector(".wall");
const [form, status, plate, caption, tiles] =
  [".filters", ".status", ".plate-of-wall", ".caption", ".tiles"].map((name) => article.querySelector(name));
const words = JSON.parse(article.dataset.words);
const fill = (name, given) => filled(words[name], given);
const still = matchMedia("(prefers-reduced-motion: reduce)");
const plain = (event) => !(event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);

let collection;
let own; // {id, row, near}: the work in the middle
let turn = 0; // what a slower answer belongs to

const wall = (id) => at(`wall/index.html?work=${id}`);

// Another page from the work in the middle, under the same filters.
function onward(url) {
  put(collection, asked(collection), url.searchParams);
  return carry(url, own.id);
}

async function hang(focus) {
  const mine = ++turn;
  const id = new URLSearchParams(location.search).get("work") ?? "";
  const row = await collection.row(id);
  if (row === undefined) {
    status.textContent = article.dataset.missing;
    return;
  }
  const near = await collection.near(id);
  const choice = asked(collection);
  const { found, certain } = collection.nearest(near, choice, row, MOST);
  const [middle, ...cards] = await Promise.all([{ row }, ...found].map(async (one) => ({ ...(await collection.card(one.row)), ...one })));
  if (mine !== turn) return;
  const from = own?.id;
  own = { id, row, near };
  const change = () => {
    present(middle, cards);
    offer(form, collection, choice, near, row);
    announce(middle, cards, certain);
    if (focus) plate.focus({ preventScroll: false });
  };
  if (from && from !== id) await moved(id, change);
  else change();
  await showWalk(id, (one) => onward(wall(one)));
}

// The chosen picture grows into the middle, where browsers can show that and nobody minds.
async function moved(id, change) {
  if (!document.startViewTransition || still.matches) return change();
  const name = (image, value) => { if (image) image.style.viewTransitionName = value; };
  name(tiles.querySelector(`[data-id="${CSS.escape(id)}"] img`), "middle");
  const transition = document.startViewTransition(() => {
    change();
    name(plate.querySelector("img"), "middle");
  });
  await transition.updateCallbackDone;
  transition.finished.finally(() => name(plate.querySelector("img"), ""));
}

function present(middle, cards) {
  const there = onward(work(own.id));
  document.title = fill("title", { title: brief(middle.title) });
  plate.href = there;
  plate.replaceChildren(picture(middle, 2, { alt: middle.alt }));
  const links = [element("a", { href: there }, fill("open"))];
  if (cards.length) links.push(element("a", { href: onward(compare(own.id, cards[0].id)) }, fill("compare")));
  caption.replaceChildren(
    element("h2", {}, element("a", { href: there }, middle.title)),
    element("p", {}, [middle.labels.join(", "), middle.date].filter(Boolean).join(" · ")),
    element("p", {}, ...links), ...unveiling(middle, collection.say("show")),
  );
  tiles.replaceChildren(...cards.map(tile));
}

function tile(card) {
  const how = collection.closeness(card.code);
  const image = picture(card, 1, { alt: "" });
  const link = element("a", { href: onward(wall(card.id)) }, image,
    element("b", {}, brief(card.title, 80)), verdict(collection, how));
  link.dataset.id = card.id;
  link.addEventListener("click", (event) => {
    if (!plain(event)) return;
    event.preventDefault();
    history.pushState(null, "", link.href);
    attempt(true);
  });
  return element("li", { className: image.className.match(/r\d+/)[0] }, link, ...unveiling(card, collection.say("show")));
}

function announce(middle, cards, certain) {
  const said = [cards.length ? counted(words, "ready", cards.length, { title: brief(middle.title) }) : fill("none")];
  if (certain < cards.length) said.push(counted(collection.words, "uncertain", certain));
  status.textContent = said.join(" ");
}

// Arrow keys: left and right along the row, up and down to the nearest above and below; home is the first.
function follow(event) {
  const all = [plate, ...tiles.querySelectorAll("a")];
  const here = all.indexOf(document.activeElement);
  if (here < 0 || !plain(event)) return;
  const on = getComputedStyle(tiles).direction === "rtl" ? -1 : 1;
  const next = {
    ArrowRight: () => all[here + on], ArrowLeft: () => all[here - on], Home: () => all[1], End: () => all.at(-1),
    ArrowDown: () => beside(all.slice(1), all[here], 1), ArrowUp: () => beside(all.slice(1), all[here], -1),
  }[event.key]?.();
  if (!next) return;
  event.preventDefault();
  next.focus();
}

function beside(all, from, way) {
  const box = (one) => one.querySelector("img").getBoundingClientRect();
  const own = box(from);
  const middle = (one) => (one.left + one.right) / 2;
  const rows = all.map((one) => ({ one, box: box(one) })).filter((other) => (way > 0 ? other.box.top >= own.bottom : other.box.bottom <= own.top));
  const gap = ({ box: other }) => Math.abs(way > 0 ? other.top - own.bottom : own.top - other.bottom) * 4 + Math.abs(middle(other) - middle(own));
  return rows.sort((one, other) => gap(one) - gap(other))[0]?.one;
}

async function attempt(focus = false) {
  try {
    await hang(focus);
  } catch (error) {
    status.textContent = article.dataset.failed;
    console.warn(error);
  }
}

async function start() {
  try {
    collection = await Collection.load();
  } catch (error) {
    status.textContent = article.dataset.failed;
    console.warn(error);
    return;
  }
  listen(form, (choice) => {
    const params = put(collection, choice, new URLSearchParams({ work: own.id }));
    if (walked().length) params.set("trail", walked().join(","));
    history.pushState(null, "", query(params));
    attempt();
  });
  article.addEventListener("keydown", follow);
  addEventListener("popstate", () => attempt());
  await attempt();
}

await start();
