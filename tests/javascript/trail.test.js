import assert from "node:assert/strict";
import { test } from "node:test";

import { visit } from "./page.js";

const { carry, of, query, staying, walked } = await import("../../static/trail.js");
const { at, compare, wall, work } = await import("../../static/urls.js");
const many = Array.from({ length: 20 }, (_, number) => `w.${number}`);

test("a walk is of ids alone, and of the last twelve", () => {
  assert.deepEqual(walked("?trail=w.1,%3Cb%3E,..%2Fx,,w.2"), ["w.1", "w.2"]);
  assert.deepEqual(walked(`?trail=${many}`), many.slice(-12));
  assert.deepEqual(walked("?match=w.1"), []);
});

test("a page is a step from a work where it is about one", () => {
  assert.equal(of(work("w.1")), "w.1");
  assert.equal(of(at("works/w.1/combinations/index.html")), "w.1");
  assert.equal(of(at("pairs/w.1/w.2/index.html")), "w.1");
  assert.equal(of(compare("w.1", "w.2")), "w.1");
  assert.equal(of(wall("w.1")), "w.1");
  for (const path of ["index.html", "browse/index.html", "iiif/w.1/manifest.json", "works/w.1/record.json"]) {
    assert.ok(!of(at(path)), path);
  }
  assert.ok(!of(new URL("https://other.example/works/w.1/index.html")));
});

test("a link takes the walk along, with the work that is left", () => {
  visit(`${work("w.3")}?trail=w.1,w.2`);

  assert.equal(carry(work("w.4"), "w.3").search, "?trail=w.1,w.2,w.3");
  assert.equal(carry(work("w.1"), "w.3").search, "?trail=w.2,w.3"); // where one comes back, no step is twice there
  assert.equal(carry(compare("w.3", "w.4"), "w.3").search, "?a=w.3&b=w.4&trail=w.1,w.2");
  assert.equal(carry(at("index.html"), "w.3").search, "");
});

test("a walk that goes on forgets its beginning", () => {
  visit(`${work("w.20")}?trail=${many.slice(-12)}`);

  assert.equal(carry(work("w.30"), "w.20").searchParams.get("trail"), [...many.slice(-11), "w.20"].join());
});

test("another state of a page stays on its walk, and reads well", () => {
  visit(`${work("w.3")}?trail=w.1,w.2&match=w.9`);

  assert.equal(staying(new URLSearchParams({ form: "a vase" })), "?form=a+vase&trail=w.1,w.2");
  assert.equal(query(new URLSearchParams()), "");
});
