// A picture over the whole window: by OpenSeadragon where the site has it, over IIIF's tiles where there are any; else
// plainly, in a box that scrolls.

import { command, element, part } from "./dom.js";
import { at } from "./urls.js";
import site from "./viewer.js";
import { filled } from "./words.js";

/**
 * @typedef {object} Viewer
 * @property {(factor: number) => void} zoom
 * @property {() => void} whole
 * @property {() => void} end
 * @property {HTMLElement} focus
 */

const quiet = matchMedia("(prefers-reduced-motion: reduce)");
const STEP = 1.5;
/** @type {HTMLDialogElement | null} */
let dialog = null;

/** @param {HTMLAnchorElement} link */
export async function open(link) {
  if (dialog) return;
  const figure = /** @type {HTMLElement} */ (link.closest("figure, .plate"));
  const picture = part(figure, "img", HTMLImageElement);
  const title = part(figure, "h1, h2", HTMLElement).textContent;
  const stage = element("div", { className: "stage-of-zoom" });
  const status = element("p", { className: "status-of-zoom", textContent: site.words.loading });
  status.setAttribute("role", "status");
  /** @param {string} name @param {() => void} act */
  const button = (name, act) => element("button", { type: "button", textContent: site.words[name], onclick: act });
  /** @type {Viewer | null} */
  let viewer = null;
  const bar = element("div", { className: "bar-of-zoom" }, element("b", { textContent: title }),
    button("out", () => viewer?.zoom(1 / STEP)), button("in", () => viewer?.zoom(STEP)),
    button("whole", () => viewer?.whole()), button("close", () => dialog?.close()));
  const keys = element("p", { className: "hidden", id: "keys-of-zoom", textContent: site.words.keys });
  const mine = dialog = element("dialog", { className: "zoomed" }, bar, stage, status, keys);
  mine.setAttribute("aria-label", filled(site.words.label, { title }));
  document.body.append(mine);
  document.documentElement.classList.add("zooming");
  const left = () => { if (location.hash !== `#zoom-${link.dataset.id}`) mine.close(); };
  addEventListener("popstate", left);
  mine.addEventListener("close", () => {
    removeEventListener("popstate", left);
    viewer?.end();
    mine.remove();
    dialog = null;
    document.documentElement.classList.remove("zooming");
    if (location.hash === `#zoom-${link.dataset.id}`) leave();
    link.focus({ preventScroll: true, focusVisible: true });
  });
  mine.showModal();
  try {
    const made = await (site.viewer ? deep : plain)(stage, link.dataset.id ?? "", link.href, picture.alt);
    if (dialog !== mine) return made.end();
    viewer = made;
    status.textContent = "";
    viewer.focus.focus({ preventScroll: true });
  } catch (error) {
    console.warn(error);
    status.textContent = site.words.failed;
  }
}

/** Goes to the address of the page without the picture: a step back where the picture was a step of its own. */
function leave() {
  if (history.state?.zoom) history.back();
  else history.replaceState(null, "", location.pathname + location.search);
}

/** @type {Promise<import("./viewer.js").OpenSeadragon> | null} */
let loaded = null;

function library() {
  loaded ??= new Promise((done, failed) => {
    const script = element("script", { src: at(`assets/${site.viewer}`), onload: () => done(OpenSeadragon) });
    script.onerror = () => { loaded = null; failed(new Error(script.src)); };
    // It adds rules of its own where it finds none of its; the site's policy forbids them, and its focus is to be seen.
    const rules = document.createElementNS("", "style"); // a name, and no style sheet
    rules.setAttribute("data-openseadragon-mobile-css", "");
    document.head.append(rules, script);
  });
  return loaded;
}

/** @param {string} id @param {string} file */
async function source(id, file) {
  if (!site.tiles) return { type: "image", url: file };
  const answer = await fetch(at(`tiles/${id}/info.json`));
  if (!answer.ok) return { type: "image", url: file };
  return { ...(await answer.json()), id: at(`tiles/${id}`).href }; // wherever the site lies
}

/**
 * @param {HTMLElement} stage
 * @param {string} id
 * @param {string} file
 * @param {string} name
 * @returns {Promise<Viewer>}
 */
async function deep(stage, id, file, name) {
  const [show, tileSources] = await Promise.all([library(), source(id, file)]);
  const still = quiet.matches ? { animationTime: 0, immediateRender: true, blendTime: 0 } : { animationTime: 0.6 };
  const viewer = show({
    element: stage, tileSources, drawer: "canvas", showNavigationControl: false, maxZoomPixelRatio: 4,
    minZoomImageRatio: 1, visibilityRatio: 0.6, viewportMargins: { top: 20, bottom: 20, left: 20, right: 20 }, ...still,
  });
  await new Promise((done, failed) => {
    viewer.addOnceHandler("open", done);
    viewer.addOnceHandler("open-failed", ({ message }) => failed(new Error(message)));
  });
  label(viewer.canvas, name);
  return {
    focus: viewer.canvas,
    zoom: (factor) => viewer.viewport.zoomBy(factor).applyConstraints(),
    whole: () => viewer.viewport.goHome(),
    end: () => viewer.destroy(),
  };
}

/** @param {HTMLElement} box @param {string} name */
function label(box, name) {
  box.tabIndex = 0;
  box.setAttribute("role", "img");
  box.setAttribute("aria-label", name);
  box.setAttribute("aria-describedby", "keys-of-zoom");
}

/**
 * @param {HTMLElement} stage
 * @param {string} id
 * @param {string} file
 * @param {string} name
 * @returns {Promise<Viewer>}
 */
async function plain(stage, id, file, name) {
  const image = element("img", { alt: "", src: site.tiles ? at(`tiles/${id}/full/max/0/default.jpg`) : file });
  await image.decode();
  const box = element("div", { className: "plain-of-zoom" }, image);
  stage.append(box);
  label(box, name);
  const fitting = () => Math.min(box.clientWidth / image.naturalWidth, box.clientHeight / image.naturalHeight);
  let scale = 0;
  /** @param {number} wanted */
  const show = (wanted) => {
    const middle = [box.scrollLeft + box.clientWidth / 2, box.scrollTop + box.clientHeight / 2];
    const next = Math.min(Math.max(wanted, fitting()), Math.max(4, fitting()));
    const factor = scale ? next / scale : 1;
    scale = next;
    image.style.inlineSize = `${image.naturalWidth * scale}px`;
    box.scrollTo(middle[0] * factor - box.clientWidth / 2, middle[1] * factor - box.clientHeight / 2);
  };
  /** @type {Viewer} */
  const viewer = {
    focus: box, zoom: (factor) => show(scale * factor), whole: () => show(0),
    end: () => removeEventListener("resize", viewer.whole),
  };
  box.addEventListener("click", () => show(scale > fitting() * 1.01 ? 0 : Math.max(1, fitting() * 2)));
  box.addEventListener("keydown", (event) => {
    if (command(event)) return;
    if (event.key === "+" || event.key === "=") viewer.zoom(STEP);
    else if (event.key === "-") viewer.zoom(1 / STEP);
    else if (event.key === "0") viewer.whole();
  });
  addEventListener("resize", viewer.whole);
  viewer.whole();
  return viewer;
}
