import assert from "node:assert/strict";
import { test } from "node:test";

import { asked, free, named, put, value } from "../../static/choice.js";

const collection = { filters: [
  { param: "form", values: ["Bowl", "Vase"], slugs: ["bowl", "vase"] },
  { param: "period", values: ["1500–1600"], slugs: ["1500-1600"] },
] };

test("an address says what is chosen; what it does not know is not chosen", () => {
  assert.deepEqual(asked(collection, "?form=vase&period=1500-1600"), [1, 0]);
  assert.deepEqual(asked(collection, "?form=atlantis&match=vase"), [null, null]);
  assert.deepEqual(asked(collection, ""), [null, null]);
});

test("a choice is put into an address and found there again", () => {
  for (const choice of [[null, null], [0, null], [1, 0]]) {
    const params = put(collection, choice, new URLSearchParams("form=bowl&match=w.1"));

    assert.deepEqual(asked(collection, `?${params}`), choice);
    assert.equal(params.get("match"), "w.1");
  }
});

test("a choice is named by its values", () => {
  assert.deepEqual(named(collection, [1, 0]), ["Vase", "1500–1600"]);
  assert.deepEqual(named(collection, [null, 0]), ["1500–1600"]);
});

test("nothing is chosen where no filter is, the first value is something", () => {
  assert.equal(free([null, null]), true);
  assert.equal(free([0, null]), false);
  assert.deepEqual([value({ value: "" }), value({ value: "0" })], [null, 0]);
});
