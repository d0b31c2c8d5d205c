import assert from "node:assert/strict";
import { test } from "node:test";

import { answer, cases } from "./page.js";

const { Collection, bucket, once } = await import("../../static/collection.js");
const { at } = await import("../../static/urls.js");

// Rows 0 to 3 are of the first value, 4 to 7 of the second; two of each are listed. Their periods are 0 1 0 1 0 1 1 1.
const FACTS = {
  works: 8, k: 2, shard: 4, rowBytes: 2, buckets: 3,
  facets: [{ param: "form", name: "form", values: ["Bowl", "Vase"], slugs: ["bowl", "vase"] }],
  periods: { param: "period", name: "period", values: ["1500–1600", "1600–1700"], slugs: ["a", "b"] },
  cells: [[0], [1]], starts: [0, 4, 8], dated: "12121222",
  words: { percent: "closer than {percent} %" },
};
const collection = new Collection(FACTS);

for (const { text, buckets, bucket: place } of await cases("buckets")) {
  test(`"${text}" is looked up in bucket ${place} of ${buckets}`, () => assert.equal(bucket(text, buckets), place));
}

test("how close two works are called follows from their code", async () => {
  const { scale, cases: all, ...facts } = await cases("closeness");
  const codes = Array.from({ length: 1001 }, (_, quantile) => scale.first + scale.step * quantile);
  const closeWords = ["striking", "close", "related", "distant", "nothing"];
  const made = new Collection({ ...FACTS, ...facts, scale: codes, closeWords, nearlySame: "the same" });
  for (const { code, ...expected } of all) {
    const { word, ...how } = made.closeness(code);

    assert.deepEqual(how, expected, `${code}`);
    assert.equal(word, expected.same ? "the same" : closeWords[expected.level]);
  }
});

test("the cell of a row is found among the first rows of the cells, and its values with it", () => {
  assert.deepEqual([0, 3, 4, 7].map((row) => collection.cellOf(row)), [0, 0, 1, 1]);
  assert.deepEqual(collection.values(3), [0, 1]);
  assert.deepEqual(collection.labels(4), ["Vase"]);
  assert.deepEqual(new Collection({ ...FACTS, dated: "02222222" }).values(0), [0, -1]);
});

const near = [4, 1, 2, 5].map((row, place) => ({ row, code: 1000 - place, cell: collection.cellOf(row) }));
for (const [choice, most, found, certain, count, why] of [
  [[null, null], 2, [4, 1], 2, 7, "the nearest of all are listed"],
  [[null, null], 4, [4, 1, 2, 5], 3, 7, "row 3, which is not listed, may come before 5"],
  [[0, null], 4, [1, 2], 2, 3, "both that are listed come before row 3"],
  [[null, 0], 4, [4, 2], 2, 2, "all of that period are listed"],
  [[null, 1], 4, [1, 5], 1, 5, "row 3 may come before 5"],
  [[1, 0], 4, [4], 1, 1, "there is only one"],
]) {
  test(`under ${JSON.stringify(choice)} at most ${most} are found, ${certain} for certain: ${why}`, () => {
    const answer = collection.nearest(near, choice, 0, most);

    assert.deepEqual([answer.found.map(({ row }) => row), answer.certain], [found, certain]);
    assert.equal(collection.count(choice, 0), count);
  });
}

test("a work is found by its id, and nothing by a name that every object has", async () => {
  const ids = {};
  for (const [row, id] of ["w.1", "w.2", "w.3"].entries()) (ids[`data/ids/${bucket(id, 3)}.json`] ??= {})[id] = row;
  answer(at(""), { "data/ids/0.json": {}, "data/ids/1.json": {}, "data/ids/2.json": {}, ...ids });

  assert.equal(await collection.row("w.2"), 1);
  assert.equal(await collection.row("nobody"), undefined);
  assert.equal(await collection.row("constructor"), undefined);
});

for (const [rowBytes, bytes] of [[2, [4, 0, 1, 0, 9, 3, 8, 3]], [4, [4, 0, 0, 0, 1, 0, 0, 0, 9, 3, 8, 3]]]) {
  test(`neighbors are read from rows of ${rowBytes} bytes and codes of 2`, async () => {
    answer(at(""), { "data/near/w.0.bin": Uint8Array.from(bytes) });

    assert.deepEqual(await new Collection({ ...FACTS, rowBytes }).near("w.0"),
      [{ row: 4, code: 777, cell: 1 }, { row: 1, code: 776, cell: 0 }]);
  });
}

test("a card is taken from its shard, with its labels", async () => {
  answer(at(""), { "data/cards/1.json": [[], ["w.5", "A bowl", "1500", "What is seen", [240, 160], 1]] });

  assert.deepEqual(await collection.card(5), { row: 5, id: "w.5", title: "A bowl", date: "1500", alt: "What is seen",
    sides: [240, 160], veiled: 1, labels: ["Vase"] });
});

test("what was fetched is not asked for again, and what could not be fetched is", async () => {
  const asked = answer(at(""), { "data/known.json": [1] });
  assert.deepEqual([await once("data/known.json"), await once("data/known.json")], [[1], [1]]);
  await assert.rejects(once("data/gone.json"), /data\/gone.json: 404/);
  await assert.rejects(once("data/gone.json"));

  assert.deepEqual(asked, ["data/known.json", "data/gone.json", "data/gone.json"]);
});
