import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import "./page.js";
import { listen } from "../../static/map-keys.js";

// Four works on a map, by their column and line; the third is left out by a filter.
const FIELDS = [[0, 0], [4, 0], [2, 0], [0, 3]];
let press, chosen, said;

beforeEach(() => {
  [chosen, said] = [-1, []];
  const say = (name) => (...given) => { said.push([name, ...given]); };
  const canvas = { addEventListener: (_, act) => { press = act; } };
  const atlas = { chosen: () => chosen, shown: (row) => row !== 2, choose: (row) => { chosen = row; },
    open: say("open"), closer: say("closer"), whole: say("whole") };
  const drawing = { fields: FIELDS.flat(), field: (row) => FIELDS[row] };
  const moving = { view: { x: 0, y: 0, scale: 9 }, sees: (column) => column < 4, fly: say("fly"), pan: say("pan") };
  listen(canvas, atlas, drawing, moving);
});

function key(name, held = {}) {
  let taken = false;
  press({ key: name, preventDefault: () => { taken = true; }, ...held });
  return taken;
}

test("the first arrow chooses the work in the middle, the next go on from it", () => {
  const chosenBy = ["ArrowUp", "ArrowRight", "ArrowLeft", "ArrowDown"].map((name) => { key(name); return chosen; });

  assert.deepEqual(chosenBy, [0, 1, 0, 3]); // and not row 2, which is nearer
  assert.deepEqual(said, [["fly", { x: 4.5, y: 0.5, scale: 9 }]]); // there where it was out of sight
});

test("where nothing lies ahead the choice stays", () => {
  chosen = 0;
  key("ArrowLeft");

  assert.equal(chosen, 0);
});

test("arrows with Shift move the map", () => {
  assert.equal(key("ArrowRight", { shiftKey: true }), true);

  assert.deepEqual([said, chosen], [[["pan", -120, -0]], -1]);
});

test("Enter opens what is chosen, Escape chooses nothing, signs come closer and leave", () => {
  key("Enter");
  chosen = 3;
  for (const name of ["Enter", "+", "=", "-", "0", "Escape"]) assert.equal(key(name), true, name);

  assert.deepEqual(said, [["open", 3], ["closer", true], ["closer", true], ["closer", false], ["whole"]]);
  assert.equal(chosen, -1);
});

test("other keys, and commands of the browser, are left alone", () => {
  assert.equal(key("a"), false);
  for (const held of ["ctrlKey", "metaKey", "altKey"]) assert.equal(key("ArrowRight", { [held]: true }), false);

  assert.deepEqual([said, chosen], [[], -1]);
});
