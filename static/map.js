// The map: all works on one plane, what is known of the one that is pointed at, and filters that dim the others. How it
// is drawn, moved and worked by keys is loaded beside it: map-drawing.js, map-moving.js, map-keys.js.
// Address: ?work=ID the chosen work, ?at=X,Y,FIELDS the middle and how many fields are seen across, ?FACET=SLUG.

import { picture, summary } from "./cards.js";
import { asked, free, put } from "./choice.js";
import { Collection, fetched } from "./collection.js";
import { element, part, plain, told } from "./dom.js";
import { listen, offer } from "./filters.js";
import { wall, work } from "./urls.js";
import { counted, figures, filled } from "./words.js";

/**
 * @typedef {import("./collection.js").Card} Card
 * @typedef {import("./collection.js").Choice} Choice
 * @typedef {import("./map-moving.js").Point} Point
 */

const AROUND = 9; // fields seen across, where the address names a work and not what is seen
const atlas = part(document, ".atlas", HTMLElement);
const form = part(atlas, ".filters", HTMLFormElement);
const canvas = part(atlas, "canvas", HTMLCanvasElement);
const [here, hint, status, said] =
  [".here", ".hint", ".turning .status", ".aloud"].map((name) => part(atlas, name, HTMLElement));
/** @type {import("./map-drawing.js").MapFacts} */
const facts = told(atlas, "map");
/** @type {import("./words.js").Words} */
const words = told(atlas, "words");

/** @type {Collection} */
let collection;
/** @type {import("./map-drawing.js").Drawing} */
let drawing;
/** @type {import("./map-moving.js").Moving} */
let moving;
/** @type {number[][]} */
let values; // of each work, in each filter
/** @type {Choice} */
let choice = [];
let [chosen, over] = [-1, -1]; // rows
/** @type {Map<string, { cards: Map<number, Card>, coming: Promise<void> }>} */
const blocks = new Map(); // what is known of the works on a sheet

/** Where the works on the same sheet as a work are told. @param {number} row */
function sheet(row) {
  const [column, line] = drawing.field(row);
  const finest = facts.levels[facts.levels.length - 1];
  return drawing.sheet(finest, column, line).replace(/.*\/(.*)\.webp/, "data/map/$1.json");
}

/** What is known of the works on the same sheet as a work. @param {number} row */
function block(row) {
  const path = sheet(row);
  const found = blocks.get(path);
  if (found) return found;
  /** @type {Map<number, Card>} */
  const cards = new Map();
  const coming = fetched(path, "json").then((/** @type {[number, ...import("./collection.js").Told][]} */ all) => {
    for (const [place, ...told] of all) cards.set(place, collection.told(place, told));
    moving.ask();
  });
  coming.catch((error) => { blocks.delete(path); console.warn(error); });
  const made = { cards, coming };
  blocks.set(path, made);
  return made;
}

/** What is known of a work; asked for where `ask` says so. @param {number} row @param {boolean} [ask] */
const known = (row, ask) => (ask ? block(row) : blocks.get(sheet(row)))?.cards.get(row);

/** @param {number} row */
async function card(row) {
  const { cards, coming } = block(row);
  await coming;
  return /** @type {Card} */ (cards.get(row));
}

/** @param {string} name */
const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/** @param {import("./map-drawing.js").View} view @param {boolean} still */
function draw(view, still) {
  const marks = [];
  if (over >= 0 && over !== chosen) marks.push({ row: over, color: color("ink"), width: 1 });
  if (chosen >= 0) marks.push({ row: chosen, color: color("accent"), width: 2 });
  drawing.draw(view, marks, still);
}

/** An address of the site, under the same filters. @param {URL} url */
function filtered(url) {
  put(collection, choice, url.searchParams);
  return url;
}

/** Shows below the map what is known of a work: of the one that is pointed at, else of the chosen one. */
async function show(aloud = false) {
  const row = over >= 0 ? over : chosen;
  if (row < 0) return here.replaceChildren(hint);
  const one = await card(row);
  if (row !== (over >= 0 ? over : chosen)) return;
  const image = picture(one, 0, { alt: "" });
  image.removeAttribute("srcset");
  const what = summary(one);
  /** @param {URL} href @param {string} text */
  const link = (href, text) => element("a", { href: filtered(href) }, text);
  here.replaceChildren(image, element("div", {},
    element("h2", { dir: "auto" }, one.title), element("p", {}, what),
    element("p", {}, link(work(one.id), words.open), link(wall(one.id), words.wall))));
  if (aloud) said.textContent = filled(words.selected, { title: one.title, what });
  if (row === chosen) write();
}

/** @param {number} row */
function point(row) {
  if (row === over) return;
  over = row;
  canvas.classList.toggle("over", row >= 0);
  moving.ask();
  show();
}

