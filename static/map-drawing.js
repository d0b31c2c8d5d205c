// What the map looks like, on a canvas: sheets of small pictures from the coarsest level to the one that fits, larger
// pictures where one comes close, a veil over the works that filters leave out, frames around the chosen ones.

import { element } from "./dom.js";
import { at, derivative } from "./urls.js";

/**
 * @typedef {{ columns: number, rows: number, side: number, levels: number[] }} MapFacts of generator/site/atlas.py
 * @typedef {[number, number]} Field its column and line
 * @typedef {object} View the field in the middle, and pixels of the page
 * @property {number} x
 * @property {number} y
 * @property {number} scale
 * @property {number} width
 * @property {number} height
 * @typedef {{ left: number, right: number, top: number, bottom: number }} Seen the fields in sight
 * @typedef {{ row: number, color: string, width: number }} Mark
 * @typedef {import("./collection.js").Card} Card
 */

const LARGE = 90; // screen pixels of a field from which on the works' own pictures are shown
const INSET = 7 / 8; // of a field, the longer side of a picture in it, as on the sheets
const KEPT = 500; // pictures and sheets beyond the coarsest that are kept
const VEIL = 0.86;

export class Drawing {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {MapFacts} facts
   * @param {Uint16Array} fields column and line of each work
   * @param {(row: number, ask: boolean) => Card | undefined} cardOf what is known of a work, or will be when asked for
   * @param {() => void} changed says that something came
   */
  constructor(canvas, facts, fields, cardOf, changed) {
    this.canvas = canvas;
    this.facts = facts;
    this.fields = fields;
    this.cardOf = cardOf;
    this.changed = changed;
    this.context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    /** @type {Map<string, { image: HTMLImageElement, ready: boolean }>} */
    this.images = new Map();
    /** @type {HTMLCanvasElement | null} */
    this.veil = null;
    this.left = this.top = 0; // where the map begins on the screen
    this.pixels = 1; // of a field
    this.rowAt = new Int32Array(facts.columns * facts.rows).fill(-1);
    this.there = new Set();
    for (let row = 0; row < fields.length / 2; row++) {
      const [column, line] = this.field(row);
      this.rowAt[line * facts.columns + column] = row;
      for (const level of facts.levels) this.there.add(this.sheet(level, column, line));
    }
  }

  /** @param {number} row @returns {Field} */
  field(row) {
    return [this.fields[2 * row], this.fields[2 * row + 1]];
  }

  /** The row of the work in a field, -1 where there is none. @param {number} column @param {number} line */
  row(column, line) {
    const { columns, rows } = this.facts;
    return column < 0 || line < 0 || column >= columns || line >= rows ? -1 : this.rowAt[line * columns + column];
  }

  /** @param {number} level @param {number} column @param {number} line */
  sheet(level, column, line) {
    const span = this.facts.side / level;
    return `images/map/${level}/${Math.floor(column / span)}-${Math.floor(line / span)}.webp`;
  }

  /** The picture, once it is here. @param {string} path @param {boolean} ask */
  image(path, ask) {
    let one = this.images.get(path);
    if (one) {
      this.images.delete(path); // and put at the end: what was not used for longest stands first
      this.images.set(path, one);
    } else if (ask) {
      const asked = { image: new Image(), ready: false };
      this.images.set(path, asked);
      asked.image.src = at(path).href;
      asked.image.decode().then(() => { asked.ready = true; this.changed(); }, () => {});
      for (const old of this.images.keys()) {
        if (this.images.size <= KEPT) break;
        this.images.delete(old);
      }
    }
    return one?.ready ? one.image : null;
  }

  /**
   * Lets only works shine for which `shown(row)` is true; all where it is null.
   * @param {((row: number) => boolean) | null} shown
   * @param {string} paper
   */
  dim(shown, paper) {
    this.veil = null;
    if (!shown) return;
    const { columns, rows } = this.facts;
    this.veil = element("canvas", { width: columns, height: rows });
    const context = /** @type {CanvasRenderingContext2D} */ (this.veil.getContext("2d"));
    context.fillStyle = paper;
    context.globalAlpha = VEIL;
    for (let place = 0; place < this.rowAt.length; place++) {
      const row = this.rowAt[place];
      if (row < 0 || !shown(row)) context.fillRect(place % columns, Math.floor(place / columns), 1, 1);
    }
  }

  /** @param {number} column */
  x(column) {
    return Math.round(this.left + column * this.pixels);
  }

  /** @param {number} line */
  y(line) {
    return Math.round(this.top + line * this.pixels);
  }

