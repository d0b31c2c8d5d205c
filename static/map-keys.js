// The keys of the map: arrows go from work to work, with Shift they move the map; plus, minus and 0 come closer and
// leave.

import { command } from "./dom.js";

/**
 * @typedef {[number, number]} Way right and down
 * @typedef {object} Atlas what map.js tells, by rows of works; -1 is none
 * @property {() => number} chosen
 * @property {(row: number) => boolean} shown
 * @property {(row: number, aloud?: boolean) => void} choose
 * @property {(row: number) => void} open
 * @property {(yes: boolean) => void} closer
 * @property {() => void} whole
 */

/** @type {Record<string, Way>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const PAN = 120; // pixels

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Atlas} atlas
 * @param {import("./map-drawing.js").Drawing} drawing
 * @param {import("./map-moving.js").Moving} moving
 */
export function listen(canvas, atlas, drawing, moving) {
  /** @type {Record<string, () => void>} */
  const keys = {
    "+": () => atlas.closer(true), "=": () => atlas.closer(true), "-": () => atlas.closer(false), 0: atlas.whole,
    Enter: () => { if (atlas.chosen() >= 0) atlas.open(atlas.chosen()); }, Escape: () => atlas.choose(-1),
  };
  canvas.addEventListener("keydown", (event) => {
    if (command(event)) return;
    const way = ARROWS[event.key];
    const act = way ? () => (event.shiftKey ? moving.pan(-way[0] * PAN, -way[1] * PAN) : go(way)) : keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  /** Chooses the next work that way, and brings it into sight. @param {Way} way */
  function go(way) {
    const from = atlas.chosen();
    const row = from < 0 ? middle() : beside(drawing.field(from), way);
    if (row < 0) return;
    const [column, line] = drawing.field(row);
    if (!moving.sees(column, line)) moving.fly({ x: column + 0.5, y: line + 0.5, scale: moving.view.scale });
    atlas.choose(row, true);
  }

  /**
   * The nearest work ahead, rather straight than far aside.
   * @param {import("./map-drawing.js").Field} from
   * @param {Way} way
   */
  function beside([x, y], [across, down]) {
    return nearest(([column, line]) => {
      const ahead = (column - x) * across + (line - y) * down;
      const aside = Math.abs((column - x) * down) + Math.abs((line - y) * across);
      return ahead > aside / 2 ? ahead + aside * 2.5 : Infinity;
    });
  }

  const middle = () =>
    nearest(([column, line]) => Math.hypot(column + 0.5 - moving.view.x, line + 0.5 - moving.view.y));

  /**
   * The work of those that filters leave in for which `far` is least; -1 where there is none.
   * @param {(field: import("./map-drawing.js").Field) => number} far
   */
  function nearest(far) {
    let [best, least] = [-1, Infinity];
    for (let row = 0; row < drawing.fields.length / 2; row++) {
      const distance = far(drawing.field(row));
      if (distance < least && atlas.shown(row)) [best, least] = [row, distance];
    }
    return best;
  }
}
