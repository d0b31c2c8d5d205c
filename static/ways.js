// Paths under conditions, over what the site has: loaded when two works are chosen.

import { fetched } from "./collection.js";
import { code, find, read } from "./shortest-path.js";

/**
 * @typedef {import("./collection.js").Collection} Collection
 * @typedef {import("./collection.js").Card} Card
 * @typedef {import("./shortest-path.js").Ends} Ends
 * @typedef {object} Asked
 * @property {import("./collection.js").Choice} choice what the works between must be
 * @property {number | null} fresh the facet that changes at every step
 * @property {boolean} inTime
 */

const DRAWS = 30;

export class Ways {
  /** @param {Collection} collection */
  static async load(collection) {
    return new Ways(collection, read(await fetched("data/graph.bin", "arrayBuffer"), collection.facts));
  }

  /** @param {Collection} collection @param {import("./shortest-path.js").Graph} graph */
  constructor(collection, graph) {
    const { works, starts } = collection.facts;
    this.collection = collection;
    this.graph = graph;
    this.cells = new Int32Array(works);
    starts.forEach((start, cell) => this.cells.fill(cell, start, starts[cell + 1]));
  }

  /**
   * What is listed near both ends, by their rows; find() and code() ask for it.
   * @param {Card[]} cards
   * @returns {Promise<Ends>}
   */
  async near(cards) {
    const lists = await Promise.all(cards.map(({ id }) => this.collection.near(id)));
    return Object.fromEntries(cards.map(({ row }, place) => [row, lists[place]]));
  }

  /** @param {number} one @param {number} other @param {Ends} near @param {Asked} asked */
  find(one, other, near, { choice, fresh, inTime }) {
    const [allowed, dated] = [this.collection.allowed(choice), this.collection.during(choice)];
    const { cells } = this.collection.facts;
    return find(this.graph, one, other, near, {
      inTime,
      through: choice.some((value) => value !== null) ? (row) => allowed[this.cells[row]] && dated(row) : null,
      labels: fresh === null ? null : this.cells.map((cell) => cells[cell][fresh]),
    });
  }

  /** @param {number} one @param {number} other @param {Ends} near */
  closeness(one, other, near) {
    return this.collection.closeness(code(this.graph, one, other, near));
  }

  /** @param {number} row */
  dated(row) {
    return this.graph.times[row] > 0;
  }

  /**
   * Two works that differ in everything, with a path of some steps between them while luck lasts.
   * @param {Asked} asked
   */
  async draw(asked, random = Math.random) {
    const any = () => this.collection.card(Math.floor(random() * this.collection.facts.works));
    for (let draws = 1; ; draws++) {
      const ends = await Promise.all([any(), any()]);
      if (draws > DRAWS) return ends;
      if (ends[0].labels.some((value, facet) => value === ends[1].labels[facet])) continue;
      const path = this.find(ends[0].row, ends[1].row, await this.near(ends), asked);
      if (path && path.length > (draws < DRAWS / 2 ? 4 : 2)) return ends;
    }
  }
}
