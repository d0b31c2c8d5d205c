import assert from "node:assert/strict";
import { test } from "node:test";

import { code, find, read } from "../../static/shortest-path.js";
import { cases } from "./page.js";

const { scale, limits, same, prices, cases: all } = await cases("paths");
const codes = Array.from({ length: 1001 }, (_, quantile) => scale.first + scale.step * quantile);

/** data/graph.bin of a case. */
function packed({ works, steps, times = new Array(works).fill(0) }, rows = Uint16Array) {
  const counts = new Array(works).fill(0);
  for (const [lower] of steps) counts[lower]++;
  const parts = [rows.from(steps, ([, higher]) => higher), Uint16Array.from(steps, ([, , code]) => code),
    Uint16Array.from(counts), Uint16Array.from(times)];
  return Uint8Array.from(parts.flatMap((part) => [...new Uint8Array(part.buffer)])).buffer;
}

function graph(given, rowBytes = 2) {
  return read(packed(given, rowBytes === 2 ? Uint16Array : Uint32Array),
    { works: given.works, rowBytes, scale: codes, limits, same });
}

const listed = ({ near = {}, ends }) => Object.fromEntries(
  ends.map((end) => [end, (near[end] ?? []).map(([row, code]) => ({ row, code }))]));

for (const given of all) {
  const { why, ends, through, labels, inTime, path } = given;
  const conditions = { through: through && ((row) => through.includes(row)), labels, inTime };

  test(why, () => {
    for (const rowBytes of [2, 4]) {
      assert.deepEqual(find(graph(given, rowBytes), ...ends, listed(given), conditions), path);
    }
  });

  test(`${why} And the other way round.`, () => {
    const back = find(graph(given), ...[...ends].reverse(), listed(given), conditions);

    assert.deepEqual(back, path && [...path].reverse());
  });
}

test("a step costs as many as the power of its width, and more where works are not related", () => {
  const costs = graph({ works: 2, steps: [[0, 1, 60000]] }).prices;

  assert.deepEqual(prices.map(([code]) => [code, costs[code]]), prices);
});

test("how close two works of a path are is told by its step, or by what is near an end", () => {
  const given = { works: 3, steps: [[0, 1, 59000]], near: { 2: [[1, 58500]] }, ends: [0, 2] };

  assert.equal(code(graph(given), 1, 0, listed(given)), 59000);
  assert.equal(code(graph(given), 1, 2, listed(given)), 58500);
  assert.equal(code(graph(given), 2, 1, listed(given)), 58500);
  assert.throws(() => code(graph(given), 0, 2, listed(given)), RangeError);
});
