// The map: all works on one plane, what is known of the one that is pointed at, and filters that dim the others. How it
// is drawn, moved and worked by keys is loaded beside it: map-drawing.js, map-moving.js, map-keys.js.
// Address: ?work=ID the chosen work, ?at=X,Y,FIELDS the middle and how many fields are seen across, ?FACET=SLUG.

import { asked, put } from "./choice.js";
import { Collection, at, brief, element, fetched, picture, work } from "./collection.js";
import { listen } from "./filters.js";
import { counted, figures, filled } from "./words.js";

const AROUND = 9; // fields seen across, where the address names a work and not what is seen
const TITLE = 110; // characters
const part = (name) => document.querySelector(`.atlas ${name}`);
const [form, canvas, here, status, said] = [".filters", "canvas", ".here", ".turning .status", ".aloud"].map(part);
const [facts, words] = ["map", "words"].map((name) => JSON.parse(part("").dataset[name]));
const hint = here.firstElementChild;

let collection, drawing, moving, values;
let choice = [];
let [chosen, over] = [-1, -1]; // rows
const blocks = new Map(); // what is known of the works on a sheet: {cards: Map(row -> card), coming}

// What is known of the works on the same sheet as a work; asked for where `ask` says so.
function block(row, ask) {
  const path = drawing.sheet(facts.levels.at(-1), ...drawing.field(row)).replace(/.*\/(.*)\.webp/, "data/map/$1.json");
  if (!blocks.has(path) && ask) {
    const own = { cards: new Map(), coming: fetched(path, "json") };
    own.coming = own.coming.then((cards) => {
      for (const [place, id, title, date, alt, sides, veiled] of cards) {
        own.cards.set(place, { row: place, id, title, date, alt, sides, veiled, labels: collection.labels(place) });
      }
      moving.ask();
    });
    own.coming.catch((error) => { blocks.delete(path); console.warn(error); });
    blocks.set(path, own);
  }
  return blocks.get(path);
}

const known = (row, ask) => block(row, ask)?.cards.get(row);

async function card(row) {
  await block(row, true).coming;
  return known(row);
}

const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

function draw(view, still) {
  const marks = [];
  if (over >= 0 && over !== chosen) marks.push({ row: over, color: color("ink"), width: 1 });
  if (chosen >= 0) marks.push({ row: chosen, color: color("accent"), width: 2 });
  drawing.draw(view, marks, still);
}

// An address of the site, under the same filters.
function filtered(url) {
  put(collection, choice, url.searchParams);
  return url;
}

// Shows below the map what is known of a work: of the one that is pointed at, else of the chosen one.
async function show(aloud = false) {
  const row = over >= 0 ? over : chosen;
  if (row < 0) return here.replaceChildren(hint);
  const one = await card(row);
  if (row !== (over >= 0 ? over : chosen)) return;
  const image = picture(one, 0, { alt: "" });
  image.removeAttribute("srcset");
  const what = [one.labels.join(", "), one.date].filter(Boolean).join(" · ");
  const link = (href, text) => element("a", { href: filtered(href) }, text);
  here.replaceChildren(image, element("div", {},
    element("h2", { dir: "auto" }, brief(one.title, TITLE)), element("p", {}, what),
    element("p", {}, link(work(one.id), words.open), link(at(`wall/index.html?work=${one.id}`), words.wall))));
  if (aloud) said.textContent = filled(words.selected, { title: brief(one.title, TITLE), what });
  if (row === chosen) write();
}

function point(row) {
  if (row === over) return;
  over = row;
  canvas.classList.toggle("over", row >= 0);
  moving.ask();
  show();
}

function choose(row, aloud) {
  [chosen, over] = [row, -1];
  moving.ask();
  show(aloud);
  write();
}

async function open(row, apart) {
  const url = filtered(work((await card(row)).id));
  if (apart) window.open(url, "_blank", "noopener");
  else location.href = url;
}

