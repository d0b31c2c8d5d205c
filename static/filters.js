// A form of filters, one select for each, on a work's page, on its wall and on the map.

import { free, selects, value } from "./choice.js";
import { element, part } from "./dom.js";
import { figures } from "./words.js";

/**
 * @typedef {import("./collection.js").Choice} Choice
 * @typedef {import("./collection.js").Collection} Collection
 */

/**
 * Fills every filter with what may be chosen; what would show nothing cannot be.
 * @param {HTMLFormElement} form
 * @param {Collection} collection
 * @param {Choice} choice
 * @param {(place: number, value: number | null) => number} count works that a value of a filter, or any, would leave
 * @param {(place: number, value: number) => number} holds zero where a value would show nothing
 */
export function offer(form, collection, choice, count, holds = count) {
  selects(form).forEach((select, place) => {
    const { values } = collection.filters[place];
    if (select.options.length === 1) {
      select.append(...values.map((_, number) => element("option", { value: String(number) })));
      select.options[0].value = "";
    }
    for (const option of select.options) {
      const number = option.value === "" ? null : Number(option.value);
      const given = { count: figures(count(place, number)), value: values[number ?? -1] };
      option.textContent = collection.say(number === null ? "any" : "option", given);
      option.disabled = number !== null && number !== choice[place] && !holds(place, number);
    }
    select.value = String(choice[place] ?? "");
    select.disabled = false;
  });
  part(form, "button", HTMLButtonElement).disabled = free(choice);
}

/**
 * Fills every filter with what is left under the others of what is near a work.
 * @param {HTMLFormElement} form
 * @param {Collection} collection
 * @param {Choice} choice
 * @param {import("./collection.js").Near[]} near
 * @param {number} own the row of the work itself
 */
export function offerNear(form, collection, choice, near, own) {
  offer(form, collection, choice,
    (place, value) => collection.count(choice.with(place, value), own),
    (place, value) => collection.nearest(near, choice.with(place, value), own, 1).found.length);
}

/**
 * Calls `go` with every new choice; after "clear" the first filter has the focus, for the button is gone.
 * @param {HTMLFormElement} form
 * @param {(choice: Choice) => void} go
 */
export function listen(form, go) {
  form.addEventListener("change", () => go(selects(form).map(value)));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    go(selects(form).map(() => null));
    selects(form)[0].focus();
  });
}
