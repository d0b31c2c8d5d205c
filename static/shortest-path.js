// The path from one work to another, as generator/paths.py finds it: the same costs in whole numbers, the same ties.
// Knows rows and codes of closeness, and nothing of pages. data/graph.bin, little-endian, for n works and s steps:
// s rows (the higher of each step, by its lower one; as many bytes as in data/near/), s codes (16 bits), n counts of
// the steps told of each work as the lower one (16 bits), n places of its year among all years (16 bits; 0: without).
// Cases that both must answer alike: tests/javascript/cases/paths.json.

/**
 * @typedef {import("./collection.js").Facts} Facts
 * @typedef {Record<number, import("./collection.js").Match[]>} Ends what is near both ends, by their rows
 * @typedef {object} Graph the steps of all works in both directions: those of work i are at first[i] .. first[i + 1]
 * @property {number} n
 * @property {Uint32Array} first
 * @property {Uint32Array} ends
 * @property {Uint16Array} codes
 * @property {Float64Array} costs
 * @property {Float64Array} prices the cost of each code
 * @property {Uint16Array} times
 * @property {number} same
 * @typedef {object} Conditions
 * @property {((row: number) => unknown) | null} [through] true for rows of works that may lie between
 * @property {ArrayLike<number> | null} [labels] of the rows, which change at every step
 * @property {boolean} [inTime]
 * @typedef {(from: number, to: number) => boolean} Rule whether a step may be taken
 * @typedef {Map<number, [number, number][]>} Doors the steps that the ends may take besides: row -> [row, price]
 */

const MOST = 8;
const LONGEST = 24;
const DOORS = 8;

/**
 * Whole numbers, whose sums stay below 2 ** 53; `wide` are codes up to which works are not related, and nothing close.
 * @param {number} code
 * @param {number[]} wide
 */
const cost = (code, wide) =>
  Math.floor(Math.min((65535 - code) >> 7, 255) ** 6 / 64) * MOST ** wide.filter((limit) => code <= limit).length;

/**
 * The graph of data/graph.bin; what else is known of the collection stands in data/collection.json.
 * @param {ArrayBuffer} bytes
 * @param {Pick<Facts, "works" | "rowBytes" | "scale" | "limits" | "same">} facts
 * @returns {Graph}
 */
export function read(bytes, { works: n, rowBytes, scale, limits, same }) {
  const count = (bytes.byteLength - 4 * n) / (rowBytes + 2);
  const higher = new (rowBytes === 2 ? Uint16Array : Uint32Array)(bytes, 0, count);
  const told = new Uint16Array(bytes, count * rowBytes, count);
  const [counts, times] = [0, 1].map((part) => new Uint16Array(bytes, count * (rowBytes + 2) + 2 * n * part, n));
  const lower = new Uint32Array(count);
  for (let row = 0, step = 0; row < n; row++) lower.fill(row, step, step += counts[row]);
  const first = new Uint32Array(n + 1);
  for (let step = 0; step < count; step++) { first[lower[step] + 1]++; first[higher[step] + 1]++; }
  for (let row = 0; row < n; row++) first[row + 1] += first[row];
  const next = first.slice();
  const ends = new Uint32Array(2 * count);
  const codes = new Uint16Array(2 * count);
  const costs = new Float64Array(2 * count);
  const wide = limits.slice(2).map((limit) => scale[limit]);
  const prices = Float64Array.from({ length: 65536 }, (_, code) => cost(code, wide));
  /** @param {number} from @param {number} to @param {number} code */
  const put = (from, to, code) => {
    const place = next[from]++;
    [ends[place], codes[place], costs[place]] = [to, code, prices[code]];
  };
  for (let step = 0; step < count; step++) {
    put(lower[step], higher[step], told[step]);
    put(higher[step], lower[step], told[step]);
  }
  return { n, first, ends, codes, costs, prices, times, same };
}

/**
 * The rows of the path, or null.
 * @param {Graph} graph
 * @param {number} one
 * @param {number} other
 * @param {Ends} near
 * @param {Conditions} [conditions]
 */
export function find(graph, one, other, near, conditions = {}) {
  if (one === other) return [one];
  const [start, goal] = one < other ? [one, other] : [other, one];
  const allows = rule(graph, start, goal, conditions);
  const more = doors(graph, near, start, goal, allows);
  const reached = spread(graph, start, goal, more, allows);
  const least = Math.min(...reached.map((level) => level[goal]));
  if (least === Infinity) return null;
  const path = back(graph, reached, goal, reached.findIndex((level) => level[goal] === least), more, allows);
  return one < other ? path.reverse() : path;
}