// A mouse shows and opens; a finger chooses first, and opens what is chosen.
function pointed(column, line, event) {
  const row = column === null ? -1 : drawing.row(column, line);
  if (event.type !== "pointerup") return point(row);
  const twice = event.pointerType === "mouse" || row === chosen;
  choose(row);
  if (twice && row >= 0) open(row, event.ctrlKey || event.metaKey || event.shiftKey);
}

// A step closer, to the chosen work where it is in sight.
function closer(yes) {
  const place = chosen >= 0 ? drawing.field(chosen) : null;
  moving.step(yes, yes && place && moving.sees(...place) ? place : null);
}

const whole = () => moving.fly({ x: facts.columns / 2, y: facts.rows / 2, scale: moving.whole() });

const fits = (row, place) => choice[place] === null || values[place][row] === choice[place];
const shown = (row) => choice.every((_, place) => fits(row, place));

// Dims the rest, and offers in each filter what is left under the others.
function filter() {
  const all = choice.every((value) => value === null);
  drawing.dim(all ? null : shown, color("paper"));
  const counts = collection.filters.map(({ values: names }) => new Array(names.length + 1).fill(0));
  let count = 0;
  for (let row = 0; row < collection.works; row++) {
    const misses = choice.flatMap((_, place) => (fits(row, place) ? [] : [place]));
    count += misses.length === 0;
    counts.forEach((one, place) => {
      if (misses.length > 1 || (misses.length && misses[0] !== place)) return;
      one[0]++;
      if (values[place][row] >= 0) one[values[place][row] + 1]++;
    });
  }
  [...form.querySelectorAll("select")].forEach((select, place) => offer(select, place, counts[place]));
  form.querySelector("button").disabled = all;
  const of = { all: figures(collection.works) };
  status.textContent = counted(words, all ? "works" : "chosen", count, of);
  moving.ask();
}

function offer(select, place, counts) {
  const { values: names } = collection.filters[place];
  if (select.options.length === 1) select.append(...names.map((_, number) => element("option", { value: String(number) })));
  select.options[0].value = "";
  [...select.options].forEach((option, number) => {
    const count = figures(counts[number]);
    option.textContent = collection.say(number ? "option" : "any", { count, value: names[number - 1] });
    option.disabled = number > 0 && !counts[number] && choice[place] !== number - 1;
  });
  select.value = choice[place] === null ? "" : String(choice[place]);
  select.disabled = false;
}

// Puts what is seen into the address; a chosen work whose name is not known yet is put there by show().
function write(step = "replaceState") {
  if (chosen >= 0 && !known(chosen)) return;
  const { x, y, width, scale } = moving.view;
  const url = filtered(new URL(location.pathname, location.href));
  if (chosen >= 0) url.searchParams.set("work", known(chosen).id);
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
  const [column, line] = chosen >= 0 ? drawing.field(chosen) : [];
  const [x, y, across] = (params.get("at") ?? "").split(",").map(Number);
  if (across > 0) moving.look(x, y, across);
  else if (chosen >= 0) moving.look(column + 0.5, line + 0.5, AROUND);
  else moving.look(0, 0, Infinity);
  await show();
}

// The value of each work in each filter, -1 where it has none.
function gathered() {
  const rows = Array.from({ length: collection.works }, (_, row) => row);
  const cells = rows.map((row) => collection.cells[collection.cellOf(row)]);
  const facets = collection.facets.map((_, place) => Int16Array.from(cells, (cell) => cell[place]));
  return collection.periods ? [...facets, Int16Array.from(rows, (row) => collection.dated.charCodeAt(row) - 49)] : facets;
}

async function start() {
  canvas.hidden = false;
  const [{ Drawing }, { Moving }, keys, loaded, fields] = await Promise.all([import("./map-drawing.js"),
    import("./map-moving.js"), import("./map-keys.js"), Collection.load(), fetched("data/map/fields.bin", "arrayBuffer")]);
  collection = loaded;
  values = gathered();
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
    const button = part(`.buttons button:nth-child(${number + 1})`);
    button.disabled = false;
    button.addEventListener("click", act);
  });
}

await start().catch((error) => {
  status.textContent = words.failed;
  console.warn(error);
});
