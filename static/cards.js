// How a work appears beside others: generator/site/cards.py in scripts.
// Cases that both must answer alike: tests/javascript/cases/ratios.json.

import { element } from "./dom.js";
import { at, derivative } from "./urls.js";

/**
 * @typedef {import("./collection.js").Card} Card
 * @typedef {Pick<Card, "id" | "alt" | "sides"> & { veiled?: unknown }} Pictured
 */

/**
 * The class that tells the style sheet (theme.py) a picture's width over its height.
 * @param {number} width
 * @param {number} [height]
 */
export const ratio = (width, height = 1) =>
  `r${Math.min(Math.max(Math.round(Math.log(width / height) / Math.log(1.01)) + 160, 0), 320)}`;

/** The class of the ratio of a card's picture. @param {Pick<Card, "sides">} card */
export const shape = ({ sides }) => ratio(sides[0], sides[1]);

/** A work's values and its date. @param {Pick<Card, "labels" | "date">} card */
export const summary = ({ labels, date }) => [labels.join(", "), date].filter(Boolean).join(" · ");

/**
 * A work's picture in derivative number `step` (0 is the narrowest) or the widest there is below it.
 * @param {Pictured} card
 * @param {number} step
 * @param {Partial<HTMLImageElement>} [given] other properties
 */
export function picture(card, step, given = {}) {
  const widest = card.sides.length / 2 - 1;
  const own = Math.min(step, widest);
  const image = element("img", {
    width: card.sides[own * 2], height: card.sides[own * 2 + 1], alt: card.alt,
    className: shape(card) + (card.veiled ? " veiled" : ""),
  });
  Object.assign(image, given);
  if (widest > own) image.srcset = `${at(derivative(own + 1, card.id))} 2x`;
  image.src = at(derivative(own, card.id)).href;
  return image;
}

/**
 * A box that shows the picture of a card where it is veiled; else nothing.
 * @param {{ title: string, veiled?: unknown }} card
 * @param {string} text
 */
export function unveiling({ title, veiled }, text) {
  if (!veiled) return [];
  const hidden = element("span", { className: "hidden" }, `: ${title}`);
  const label = element("label", {}, element("input", { type: "checkbox" }), " ", text, hidden);
  return [element("p", { className: "noted" }, label)];
}

/**
 * How close two works are, as a line.
 * @param {import("./collection.js").Collection} collection
 * @param {import("./collection.js").Closeness} how
 */
export function verdict(collection, { level, word, same, percent }) {
  const line = element("p", { className: `near n${level}` }, element("span", {}, word));
  if (!same) line.append(" ", element("small", {}, collection.say("percent", { percent })));
  return line;
}
