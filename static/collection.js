// What every script knows of the collection: its facets and cells, how close is called, and the works' cards.
// Fetches data/collection.json, data/cards/S.json and data/near/ID.bin, described in generator/site/files.py.

const at = (path) => new URL(`../${path}`, import.meta.url);

async function fetched(path, kind) {
  const answer = await fetch(at(path));
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer[kind]();
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
    return new Collection(await fetched("data/collection.json", "json"));
  }

  constructor(facts) {
    Object.assign(this, facts);
    this.shards = new Map();
  }

  // Text of the catalogue with {names} filled in.
  say(name, given = {}) {
    return this.words[name].replace(/\{(\w+)\}/g, (all, key) => given[key] ?? all);
  }

  number(value) {
    return String(value).replace(/\B(?=(\d{3})+$)/g, this.words.thousands);
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
    const percent = (rank / 10).toFixed(1).replace(".", this.words.decimal);
    return { rank, level, same, percent, word: same ? this.nearlySame : this.closeWords[level] };
  }

  // All that is near a work, nearest first: [{row, code}].
  async near(id) {
    const bytes = await fetched(`data/near/${id}.bin`, "arrayBuffer");
    const count = bytes.byteLength / (this.rowBytes + 2);
    const rows = new (this.rowBytes === 2 ? Uint16Array : Uint32Array)(bytes, 0, count);
    const codes = new Uint16Array(bytes, count * this.rowBytes, count);
    return Array.from(rows, (row, place) => ({ row, code: codes[place] }));
  }

  // True for each cell that the choice allows; a choice is a value number or null for each facet.
  allowed(choice) {
    return this.cells.map((cell) => choice.every((value, facet) => value === null || value === cell[facet]));
  }

  // The k nearest under a choice. Each cell's own k are in the list, so the first k of it are exact.
  filtered(near, choice) {
    const allowed = this.allowed(choice);
    const found = [];
    for (const one of near) {
      if (allowed[this.cellOf(one.row)]) found.push(one);
      if (found.length === this.k) break;
    }
    return found;
  }

  // How many works there are under a choice, without the work itself.
  count(choice, row) {
    const own = this.cellOf(row);
    return this.allowed(choice).reduce(
      (sum, yes, cell) => sum + (yes ? this.starts[cell + 1] - this.starts[cell] - (cell === own) : 0), 0);
  }

  async card(row) {
    const number = Math.floor(row / this.shard);
    if (!this.shards.has(number)) {
      const shard = fetched(`data/cards/${number}.json`, "json");
      shard.catch(() => this.shards.delete(number)); // the next one who asks tries again
      this.shards.set(number, shard);
    }
    const [id, title, date, alt, sides] = (await this.shards.get(number))[row % this.shard];
    return { row, id, title, date, alt, sides, labels: this.labels(row) };
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
    className: ratio(card.sides[0] / card.sides[1]), ...given,
  });
  if (widest > own) image.srcset = `${at(`images/${own + 2}/${card.id}.webp`)} 2x`;
  image.src = at(`images/${own + 1}/${card.id}.webp`);
  return image;
}

export function verdict(collection, how, given = {}) {
  const line = element("p", { className: `near n${how.level}`, ...given }, element("span", {}, how.word));
  if (!how.same) line.append(" ", element("small", {}, collection.say("percent", how)));
  return line;
}
