import assert from "node:assert/strict";
import { test } from "node:test";

import { cases } from "./page.js";

for (const [lang, given] of Object.entries(await cases("words"))) {
  globalThis.document = { documentElement: { lang, dir: given.direction } };
  const { counted, figures, filled, percent } = await import(`../../static/words.js?${lang}`);

  test(`${lang}: numbers are written as the language does`, () => {
    for (const [number, said] of Object.entries(given.figures)) assert.equal(figures(Number(number)), said);
    for (const [thousandths, said] of Object.entries(given.percent)) assert.equal(percent(Number(thousandths)), said);
  });

  test(`${lang}: a text has the form that its number asks for`, () => {
    const words = Object.fromEntries(["zero", "one", "two", "few", "many", "other"].map((form) => [`n.${form}`, form]));
    for (const [form, ranges] of Object.entries(given.forms)) {
      for (const [first, last] of ranges) {
        for (let number = first; number <= last; number++) assert.equal(counted(words, "n", number), form, `${number}`);
      }
    }
  });

  test(`${lang}: names are filled in and turn nothing around them`, () => {
    for (const one of given.filled) assert.equal(filled(one.text, one.given), one.filled);
  });
}

const { counted, filled, shortened } = await import("../../static/words.js?en");

test("a text without the form that is asked for has the other, and its number", () => {
  assert.equal(counted({ "works.other": "{number} works of {all}" }, "works", 1, { all: 1234 }), "1 works of 1234");
});

test("what is not given stays as it is", () => {
  assert.equal(filled("{one} and {other}", { one: "A" }), "A and {other}");
  assert.equal(filled("plain"), "plain");
});

for (const { text, most, shortened: said } of await cases("shortened")) {
  test(`shortened to ${most ?? "a line"}: ${text}`, () => assert.equal(shortened(text, most), said));
}
