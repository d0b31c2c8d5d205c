import assert from "node:assert/strict";
import { test } from "node:test";

import { shared, yearsBetween } from "../../static/records.js";
import { cases } from "./page.js";

const { untold, longest, shared: pairs, years } = await cases("records");

for (const { one, other, shared: said } of pairs) {
  test(`two records share ${JSON.stringify(said)}`, () => {
    assert.deepEqual(shared(new Map(one), new Map(other), untold, longest), said);
  });
}

for (const { one, other, years: count } of years) {
  test(`${count} years lie between ${one} and ${other}`, () => assert.equal(yearsBetween(one, other), count));
}

test("nothing is known to lie between a work and one without a year", () => {
  assert.ok(Number.isNaN(yearsBetween(1500, NaN)));
});
