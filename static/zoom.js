// A click on a large picture opens it over the whole window (zoom-dialog.js, loaded only then); the address says
// #zoom-ID.

import { closest, plain } from "./dom.js";

/** @param {HTMLAnchorElement} link */
function open(link) {
  import("./zoom-dialog.js").then((dialog) => dialog.open(link)).catch(() => { location.href = link.href; });
}

function follow() {
  /** @type {NodeListOf<HTMLAnchorElement>} */
  const links = document.querySelectorAll("a.zoom");
  const link = [...links].find(({ dataset }) => location.hash === `#zoom-${dataset.id}`);
  if (link) open(link);
}

document.addEventListener("click", (event) => {
  const link = closest(event, "a.zoom", HTMLAnchorElement);
  if (!link || !plain(event)) return;
  event.preventDefault();
  history.pushState({ zoom: true }, "", `#zoom-${link.dataset.id}`);
  open(link);
});
addEventListener("popstate", follow);
follow();
