// A field in which a work is chosen by words of its title or maker (the combobox of ARIA's Authoring Practices).

import { brief, element, picture } from "./collection.js";
import { search } from "./titles.js";
import { counted } from "./words.js";

const MOST = 8;
const PAUSE = 120; // milliseconds without a key, after which is searched

export function choose(input, collection, words, chosen) {
  const box = input.nextElementSibling;
  const said = input.closest("form").querySelector(".found") ?? element("p", { className: "found hidden", role: "status" });
  if (!said.isConnected) input.closest("form").append(said);
  let waiting = 0;
  let turn = 0; // what a slower answer belongs to
  const restore = () => { input.value = input.dataset.title ?? ""; }; // the title of the work that is chosen

  const options = () => [...box.children];
  const active = () => options().findIndex((option) => option.ariaSelected === "true");

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

  function take(place) {
    const { id } = box.children[place].dataset;
    close();
    chosen(id);
  }

  function option(card, number) {
    const made = element("li", { id: `${box.id}-${number}`, role: "option", ariaSelected: "false" },
      element("span", { className: "thumb" }, picture(card, 0, { alt: "" })),
      element("span", { dir: "auto" }, brief(card.title, 80), element("small", {}, [card.labels.join(", "), card.date].filter(Boolean).join(" · "))));
    made.dataset.id = card.id;
    return made;
  }

  async function look() {
    const mine = ++turn;
    const rows = await search(input.value, collection, MOST);
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
    if (event.key === "Escape" && !box.hidden) { close(); restore(); }
    else if (event.key === "Enter" && count) { event.preventDefault(); take(Math.max(0, active())); }
    else if (event.key === "ArrowDown" && count) { event.preventDefault(); mark((active() + 1) % count); }
    else if (event.key === "ArrowUp" && count) { event.preventDefault(); mark((active() > 0 ? active() : count) - 1); }
  });
  box.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
  box.addEventListener("click", (event) => {
    const one = event.target.closest("li");
    if (one) take(options().indexOf(one));
  });
  if (document.activeElement !== input) return; // this was loaded since the field has the focus
  if (input.value === (input.dataset.title ?? "")) input.select();
  else look().catch(console.warn);
}