/** @param {number} row @param {boolean} [aloud] */
function choose(row, aloud) {
  [chosen, over] = [row, -1];
  moving.ask();
  show(aloud);
  write();
}

/** @param {number} row @param {boolean} [apart] */
async function open(row, apart) {
  const url = filtered(work((await card(row)).id));
  if (apart) window.open(url, "_blank", "noopener");
  else location.href = url.href;
}

/**
 * A mouse shows and opens; a finger chooses first, and opens what is chosen.
 * @param {Point | null} field
 * @param {PointerEvent} event
 */
function pointed(field, event) {
  const row = field ? drawing.row(...field) : -1;
  if (event.type !== "pointerup") return point(row);
  const twice = event.pointerType === "mouse" || row === chosen;
  choose(row);
  if (twice && row >= 0) open(row, !plain(event));
}

/** A step closer, to the chosen work where it is in sight. @param {boolean} yes */
function closer(yes) {
  const place = yes && chosen >= 0 ? drawing.field(chosen) : undefined;
  moving.step(yes, place && moving.sees(...place) ? place : undefined);
}

const whole = () => moving.fly({ x: facts.columns / 2, y: facts.rows / 2, scale: moving.whole() });

/** @param {number} row @param {number} place */
const fits = (row, place) => choice[place] === null || values[row][place] === choice[place];
/** @param {number} row */
const shown = (row) => choice.every((_, place) => fits(row, place));

/** Dims the rest, and offers in each filter what is left under the others. */
function filter() {
  const all = free(choice);
  drawing.dim(all ? null : shown, color("paper"));
  const counts = collection.filters.map(({ values: names }) => new Array(names.length + 1).fill(0));
  let count = 0;
  for (let row = 0; row < values.length; row++) {
    const misses = choice.flatMap((_, place) => (fits(row, place) ? [] : [place]));
    count += Number(misses.length === 0);
    counts.forEach((one, place) => {
      if (misses.length > 1 || (misses.length && misses[0] !== place)) return;
      one[0]++;
      if (values[row][place] >= 0) one[values[row][place] + 1]++;
    });
  }
  offer(form, collection, choice, (place, value) => counts[place][value === null ? 0 : value + 1]);
  status.textContent = counted(words, all ? "works" : "chosen", count, { all: figures(values.length) });
  moving.ask();
}

/**
 * Puts what is seen into the address; a chosen work whose name is not known yet is put there by show().
 * @param {"replaceState" | "pushState"} step
 */
function write(step = "replaceState") {
  const one = chosen >= 0 ? known(chosen) : undefined;
  if (chosen >= 0 && !one) return;
  const { x, y, width, scale } = moving.view;
  const url = filtered(new URL(location.pathname, location.href));
  if (one) url.searchParams.set("work", one.id);
  if (!moving.seesAll()) url.searchParams.set("at", [x, y, width / scale].map((one) => one.toFixed(1)).join(","));
  history[step](null, "", url.href.replaceAll("%2C", ","));
}

async function read() {
  const params = new URLSearchParams(location.search);
  choice = asked(collection);
  filter();
  const id = params.get("work");
  const row = id ? await collection.row(id) : -1;
  if (row === undefined) status.textContent = words.missing;
  chosen = row ?? -1;
  const [x, y, across] = (params.get("at") ?? "").split(",").map(Number);
  if (across > 0) moving.look(x, y, across);
  else if (chosen >= 0) {
    const [column, line] = drawing.field(chosen);
    moving.look(column + 0.5, line + 0.5, AROUND);
  } else moving.look(0, 0, Infinity);
  await show();
}

async function start() {
  canvas.hidden = false;
  const [{ Drawing }, { Moving }, keys, loaded, fields] = await Promise.all([
    import("./map-drawing.js"), import("./map-moving.js"), import("./map-keys.js"),
    Collection.load(), fetched("data/map/fields.bin", "arrayBuffer"),
  ]);
  collection = loaded;
  values = Array.from({ length: collection.facts.works }, (_, row) => collection.values(row));
  drawing = new Drawing(canvas, facts, new Uint16Array(fields), known, () => moving.ask());
  moving = new Moving(canvas, facts, { draw, rested: () => write(), pointed });
  await read();
  listen(form, (wanted) => {
    choice = wanted;
    filter();
    write("pushState");
  });
  keys.listen(canvas, { chosen: () => chosen, shown, choose, open, closer, whole }, drawing, moving);
  addEventListener("popstate", read);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", filter);
  [() => closer(true), () => closer(false), whole].forEach((act, number) => {
    const button = part(atlas, `.buttons button:nth-child(${number + 1})`, HTMLButtonElement);
    button.disabled = false;
    button.addEventListener("click", act);
  });
}

await start().catch((error) => {
  status.textContent = words.failed;
  console.warn(error);
});
