import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import "./page.js";

globalThis.ResizeObserver = class { observe() {} };
globalThis.requestAnimationFrame = () => 1;
globalThis.cancelAnimationFrame = () => {};
globalThis.setTimeout = () => 1;
const { Moving } = await import("../../static/map-moving.js");

const canvas = {
  clientWidth: 400, clientHeight: 200, classList: { toggle() {}, add() {}, remove() {} }, addEventListener() {},
  setPointerCapture() {}, getBoundingClientRect: () => ({ left: 100, top: 50, width: 400, height: 200 }),
};
let moving, pointed;

beforeEach(() => {
  pointed = [];
  const calls = { draw() {}, rested() {}, pointed: (field) => { pointed.push(field); } };
  moving = new Moving(canvas, { columns: 20, rows: 10 }, calls); // of which the whole is seen at first
});

/** Where a field's corner is, from the canvas's middle. */
const placed = ([x, y]) => [(x - moving.view.x) * moving.view.scale, (y - moving.view.y) * moving.view.scale];
const event = (x, y, more = {}) =>
  ({ clientX: x, clientY: y, pointerId: 1, button: 0, pointerType: "mouse", preventDefault() {}, ...more });

test("the whole map is seen at first, and no less of it ever", () => {
  assert.equal(moving.view.scale, 200 / 10.5);
  assert.equal(moving.seesAll(), true);
  moving.zoom(0.5);

  assert.equal(moving.view.scale, 200 / 10.5);
});

test("what is under the pointer stays there when one comes closer", () => {
  const field = [moving.view.x + 60 / moving.view.scale, moving.view.y + 20 / moving.view.scale];
  moving.zoom(3, 60, 20);
  const [x, y] = placed(field);

  assert.ok(Math.hypot(x - 60, y - 20) < 1e-9);
  assert.equal(moving.seesAll(), false);
});

test("a field is never larger than the window of the closest view", () => {
  moving.zoom(1e6);

  assert.equal(moving.view.scale, 340);
});

test("the view stays on the map", () => {
  moving.zoom(4);
  moving.pan(-1e6, -1e6);
  const { x, y, scale } = moving.view;

  assert.deepEqual([x, y], [20 - 200 / scale + 0.5, 10 - 100 / scale + 0.5]);
  assert.equal(moving.sees(19, 9), true);
  assert.equal(moving.sees(0, 0), false);
});

test("a place is looked at with as many fields across as are asked for", () => {
  moving.look(5, 5, 8);

  assert.deepEqual([moving.view.x, moving.view.y, moving.view.scale], [5, 5, 50]);
});

test("the wheel comes closer, and lets the page scroll where all is seen", () => {
  const turn = (deltaY) => {
    let taken = false;
    moving.wheel({ ...event(300, 150), deltaY, deltaMode: 0, ctrlKey: false, preventDefault() { taken = true; } });
    return taken;
  };

  assert.equal(turn(300), false);
  assert.equal(turn(-300), true);
  assert.ok(moving.view.scale > 200 / 10.5);
  assert.equal(turn(300), true);
});

test("a press without moving points at a field, and a drag moves the map", () => {
  moving.look(10, 5, 8); // 50 pixels a field
  moving.pointerdown(event(310, 160));
  moving.pointerup(event(311, 160));
  assert.deepEqual(pointed, [[10, 5]]);
  moving.pointerdown(event(300, 150));
  moving.pointermove(event(250, 150));
  moving.pointerup(event(250, 150));

  assert.deepEqual(pointed, [[10, 5]]);
  assert.deepEqual([moving.view.x, moving.view.y], [11, 5]);
});

test("two fingers come closer", () => {
  moving.look(10, 5, 10);
  moving.pointerdown(event(280, 150));
  moving.pointerdown(event(320, 150, { pointerId: 2 }));
  moving.pointermove(event(360, 150, { pointerId: 2 }));

  assert.equal(moving.view.scale, 80);
});
