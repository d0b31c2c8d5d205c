import assert from "node:assert/strict";
import { test } from "node:test";

import { answer, cases } from "./page.js";

const { place, search, words } = await import("../../static/titles.js");
const { at } = await import("../../static/urls.js");

for (const one of await cases("titles")) {
  test(`the words of "${one.text}", and where they are looked up`, () => {
    assert.deepEqual([...words(one.text)], one.words);
    assert.deepEqual(one.words.map((word) => place(word, one.buckets)), one.places);
  });
}

const HELD = { vases: [5, 7], vase: [3, 5], wave: [5, 9], waves: [3], work: 0, works: [1] };

test("works are found of which each typed beginning is the beginning of a word", async () => {
  answer(at(""), { "data/titles/0.json": HELD });
  for (const [typed, found] of [
    ["vase", [3, 5, 7]], // those first of which it is a whole word
    ["Vas WAV", [3, 5]],
    ["wav", [5, 9, 3]],
    ["va", [3, 5, 7]],
    ["vase zebra", []],
    ["v", null], // too little
    ["work", null], // all works
    ["work vases", [5, 7]],
    ["…", null],
  ]) {
    assert.deepEqual(await search(typed, 1, 8), found, typed);
  }
  assert.deepEqual(await search("vase", 1, 2), [3, 5]);
});
