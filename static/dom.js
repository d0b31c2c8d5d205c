// What every script asks of the document: its parts, new elements, and whether a click or key is plain.

/**
 * @template E
 * @typedef {{ [K in keyof E]?: E[K] extends string | null ? E[K] | URL : E[K] }} Given
 */

/**
 * The part of a page that must be there.
 * @template {Element} T
 * @param {ParentNode} within
 * @param {string} selector
 * @param {new () => T} kind
 * @returns {T}
 */
export function part(within, selector, kind) {
  const found = within.querySelector(selector);
  if (found instanceof kind) return found;
  throw new TypeError(`${selector}: no ${kind.name}`);
}

/**
 * What an element tells scripts, in an attribute (data-NAME) as JSON.
 * @param {HTMLElement} element
 * @param {string} name
 */
export const told = (element, name) => JSON.parse(element.dataset[name] ?? "null");

/**
 * A new element; `given` are its properties, where an address may stand for its text.
 * @template {keyof HTMLElementTagNameMap} N
 * @param {N} name
 * @param {Given<HTMLElementTagNameMap[N]>} [given]
 * @param {(Node | string)[]} inside
 * @returns {HTMLElementTagNameMap[N]}
 */
export function element(name, given = {}, ...inside) {
  const made = Object.assign(document.createElement(name), given);
  made.append(...inside);
  return made;
}

/**
 * The element, at or above the one that an event happened to, that fits; null where there is none.
 * @template {Element} T
 * @param {Event} event
 * @param {string} selector
 * @param {new () => T} kind
 */
export function closest(event, selector, kind) {
  const found = event.target instanceof Element ? event.target.closest(selector) : null;
  return found instanceof kind ? found : null;
}

/** @typedef {{ ctrlKey: boolean, metaKey: boolean, altKey: boolean }} Keys */

/** Whether a key is held that makes a command of the browser or the system of others. @param {Keys} event */
export const command = (event) => event.ctrlKey || event.metaKey || event.altKey;

/**
 * Whether a click or key means no more than itself: no new tab or window, no download, no menu.
 * @param {Keys & { shiftKey: boolean, button?: number }} event
 */
export const plain = (event) => !(event.button || event.shiftKey || command(event));
