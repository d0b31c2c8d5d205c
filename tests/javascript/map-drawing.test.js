import assert from "node:assert/strict";
import { test } from "node:test";

import { Drawing } from "../../static/map-drawing.js";

const facts = { columns: 40, rows: 20, side: 512, levels: [8, 16, 32, 64] };
const canvas = { getContext: () => ({}) };
const drawing = new Drawing(canvas, facts, Uint16Array.from([3, 4, 39, 19]), () => undefined, () => {});

test("a work is found by its field, and a field by its work", () => {
  assert.deepEqual(drawing.field(1), [39, 19]);
  assert.deepEqual([drawing.row(3, 4), drawing.row(39, 19), drawing.row(0, 0)], [0, 1, -1]);
  assert.deepEqual([drawing.row(-1, 4), drawing.row(40, 4), drawing.row(3, -1), drawing.row(3, 20)], [-1, -1, -1, -1]);
});

test("a sheet holds as many fields as its side is long", () => {
  assert.equal(drawing.sheet(8, 39, 19), "images/map/8/0-0.webp");
  assert.equal(drawing.sheet(64, 7, 8), "images/map/64/0-1.webp");
  assert.equal(drawing.sheet(64, 39, 19), "images/map/64/4-2.webp");
});

test("a picture fills seven eighths of its field by its longer side, in the middle", () => {
  drawing.pixels = 80;

  assert.deepEqual(drawing.box([2, 1], [200, 100]), [165, 103, 70, 35]);
});
