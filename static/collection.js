// What every script knows of the collection: its facets and cells, how close is called, and the works' cards.
// Fetches data/collection.json, data/cards/S.json, data/ids/B.json and data/near/ID.bin, described in
// generator/site/files.py. Cases that both must answer alike: tests/javascript/cases/buckets.json, closeness.json.

import { at } from "./urls.js";
import { filled, percent } from "./words.js";

/**
 * @typedef {import("./words.js").Words} Words
 * @typedef {import("./words.js").Given} Given
 * @typedef {{ param: string, name: string, values: string[], slugs: string[] }} Filter
 * @typedef {(number | null)[]} Choice a value's number, or null, for each filter: every facet, then the period
 * @typedef {object} Facts data/collection.json
 * @property {number} works
 * @property {number} k
 * @property {number} shard
 * @property {2 | 4} rowBytes
 * @property {Filter[]} facets
 * @property {number[][]} cells
 * @property {number[]} starts
 * @property {number[]} scale
 * @property {number[]} limits
 * @property {number} same
 * @property {Words} words
 * @property {string[]} closeWords
 * @property {string} nearlySame
 * @property {number} buckets
 * @property {boolean} hides
 * @property {Filter} [periods]
 * @property {string} [dated]
 * @typedef {[string, string, string, string, number[], 1?]} Told a work as data/cards/S.json has it
 * @typedef {object} Card
 * @property {number} row
 * @property {string} id
 * @property {string} title
 * @property {string} date
 * @property {string} alt
 * @property {number[]} sides width and height of each derivative, the narrowest first
 * @property {1} [veiled]
 * @property {string[]} labels
 * @typedef {{ row: number, code: number }} Match
 * @typedef {Match & { cell: number }} Near
 * @typedef {{ rank: number, level: number, same: boolean, percent: string, word: string }} Closeness
 */

/** @type {Map<string, Promise<any>>} */
const kept = new Map(); // what was fetched, by its path

/**
 * @template {"json" | "text" | "arrayBuffer"} K
 * @param {string} path from the site's root
 * @param {K} kind
 * @returns {Promise<Awaited<ReturnType<Response[K]>>>}
 */
export async function fetched(path, kind) {
  const answer = await fetch(at(path));
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return /** @type {any} */ (answer[kind]());
}

/**
 * JSON that is fetched at the first asking.
 * @param {string} path
 * @returns {Promise<any>}
 */
export function once(path) {
  const known = kept.get(path);
  if (known) return known;
  const asked = fetched(path, "json");
  asked.catch(() => kept.delete(path)); // the next one who asks tries again
  kept.set(path, asked);
  return asked;
}

/**
 * In which bucket an id or the beginning of a word is looked up: files.bucket().
 * @param {string} text
 * @param {number} count
 */
export function bucket(text, count) {
  let place = 0;
  for (const byte of new TextEncoder().encode(text)) place = (place * 31 + byte) % 65521;
  return place % count;
}

/**
 * The number of entries of an ascending list that are less than the value.
 * @param {number[]} list
 * @param {number} value
 */
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

  /** @param {Facts} facts */
  constructor(facts) {
    this.facts = facts;
    this.filters = facts.periods ? [...facts.facets, facts.periods] : facts.facets;
  }

  /** @param {string} name @param {Given} [given] */
  say(name, given) {
    return filled(this.facts.words[name], given);
  }

  /** @param {number} row */
  cellOf(row) {
    return below(this.facts.starts, row + 1) - 1;
  }

  /** The numbers of a work's values in each filter; -1 for the period where it has no year. @param {number} row */
  values(row) {
    const { cells, dated } = this.facts;
    const facets = cells[this.cellOf(row)];
    return dated ? [...facets, dated.charCodeAt(row) - 49] : facets;
  }

  /** @param {number} row */
  labels(row) {
    return this.facts.facets.map(({ values }, facet) => values[this.values(row)[facet]]);
  }

  /**
   * How close a code is: the thousandths of random pairs that are less alike, and in words.
   * @param {number} code
   * @returns {Closeness}
   */
  closeness(code) {
    const { scale, limits, closeWords, nearlySame } = this.facts;
    const rank = Math.min(Math.max(below(scale, code) - 1, 0), 999);
    const level = limits.filter((limit) => rank < limit).length;
    const same = code >= this.facts.same;
    return { rank, level, same, percent: percent(rank), word: same ? nearlySame : closeWords[level] };
  }

  /**
   * The row of the work with this id; undefined where there is none.
   * @param {string} id
   * @returns {Promise<number | undefined>}
   */
  async row(id) {
    const rows = await once(`data/ids/${bucket(id, this.facts.buckets)}.json`);
    return Object.hasOwn(rows, id) ? rows[id] : undefined;
  }

  /**
   * All that is near a work, nearest first.
   * @param {string} id
   * @returns {Promise<Near[]>}
   */
  async near(id) {
    const { rowBytes } = this.facts;
    const bytes = await fetched(`data/near/${id}.bin`, "arrayBuffer");
    const count = bytes.byteLength / (rowBytes + 2);
    const rows = new (rowBytes === 2 ? Uint16Array : Uint32Array)(bytes, 0, count);
    const codes = new Uint16Array(bytes, count * rowBytes, count);
    return Array.from(rows, (row, place) => ({ row, code: codes[place], cell: this.cellOf(row) }));
  }

  /** True for each cell that the choice allows. @param {Choice} choice */
  allowed(choice) {
    return this.facts.cells.map((cell) =>
      cell.every((value, facet) => choice[facet] === null || choice[facet] === value));
  }

  /**
   * True for a row of the chosen period, and for all where none is chosen.
   * @param {Choice} choice
   * @returns {(row: number) => boolean}
   */
  during(choice) {
    const { dated, facets } = this.facts;
    const period = choice[facets.length] ?? null;
    return (row) => period === null || dated?.charCodeAt(row) === 49 + period;
  }

  /**
   * The nearest works under a choice, at most `most`, and how many of them are `certain` to be the nearest there are:
   * each cell's own k are listed, so a work of that cell that is not listed comes after the last that is.
   * @param {Near[]} near
   * @param {Choice} choice
   * @param {number} own the row of the work itself
   */
  nearest(near, choice, own, most = this.facts.k) {
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

  /**
   * How many works of a cell there are, without the work itself.
   * @param {number} cell
   * @param {(row: number) => boolean} dated
   * @param {number} own
   */
  held(cell, dated, own) {
    const { starts } = this.facts;
    let count = 0;
    for (let row = starts[cell]; row < starts[cell + 1]; row++) count += Number(row !== own && dated(row));
    return count;
  }

  /** How many works there are under a choice, without the work itself. @param {Choice} choice @param {number} own */
  count(choice, own) {
    const dated = this.during(choice);
    return this.allowed(choice).reduce((sum, yes, cell) => sum + (yes ? this.held(cell, dated, own) : 0), 0);
  }

  /** @param {number} row */
  async card(row) {
    const { shard } = this.facts;
    return this.told(row, (await once(`data/cards/${Math.floor(row / shard)}.json`))[row % shard]);
  }

  /**
   * What a list of cards tells of a work.
   * @param {number} row
   * @param {Told} told
   * @returns {Card}
   */
  told(row, [id, title, date, alt, sides, veiled]) {
    return { row, id, title, date, alt, sides, veiled, labels: this.labels(row) };
  }
}
