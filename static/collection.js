// What every script knows of the collection: its facets and cells, how close is called, and the works' cards.
// Fetches data/collection.json, data/cards/S.json, data/ids/B.json and data/near/ID.bin, described in
// generator/site/files.py. A *choice* is a value number or null for each filter: every facet, then the period.

import { filled, percent } from "./words.js";

export const at = (path) => new URL(`../${path}`, import.meta.url);
const kept = new Map(); // what was fetched, by its path

export async function fetched(path, kind) {
  const answer = await fetch(at(path));
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer[kind]();
}

export function once(path) {
  if (!kept.has(path)) {
    const asked = fetched(path, "json");
    asked.catch(() => kept.delete(path)); // the next one who asks tries again
    kept.set(path, asked);
  }
  return kept.get(path);
}

// The number of entries of an ascending list that are less than the value.
function below(list, value) {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

export class Collection {
  static async load() {
    return new Collection(await once("data/collection.json"));
  }

  constructor(facts) {
    Object.assign(this, facts);
    this.filters = facts.periods ? [...facts.facets, facts.periods] : facts.facets;
  }

  say(name, given) {
    return filled(this.words[name], given);
  }

  cellOf(row) {
    return below(this.starts, row + 1) - 1;
  }

  labels(row) {
    return this.cells[this.cellOf(row)].map((value, facet) => this.facets[facet].values[value]);
  }

  // How close a code is: the thousandths of random pairs that are less alike, and in words.
  closeness(code) {
    const rank = Math.min(Math.max(below(this.scale, code) - 1, 0), 999);
    const level = this.limits.filter((limit) => rank < limit).length;
    const same = code >= this.same;
    return { rank, level, same, percent: percent(rank), word: same ? this.nearlySame : this.closeWords[level] };
  }

  // The row of the work with this id; undefined where there is none.
  async row(id) {
    let place = 0;
    for (let sign = 0; sign < id.length; sign++) place = (place * 31 + id.charCodeAt(sign)) % 65521;
    const rows = await once(`data/ids/${place % this.buckets}.json`);
    return Object.hasOwn(rows, id) ? rows[id] : undefined;
  }

  // All that is near a work, nearest first: [{row, code, cell}].
  async near(id) {
    const bytes = await fetched(`data/near/${id}.bin`, "arrayBuffer");
    const count = bytes.byteLength / (this.rowBytes + 2);
    const rows = new (this.rowBytes === 2 ? Uint16Array : Uint32Array)(bytes, 0, count);
    const codes = new Uint16Array(bytes, count * this.rowBytes, count);
    return Array.from(rows, (row, place) => ({ row, code: codes[place], cell: this.cellOf(row) }));
  }

  // True for each cell that the choice allows.
  allowed(choice) {
    return this.cells.map((cell) => cell.every((value, facet) => choice[facet] === null || choice[facet] === value));
  }

  // True for a row of the chosen period, and for all where none is chosen.
  during(choice) {
    const period = choice[this.facets.length] ?? null;
    return (row) => period === null || this.dated.charCodeAt(row) === 49 + period;
  }

  // The nearest works under a choice, at most `most`, and how many of them are `certain` to be the nearest there are:
  // each cell's own k are listed, so a work of that cell that is not listed comes after the last that is.
  nearest(near, choice, own, most = this.k) {
    const allowed = this.allowed(choice);
    const dated = this.during(choice);
    const last = new Map(); // the place of the last of each cell
    const fit = near.filter((one, place) => allowed[one.cell] && (last.set(one.cell, place), dated(one.row)));
    const listed = new Map();
    for (const { cell } of fit) listed.set(cell, (listed.get(cell) ?? 0) + 1);
    const beyond = [...last].filter(([cell]) => this.held(cell, dated, own) > (listed.get(cell) ?? 0));
    const horizon = Math.min(near.length, ...beyond.map(([, place]) => place));
    const found = fit.slice(0, most);
    const sure = new Set(near.slice(0, horizon + 1));
    return { found, certain: found.filter((one) => sure.has(one)).length };
  }

  // How many works of a cell there are, without the work itself.
  held(cell, dated, own) {
    let count = 0;
    for (let row = this.starts[cell]; row < this.starts[cell + 1]; row++) count += row !== own && dated(row);
    return count;
  }

  // How many works there are under a choice, without the work itself.
  count(choice, own) {
    const dated = this.during(choice);
    return this.allowed(choice).reduce((sum, yes, cell) => sum + (yes ? this.held(cell, dated, own) : 0), 0);
  }

  async card(row) {
    const shard = await once(`data/cards/${Math.floor(row / this.shard)}.json`);
    const [id, title, date, alt, sides, veiled] = shard[row % this.shard];
    return { row, id, title, date, alt, sides, veiled, labels: this.labels(row) };
  }
}

// A title cut where it is long, as the pages without scripts have it.
export function brief(title, most = 60) {
  const signs = [...title]; // not halves of those beyond 16 bits
  return signs.length > most ? `${signs.slice(0, most - 1).join("").trimEnd()}…` : title;
}

export const work = (id) => at(`works/${id}/index.html`);
export const compare = (one, other) => at(`pair/index.html?a=${one}&b=${other}`);

// The class that tells the style sheet a picture's ratio, as theme.py and cards.py have it.
export const ratio = (value) => `r${Math.min(Math.max(Math.round(Math.log(value) / Math.log(1.01)) + 160, 0), 320)}`;

export function element(name, given = {}, ...inside) {
  const made = Object.assign(document.createElement(name), given);
  made.append(...inside);
  return made;
}

// A work's picture in derivative number `step` (0 is the narrowest) or the widest there is below it.
export function picture(card, step, given = {}) {
  const widest = card.sides.length / 2 - 1;
  const own = Math.min(step, widest);
  const image = element("img", {
    width: card.sides[own * 2], height: card.sides[own * 2 + 1], alt: card.alt,
    className: ratio(card.sides[0] / card.sides[1]) + (card.veiled ? " veiled" : ""), ...given,
  });
  if (widest > own) image.srcset = `${at(`images/${own + 2}/${card.id}.webp`)} 2x`;
  image.src = at(`images/${own + 1}/${card.id}.webp`);
  return image;
}

// A box that shows the picture of a card where it is veiled; else nothing.
export function unveiling({ title, veiled }, text) {
  if (!veiled) return [];
  const label = element("label", {}, element("input", { type: "checkbox" }), " ", text, element("span", { className: "hidden" }, `: ${title}`));
  return [element("p", { className: "noted" }, label)];
}

export function verdict(collection, how) {
  const line = element("p", { className: `near n${how.level}` }, element("span", {}, how.word));
  if (!how.same) line.append(" ", element("small", {}, collection.say("percent", how)));
  return line;
}
