import assert from "node:assert/strict";
import { test } from "node:test";

import { command, plain } from "../../static/dom.js";

const NONE = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, button: 0 };

test("a click or key is plain where it means no more than itself", () => {
  assert.equal(plain(NONE), true);
  assert.equal(plain({ ...NONE, button: undefined }), true); // a key
  for (const name of ["ctrlKey", "metaKey", "altKey", "shiftKey"]) {
    assert.equal(plain({ ...NONE, [name]: true }), false, name);
  }
  assert.equal(plain({ ...NONE, button: 1 }), false);
});

test("Shift makes no command of a key, for it is held for many signs", () => {
  assert.equal(command({ ...NONE, shiftKey: true }), false);
  for (const name of ["ctrlKey", "metaKey", "altKey"]) assert.equal(command({ ...NONE, [name]: true }), true);
});
