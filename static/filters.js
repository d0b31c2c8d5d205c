// A form of filters, one select for each, on a work's page and on its wall.

import { element } from "./collection.js";
import { figures } from "./words.js";

const selects = (form) => [...form.querySelectorAll("select")];
export const chosen = (form) => selects(form).map((select) => (select.value === "" ? null : Number(select.value)));

// Each filter offers what is left under the others; what would show nothing cannot be chosen.
export function offer(form, collection, choice, near, own) {
  selects(form).forEach((select, place) => {
    const label = (name, value, among) => collection.say(
      name, { count: figures(collection.count(choice.with(place, among), own)), value });
    const { values } = collection.filters[place];
    if (select.options.length === 1) {
      select.append(...values.map((value, number) => element("option", { value: String(number) })));
      select.options[0].value = "";
    }
    select.options[0].textContent = label("any", "", null);
    values.forEach((value, number) => {
      const option = select.options[number + 1];
      option.textContent = label("option", value, number);
      option.disabled = choice[place] !== number
        && !collection.nearest(near, choice.with(place, number), own, 1).found.length;
    });
    select.value = choice[place] === null ? "" : String(choice[place]);
    select.disabled = false;
  });
  form.querySelector("button").disabled = choice.every((value) => value === null);
}

// Calls `go` with every new choice; after "clear" the first filter has the focus, for the button is gone.
export function listen(form, go) {
  form.addEventListener("change", () => go(chosen(form)));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    go(selects(form).map(() => null));
    selects(form)[0].focus();
  });
}
