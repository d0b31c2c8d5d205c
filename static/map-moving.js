// Moving about on a plane of fields: wheel, drag, pinch and keys change a view.

/**
 * @typedef {import("./map-drawing.js").View} View
 * @typedef {[number, number]} Point pixels from the canvas's middle, or a field
 */

const CLOSEST = 340; // pixels of a field, at most
const STEP = 1.6;
const TIME = 280; // milliseconds of a flight
const STILL = 160; // without change, after which the view has come to rest
const CLICK = 5; // pixels that a pointer may move and yet click
const quiet = matchMedia("(prefers-reduced-motion: reduce)");

export class Moving {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {{ columns: number, rows: number }} size fields
   * @param {object} calls
   * @param {(view: View, moving: boolean) => void} calls.draw when something is to be drawn
   * @param {() => void} calls.rested when a movement is over
   * @param {(field: Point | null, event: PointerEvent) => void} calls.pointed
   */
  constructor(canvas, { columns, rows }, { draw, rested, pointed }) {
    this.canvas = canvas;
    this.columns = columns;
    this.rows = rows;
    this.draw = draw;
    this.rested = rested;
    this.pointed = pointed;
    this.view = { x: columns / 2, y: rows / 2, scale: 0, width: 0, height: 0 };
    this.moving = false;
    /** @type {Map<number, Point>} */
    this.pointers = new Map();
    this.travelled = 0;
    this.frame = this.flight = this.timer = 0; // what the browser is asked for; 0: nothing
    canvas.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    canvas.addEventListener("pointerdown", (event) => this.pointerdown(event));
    canvas.addEventListener("pointermove", (event) => this.pointermove(event));
    canvas.addEventListener("pointerup", (event) => this.pointerup(event));
    canvas.addEventListener("pointercancel", (event) => this.pointercancel(event));
    canvas.addEventListener("pointerleave", (event) => { if (!this.pointers.size) pointed(null, event); });
    new ResizeObserver(() => this.resize()).observe(canvas);
    this.resize();
  }

  /** The scale at which the whole map is seen. */
  whole() {
    return Math.min(this.view.width / (this.columns + 0.5), this.view.height / (this.rows + 0.5));
  }

  resize() {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const all = this.seesAll();
    Object.assign(this.view, { width, height });
    this.settle(all ? this.whole() : this.view.scale);
    this.ask();
  }

  /** Keeps the view within the map. @param {number} scale */
  settle(scale) {
    const { view } = this;
    view.scale = Math.min(Math.max(scale, this.whole()), Math.max(CLOSEST, this.whole()));
    /** @param {number} place @param {number} fields @param {number} pixels */
    const within = (place, fields, pixels) => {
      const half = pixels / 2 / view.scale;
      return 2 * half >= fields ? fields / 2 : Math.min(Math.max(place, half - 0.5), fields - half + 0.5);
    };
    view.x = within(view.x, this.columns, view.width);
    view.y = within(view.y, this.rows, view.height);
    // A finger cannot move what is seen whole: it then scrolls the page.
    this.canvas.classList.toggle("whole", this.seesAll());
  }