  /**
   * Draws the view; while it moves no new sheets are asked for but the coarsest.
   * @param {View} view
   * @param {Mark[]} marks
   * @param {boolean} moving
   */
  draw(view, marks, moving) {
    const { canvas, context, facts } = this;
    const ratio = Math.min(devicePixelRatio || 1, 3);
    const [width, height] = [Math.round(view.width * ratio), Math.round(view.height * ratio)];
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    this.pixels = view.scale * ratio;
    [this.left, this.top] = [width / 2 - view.x * this.pixels, height / 2 - view.y * this.pixels];
    const [wide, high] = [width / 2 / this.pixels, height / 2 / this.pixels];
    const seen = {
      left: Math.max(0, Math.floor(view.x - wide)), right: Math.min(facts.columns - 1, Math.floor(view.x + wide)),
      top: Math.max(0, Math.floor(view.y - high)), bottom: Math.min(facts.rows - 1, Math.floor(view.y + high)),
    };
    context.clearRect(0, 0, width, height);
    context.imageSmoothingQuality = "high";
    const fitting = facts.levels.find((level) => level >= this.pixels * 0.8) ?? facts.levels[facts.levels.length - 1];
    for (const level of facts.levels.filter((one) => one <= fitting)) {
      this.level(level, seen, level === facts.levels[0] || (level === fitting && !moving));
    }
    if (this.pixels >= LARGE) this.pictures(seen, moving);
    if (this.veil) {
      context.imageSmoothingEnabled = false;
      const [x, y] = [this.x(0), this.y(0)];
      context.drawImage(this.veil, x, y, this.x(facts.columns) - x, this.y(facts.rows) - y);
      context.imageSmoothingEnabled = true;
    }
    for (const { row, color, width: line } of marks) this.frame(row, color, line * ratio);
  }

  /** @param {number} level @param {Seen} seen @param {boolean} ask */
  level(level, seen, ask) {
    const { columns, rows, side } = this.facts;
    const span = side / level;
    for (let top = Math.floor(seen.top / span) * span; top <= seen.bottom; top += span) {
      for (let left = Math.floor(seen.left / span) * span; left <= seen.right; left += span) {
        const path = this.sheet(level, left, top);
        const image = this.there.has(path) && this.image(path, ask);
        if (image) this.put(image, left, top, Math.min(left + span, columns), Math.min(top + span, rows));
      }
    }
  }

  /**
   * Draws a picture over fields, in place of what was there.
   * @param {HTMLImageElement} image
   * @param {number} left
   * @param {number} top
   * @param {number} right
   * @param {number} bottom
   */
  put(image, left, top, right, bottom) {
    const [x, y] = [this.x(left), this.y(top)];
    const [width, height] = [this.x(right) - x, this.y(bottom) - y];
    this.context.clearRect(x, y, width, height);
    this.context.drawImage(image, x, y, width, height);
  }

  /** @param {Seen} seen @param {boolean} moving */
  pictures(seen, moving) {
    for (let line = seen.top; line <= seen.bottom; line++) {
      for (let column = seen.left; column <= seen.right; column++) {
        const row = this.row(column, line);
        const card = row < 0 ? undefined : this.cardOf(row, !moving);
        if (!card || card.veiled) continue;
        const step = this.pixels > 280 && card.sides.length > 2 ? 1 : 0;
        const image = this.image(derivative(step, card.id), !moving) ?? this.image(derivative(0, card.id), false);
        if (!image) continue;
        this.context.clearRect(this.x(column), this.y(line), this.pixels, this.pixels);
        const [x, y, width, height] = this.box([column, line], card.sides);
        this.context.drawImage(image, x, y, width, height);
      }
    }
  }

  /** Where in its field a picture with these sides lies. @param {Field} field @param {number[]} sides */
  box([column, line], [width, height]) {
    const scale = (this.pixels * INSET) / Math.max(width, height);
    const [w, h] = [width * scale, height * scale];
    return [this.x(column) + (this.pixels - w) / 2, this.y(line) + (this.pixels - h) / 2, w, h].map(Math.round);
  }

  /** @param {number} row @param {string} color @param {number} line */
  frame(row, color, line) {
    const card = this.cardOf(row, true);
    const [x, y, width, height] = this.box(this.field(row), card ? card.sides : [1, 1]);
    const gap = line * 1.5;
    this.context.lineWidth = line;
    this.context.strokeStyle = color;
    this.context.strokeRect(x - gap, y - gap, width + 2 * gap, height + 2 * gap);
  }
}
