// A field in which a work is chosen by words of its title or maker (the combobox of ARIA's Authoring Practices).

import { picture, summary } from "./cards.js";
import { closest, element, part } from "./dom.js";
import { search } from "./titles.js";
import { counted, shortened } from "./words.js";

/** @typedef {import("./collection.js").Card} Card */

const MOST = 8;
const PAUSE = 120; // milliseconds without a key, after which is searched

/**
 * @param {HTMLInputElement} input with the box of its options as the next element
 * @param {import("./collection.js").Collection} collection
 * @param {import("./words.js").Words} words
 * @param {(id: string) => void} chosen is called with the work that was chosen
 */
export function choose(input, collection, words, chosen) {
  const form = /** @type {HTMLFormElement} */ (input.form);
  const box = part(/** @type {HTMLElement} */ (input.parentElement), "[role=listbox]", HTMLElement);
  const said = form.querySelector(".found") ?? element("p", { className: "found hidden", role: "status" });
  if (!said.isConnected) form.append(said);
  let waiting = 0;
  let turn = 0; // what a slower answer belongs to
  const restore = () => { input.value = input.dataset.title ?? ""; }; // the title of the work that is chosen

  const options = () => [...box.querySelectorAll("li")];
  const active = () => options().findIndex((option) => option.ariaSelected === "true");

  /** @param {number} place */
  function mark(place) {
    options().forEach((option, number) => { option.ariaSelected = String(number === place); });
    if (place >= 0) {
      input.setAttribute("aria-activedescendant", box.children[place].id);
      box.children[place].scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  }

  function close() {
    turn++;
    clearTimeout(waiting);
    box.hidden = true;
    box.replaceChildren();
    input.ariaExpanded = "false";
    mark(-1);
  }

  /** @param {HTMLElement} option */
  function take(option) {
    close();
    restore();
    chosen(option.dataset.id ?? "");
  }

  /** @param {Card} card @param {number} number */
  function option(card, number) {
    const made = element("li", { id: `${box.id}-${number}`, role: "option", ariaSelected: "false" },
      element("span", { className: "thumb" }, picture(card, 0, { alt: "" })),
      element("span", { dir: "auto" }, shortened(card.title, 80), element("small", {}, summary(card))));
    made.dataset.id = card.id;
    return made;
  }

  async function look() {
    const mine = ++turn;
    const rows = await search(input.value, collection.facts.buckets, MOST);
    const cards = await Promise.all((rows ?? []).map((row) => collection.card(row)));
    if (mine !== turn || document.activeElement !== input) return;
    box.replaceChildren(...cards.map(option));
    box.hidden = !cards.length;
    input.ariaExpanded = String(!box.hidden);
    mark(-1);
    if (rows) said.textContent = cards.length ? counted(words, "results", cards.length) : words.nothing;
  }

  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => look().catch(console.warn), PAUSE);
  });
  input.addEventListener("focus", () => input.select());
  input.addEventListener("blur", () => { close(); restore(); });
  input.addEventListener("keydown", (event) => {
    const count = box.children.length;
    /** @type {Record<string, () => void>} */
    const keys = {
      Enter: () => take(options()[Math.max(0, active())]),
      ArrowDown: () => mark((active() + 1) % count),
      ArrowUp: () => mark((active() > 0 ? active() : count) - 1),
    };
    if (event.key === "Escape" && !box.hidden) { close(); restore(); }
    else if (count && keys[event.key]) { event.preventDefault(); keys[event.key](); }
  });
  box.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
  box.addEventListener("click", (event) => {
    const one = closest(event, "li", HTMLLIElement);
    if (one) take(one);
  });
  if (document.activeElement !== input) return; // this was loaded since the field has the focus
  if (input.value === (input.dataset.title ?? "")) input.select();
  else look().catch(console.warn);
}