  /** Draws in the next frame. */
  ask() {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.draw(this.view, this.moving);
    });
  }

  changed() {
    this.moving = true;
    this.ask();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.moving = false;
      this.ask();
      this.rested();
    }, STILL);
  }

  /** @param {number} across @param {number} down pixels */
  pan(across, down) {
    this.stop();
    this.view.x -= across / this.view.scale;
    this.view.y -= down / this.view.scale;
    this.settle(this.view.scale);
    this.changed();
  }

  /** Comes closer by a factor; what is at the point stays there. @param {number} factor */
  zoom(factor, across = 0, down = 0) {
    this.stop();
    const { view } = this;
    const [x, y] = [view.x + across / view.scale, view.y + down / view.scale];
    this.settle(view.scale * factor);
    view.x = x - across / view.scale;
    view.y = y - down / view.scale;
    this.settle(view.scale);
    this.changed();
  }

  /** A step closer or away, towards a field where one is given. @param {boolean} closer @param {Point} [field] */
  step(closer, field) {
    const [x, y] = field?.map((one) => one + 0.5) ?? [this.view.x, this.view.y];
    this.fly({ x, y, scale: this.view.scale * (closer ? STEP : 1 / STEP) });
  }

  /**
   * Shows at once what lies around a place, so many fields across.
   * @param {number} x
   * @param {number} y
   * @param {number} across
   */
  look(x, y, across) {
    Object.assign(this.view, { x, y });
    this.settle(this.view.width / across);
    this.ask();
  }

  /** Whether a field is in sight. @param {number} column @param {number} line */
  sees(column, line) {
    const { view } = this;
    /** @param {number} place @param {number} middle @param {number} pixels */
    const within = (place, middle, pixels) => Math.abs(place + 0.5 - middle) < pixels / view.scale / 2 - 0.5;
    return within(column, view.x, view.width) && within(line, view.y, view.height);
  }

  /** Whether all fields are in sight. */
  seesAll() {
    return this.view.scale <= this.whole() * 1.001;
  }

  /** Goes to a view, at once or in a short flight. @param {{ x: number, y: number, scale: number }} view */
  fly({ x, y, scale }) {
    this.stop();
    const [from, begun] = [{ ...this.view }, performance.now()];
    /** @param {number} now */
    const go = (now) => {
      const share = quiet.matches ? 1 : Math.min((now - begun) / TIME, 1);
      const eased = share * (2 - share);
      this.view.x = from.x + (x - from.x) * eased;
      this.view.y = from.y + (y - from.y) * eased;
      this.settle(from.scale * (scale / from.scale) ** eased);
      this.flight = share < 1 ? requestAnimationFrame(go) : 0;
      this.changed();
    };
    go(begun);
  }

  stop() {
    cancelAnimationFrame(this.flight);
  }

  /** Where an event is, from the canvas's middle. @param {MouseEvent} event @returns {Point} */
  place({ clientX, clientY }) {
    const box = this.canvas.getBoundingClientRect();
    return [clientX - box.left - box.width / 2, clientY - box.top - box.height / 2];
  }

  /** @param {Point} point @returns {Point} */
  field([across, down]) {
    return [Math.floor(this.view.x + across / this.view.scale), Math.floor(this.view.y + down / this.view.scale)];
  }

  /** @param {WheelEvent} event */
  wheel(event) {
    const lines = event.deltaMode ? 20 : 1;
    const factor = Math.exp(-event.deltaY * lines * (event.ctrlKey ? 0.01 : 0.002));
    // Where all is seen already, the page scrolls on.
    if (factor < 1 && !event.ctrlKey && this.seesAll()) return;
    event.preventDefault();
    this.zoom(factor, ...this.place(event));
  }

  /** @param {PointerEvent} event */
  pointerdown(event) {
    if (event.button) return;
    this.canvas.setPointerCapture(event.pointerId);
    this.pointers.set(event.pointerId, this.place(event));
    this.travelled = this.pointers.size > 1 ? Infinity : 0;
  }

  /** @param {PointerEvent} event */
  pointermove(event) {
    const here = this.place(event);
    const before = this.pointers.get(event.pointerId);
    if (!before) {
      if (event.pointerType === "mouse") this.pointed(this.field(here), event);
      return;
    }
    const [across, down] = [here[0] - before[0], here[1] - before[1]];
    this.travelled += Math.hypot(across, down);
    if (this.travelled < CLICK) return;
    const other = [...this.pointers].find(([id]) => id !== event.pointerId)?.[1];
    this.pointers.set(event.pointerId, here);
    this.canvas.classList.add("held");
    if (!other) return this.pan(across, down);
    /** @param {Point} point */
    const apart = ([x, y]) => Math.max(Math.hypot(x - other[0], y - other[1]), 1);
    this.pan(across / 2, down / 2);
    this.zoom(apart(here) / apart(before), (here[0] + other[0]) / 2, (here[1] + other[1]) / 2);
  }

  /** @param {PointerEvent} event */
  pointerup(event) {
    if (!this.pointers.delete(event.pointerId)) return;
    this.canvas.classList.remove("held");
    if (this.travelled < CLICK) this.pointed(this.field(this.place(event)), event);
  }

  /** @param {PointerEvent} event */
  pointercancel(event) {
    this.pointers.delete(event.pointerId);
    this.canvas.classList.remove("held");
  }
}