/**
 * @param {Graph} graph
 * @param {number} start
 * @param {number} goal
 * @param {Conditions} conditions
 * @returns {Rule}
 */
function rule({ n, times }, start, goal, { through = null, labels = null, inTime = false }) {
  const [early, late] = [times[start], times[goal]].sort((a, b) => a - b);
  const way = Math.sign(times[goal] - times[start]);
  const inside = Array.from({ length: n }, (_, row) => {
    const free = !through || row === start || row === goal || Boolean(through(row));
    return free && (!inTime || (times[row] >= Math.max(1, early) && times[row] <= late));
  });
  return (from, to) => inside[from] && inside[to] && (!labels || labels[from] !== labels[to])
    && (!inTime || (times[to] - times[from]) * way >= 0)
    && !(through && Math.min(from, to) === start && Math.max(from, to) === goal);
}

/**
 * @param {Graph} graph
 * @param {Ends} near
 * @param {number} start
 * @param {number} goal
 * @param {Rule} allows
 */
function doors({ same, prices }, near, start, goal, allows) {
  /** @type {Doors} */
  const more = new Map();
  for (const [end, far] of [[start, goal], [goal, start]]) {
    const good = near[end].filter(({ row, code }) => code < same && row !== far
      && (end === start ? allows(end, row) : allows(row, end)));
    for (const { row, code } of good.slice(0, DOORS)) {
      for (const [from, to] of [[end, row], [row, end]]) {
        more.set(from, [...(more.get(from) ?? []), [to, prices[code]]]);
      }
    }
  }
  return more;
}

/**
 * Calls `visit` with every step that begins at a row.
 * @param {Graph} graph
 * @param {number} row
 * @param {Doors} more
 * @param {(end: number, price: number) => void} visit
 */
function steps({ first, ends, costs }, row, more, visit) {
  for (let step = first[row]; step < first[row + 1]; step++) visit(ends[step], costs[step]);
  for (const [end, price] of more.get(row) ?? []) visit(end, price);
}

/**
 * For each number of steps, the least cost of so many from the start to every work.
 * @param {Graph} graph
 * @param {number} start
 * @param {number} goal
 * @param {Doors} more
 * @param {Rule} allows
 */
function spread(graph, start, goal, more, allows) {
  let last = new Float64Array(graph.n).fill(Infinity);
  last[start] = 0;
  const reached = [last];
  let least = Infinity;
  while (reached.length <= MOST || (least === Infinity && reached.length <= LONGEST)) {
    const level = new Float64Array(graph.n).fill(Infinity);
    for (let row = 0; row < graph.n; row++) {
      const before = last[row];
      if (before >= least) continue; // it is on no better path
      steps(graph, row, more, (end, price) => {
        if (before + price < level[end] && allows(row, end)) level[end] = before + price;
      });
    }
    least = Math.min(least, level[goal]);
    reached.push(level);
    last = level;
  }
  return reached;
}

/**
 * The path that was reached in `count` steps, from its end; of steps that cost the same, that of the lower row.
 * @param {Graph} graph
 * @param {Float64Array[]} reached
 * @param {number} goal
 * @param {number} count
 * @param {Doors} more
 * @param {Rule} allows
 */
function back(graph, reached, goal, count, more, allows) {
  let here = goal;
  const path = [here];
  for (let level = count; level > 0; level--) {
    let came = Infinity;
    steps(graph, here, more, (from, price) => {
      if (from < came && reached[level - 1][from] + price === reached[level][here] && allows(from, here)) came = from;
    });
    path.push(here = came);
  }
  return path;
}

/**
 * How close two works of a path are.
 * @param {Graph} graph
 * @param {number} one
 * @param {number} other
 * @param {Ends} near
 */
export function code(graph, one, other, near) {
  for (let step = graph.first[one]; step < graph.first[one + 1]; step++) {
    if (graph.ends[step] === other) return graph.codes[step];
  }
  const door = near[one]?.find(({ row }) => row === other) ?? near[other]?.find(({ row }) => row === one);
  if (door) return door.code;
  throw new RangeError(`no step from ${one} to ${other}`);
}
