import assert from "node:assert/strict";
import { test } from "node:test";

import { answer } from "./page.js";

const { Collection } = await import("../../static/collection.js");
const { at } = await import("../../static/urls.js");
const { Ways } = await import("../../static/ways.js");

// A line of six works, each a step from the next: rows 0 to 2 are bowls of 1500, the others vases of 1600, the last of no
// year.
const codes = Array.from({ length: 1001 }, (_, quantile) => 20000 + 40 * quantile);
const collection = new Collection({
  works: 6, k: 2, shard: 6, rowBytes: 2, words: {}, closeWords: [],
  scale: codes, limits: [998, 990, 950, 850], same: 63897,
  facets: [{ param: "form", name: "form", values: ["Bowl", "Vase"], slugs: ["bowl", "vase"] }],
  periods: { param: "period", name: "period", values: ["1500", "1600"], slugs: ["a", "b"] },
  cells: [[0], [1]], starts: [0, 3, 6], dated: "111220",
});
const graph = Uint16Array.from([1, 2, 3, 4, 5, ...new Array(5).fill(59700), 1, 1, 1, 1, 1, 0, 1, 1, 1, 2, 2, 0]);
const bytes = (numbers) => new Uint8Array(Uint16Array.from(numbers).buffer);
const cards = Array.from({ length: 6 }, (_, row) => [`w.${row}`, `Work ${row}`, "", "", [1, 1]]);
const near = Object.fromEntries(cards.map(([id]) => [`data/near/${id}.bin`, bytes([])]));
answer(at(""), { "data/graph.bin": new Uint8Array(graph.buffer), "data/cards/0.json": cards, ...near });
const ways = await Ways.load(collection);
const free = { choice: [null, null], fresh: null, inTime: false };

async function path(one, other, asked) {
  const ends = await Promise.all([one, other].map((row) => collection.card(row)));
  return ways.find(one, other, await ways.near(ends), { ...free, ...asked });
}

test("a path leads through the works that a choice leaves in", async () => {
  assert.deepEqual(await path(0, 3, {}), [0, 1, 2, 3]);
  assert.deepEqual(await path(0, 3, { choice: [0, null] }), [0, 1, 2, 3]);
  assert.equal(await path(0, 4, { choice: [0, null] }), null);
  assert.deepEqual(await path(1, 3, { choice: [null, 0] }), [1, 2, 3]);
  assert.equal(await path(1, 3, { choice: [null, 1] }), null);
});

test("a value changes at every step, or time only goes on", async () => {
  assert.deepEqual(await path(2, 3, { fresh: 0 }), [2, 3]);
  assert.equal(await path(1, 3, { fresh: 0 }), null);
  assert.deepEqual(await path(4, 0, { inTime: true }), [4, 3, 2, 1, 0]);
  assert.equal(await path(0, 5, { inTime: true }), null);
  assert.deepEqual([ways.dated(0), ways.dated(5)], [true, false]);
});

test("a step is called as close as it is", () => {
  assert.equal(ways.closeness(2, 3, {}).rank, 992);
});

test("two are drawn that differ in everything and have some steps between them", async () => {
  const drawn = [0, 1, 2, 3, 0, 5].map((row) => row / 6);
  const ends = await ways.draw(free, () => drawn.shift() ?? assert.fail("drew on"));

  assert.deepEqual(ends.map(({ row }) => row), [0, 5]);
});

test("where luck does not last, the last two that were drawn are taken", async () => {
  const ends = await ways.draw(free, () => 0.5);

  assert.deepEqual(ends.map(({ row }) => row), [3, 3]);
});
