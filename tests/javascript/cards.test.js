import assert from "node:assert/strict";
import { test } from "node:test";

import { ratio, shape, summary } from "../../static/cards.js";
import { cases } from "./page.js";

for (const { width, height, class: name } of await cases("ratios")) {
  test(`a picture of ${width} by ${height} has the class ${name}`, () => {
    assert.equal(ratio(width, height), name);
    assert.equal(ratio(width / height), name);
    assert.equal(shape({ sides: [width, height, 2 * width, 2 * height] }), name);
  });
}

test("a work is summed up by its values and its date, where it has one", () => {
  assert.equal(summary({ labels: ["Bowl", "Clay"], date: "1500" }), "Bowl, Clay · 1500");
  assert.equal(summary({ labels: ["Bowl"], date: "" }), "Bowl");
});
