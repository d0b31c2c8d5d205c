// The path from one work to another, as generator/paths.py finds it: the same costs in whole numbers, the same ties.
// Knows rows and codes of closeness, and nothing of pages. data/graph.bin, little-endian, for n works and s steps:
// s rows (the higher of each step, by its lower one; as many bytes as in data/near/), s codes (16 bits), n counts of
// the steps told of each work as the lower one (16 bits), n places of its year among all years (16 bits; 0: it has none).

const MOST = 8;
const LONGEST = 24;
const DOORS = 8;
// Whole numbers, whose sums stay below 2 ** 53; `wide` are codes up to which works are not related, and nothing close.
const cost = (code, wide) => Math.floor(Math.min((65535 - code) >> 7, 255) ** 6 / 64) * MOST ** wide.filter((limit) => code <= limit).length;

// The steps of all works in both directions: those of work i are at first[i] .. first[i + 1] of `ends`, `codes`, `costs`.
// What else is known of the collection stands in data/collection.json.
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
  const put = (from, to, code) => { ends[next[from]] = to; codes[next[from]] = code; costs[next[from]++] = prices[code]; };
  for (let step = 0; step < count; step++) {
    put(lower[step], higher[step], told[step]);
    put(higher[step], lower[step], told[step]);
  }
  return { n, first, ends, codes, costs, prices, times, same };
}

// The rows of the path, or null. `near` has the lists of both ends: near[row] = [{row, code}]. A path may be bound to works (`through`: true for their rows), to change in a label
// at every step (`labels` of the rows), and to time (`inTime`).
export function find(graph, one, other, near, { through = null, labels = null, inTime = false } = {}) {
  if (one === other) return [one];
  const [start, goal] = one < other ? [one, other] : [other, one];
  const allows = rule(graph, start, goal, { through, labels, inTime });
  const more = doors(graph, near, start, goal, allows);
  const reached = spread(graph, start, goal, more, allows);
  const least = Math.min(...reached.map((level) => level[goal]));
  if (least === Infinity) return null;
  const path = back(graph, reached, goal, reached.findIndex((level) => level[goal] === least), more, allows);
  return one < other ? path.reverse() : path;
}

function rule({ n, times }, start, goal, { through, labels, inTime }) {
  const [early, late] = [times[start], times[goal]].sort((a, b) => a - b);
  const way = Math.sign(times[goal] - times[start]);
  const inside = new Uint8Array(n);
  for (let row = 0; row < n; row++) {
    const free = !through || row === start || row === goal || through(row);
    inside[row] = free && (!inTime || (times[row] >= Math.max(1, early) && times[row] <= late));
  }
  return (from, to) => inside[from] && inside[to] && (!labels || labels[from] !== labels[to])
    && (!inTime || (times[to] - times[from]) * way >= 0)
    && !(through && Math.min(from, to) === start && Math.max(from, to) === goal);
}

// The steps that the ends may take besides, as lists for every row they touch.
function doors({ same, prices }, near, start, goal, allows) {
  const more = new Map();
  for (const [end, far] of [[start, goal], [goal, start]]) {
    const good = near[end].filter(({ row, code }) => code < same && row !== far
      && (end === start ? allows(end, row) : allows(row, end)));
    for (const { row, code } of good.slice(0, DOORS)) {
      for (const [from, to] of [[end, row], [row, end]]) more.set(from, [...(more.get(from) ?? []), [to, prices[code]]]);
    }
  }
  return more;
}

// Calls `visit` with every step that begins at a row.
function steps({ first, ends, costs }, row, more, visit) {
  for (let step = first[row]; step < first[row + 1]; step++) visit(ends[step], costs[step]);
  for (const [end, price] of more.get(row) ?? []) visit(end, price);
}

// For each number of steps, the least cost of so many from the start to every work.
function spread(graph, start, goal, more, allows) {
  const reached = [new Float64Array(graph.n).fill(Infinity)];
  reached[0][start] = 0;
  let least = Infinity;
  while (reached.length <= MOST || (least === Infinity && reached.length <= LONGEST)) {
    const last = reached.at(-1);
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
  }
  return reached;
}

function back(graph, reached, goal, count, more, allows) {
  const path = [goal];
  for (let level = count; level > 0; level--) {
    const here = path.at(-1);
    let came = Infinity;
    steps(graph, here, more, (from, price) => {
      if (from < came && reached[level - 1][from] + price === reached[level][here] && allows(from, here)) came = from;
    });
    path.push(came);
  }
  return path;
}

// How close two works of a path are.
export function code(graph, one, other, near) {
  for (let step = graph.first[one]; step < graph.first[one + 1]; step++) if (graph.ends[step] === other) return graph.codes[step];
  return [...(near[one] ?? []).filter(({ row }) => row === other), ...(near[other] ?? []).filter(({ row }) => row === one)][0].code;
}
