// A click on a large picture opens it over the whole window (viewing.js, loaded only then); the address says #zoom-ID.

function open(link) {
  import("./viewing.js").then((viewing) => viewing.open(link)).catch(() => { location.href = link.href; });
}

function follow() {
  const link = [...document.querySelectorAll("a.zoom")].find(({ dataset }) => location.hash === `#zoom-${dataset.id}`);
  if (link) open(link);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a.zoom");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  history.pushState({ zoom: true }, "", `#zoom-${link.dataset.id}`);
  open(link);
});
addEventListener("popstate", follow);
follow();
