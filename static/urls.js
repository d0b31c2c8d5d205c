// Addresses of the site, wherever it lies: generator/site/urls.py in scripts.

/** @param {string} path from the site's root */
export const at = (path) => new URL(`../${path}`, import.meta.url);

/** @param {string} id */
export const work = (id) => at(`works/${id}/index.html`);

/** @param {string} one @param {string} other */
export const compare = (one, other) => at(`pair/index.html?a=${one}&b=${other}`);

/** @param {string} id */
export const wall = (id) => at(`wall/index.html?work=${id}`);

/**
 * Where derivative number `step` (0 is the narrowest) of a work's picture lies, from the site's root.
 * @param {number} step
 * @param {string} id
 */
export const derivative = (step, id) => `images/${step + 1}/${id}.webp`;
