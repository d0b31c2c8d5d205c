// Paths under conditions, over what the site has: loaded when two works are chosen. A state is
// {choice, fresh: the facet that changes at every step or null, inTime}.

import { fetched } from "./collection.js";
import { code, find, read } from "./chain.js";

const DRAWS = 30;

export class Ways {
  static async load(collection) {
    return new Ways(collection, read(await fetched("data/graph.bin", "arrayBuffer"), collection));
  }

  constructor(collection, graph) {
    this.collection = collection;
    this.graph = graph;
    this.cells = new Int32Array(collection.works);
    collection.starts.forEach((start, cell) => this.cells.fill(cell, start, collection.starts[cell + 1]));
  }

  // What is listed near both ends, by their rows; find() and code() ask for it.
  async near(cards) {
    const lists = await Promise.all(cards.map(({ id }) => this.collection.near(id)));
    return Object.fromEntries(cards.map(({ row }, place) => [row, lists[place]]));
  }

  find(one, other, near, { choice, fresh, inTime }) {
    const [allowed, dated] = [this.collection.allowed(choice), this.collection.during(choice)];
    return find(this.graph, one, other, near, {
      inTime,
      through: choice.some((value) => value !== null) ? (row) => allowed[this.cells[row]] && dated(row) : null,
      labels: fresh === null ? null : this.cells.map((cell) => this.collection.cells[cell][fresh]),
    });
  }

  closeness(one, other, near) {
    return this.collection.closeness(code(this.graph, one, other, near));
  }

  dated(row) {
    return this.graph.times[row] > 0;
  }

  // Two works that differ in everything, with a path of some steps between them while luck lasts.
  async draw(state) {
    const any = () => this.collection.card(Math.floor(Math.random() * this.collection.works));
    for (let draws = 1; ; draws++) {
      const ends = await Promise.all([any(), any()]);
      if (draws > DRAWS) return ends;
      if (ends[0].labels.some((value, facet) => value === ends[1].labels[facet])) continue;
      if (this.find(ends[0].row, ends[1].row, await this.near(ends), state)?.length > (draws < DRAWS / 2 ? 4 : 2)) return ends;
    }
  }
}
