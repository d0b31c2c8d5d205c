// Works by words of their titles and makers, while they are typed: data/titles/B.json (generator/site/titles.py).
// Cases that both must answer alike: tests/javascript/cases/titles.json.

import { bucket, once } from "./collection.js";

const SIGNS = 2; // of a word that say in which bucket it is

/** The words of a text without case and accents. @param {string} text */
export const words = (text) =>
  text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/**
 * In which of the buckets a word is looked up.
 * @param {string} word
 * @param {number} buckets
 */
export const place = (word, buckets) => bucket([...word].slice(0, SIGNS).join(""), buckets);

/**
 * The rows of the works of which some word begins so, those in which it is the whole word first; null for all works.
 * @param {string} start
 * @param {number} buckets
 */
async function begun(start, buckets) {
  /** @type {Record<string, number[] | 0>} */
  const rows = await once(`data/titles/${place(start, buckets)}.json`);
  const held = Object.entries(rows).filter(([word]) => word.startsWith(start));
  if (held.some(([, rows]) => rows === 0)) return null;
  held.sort(([one], [other]) => one.length - other.length);
  return new Set(held.flatMap(([, rows]) => rows));
}

/**
 * The rows of at most `most` works that have words which begin like all that are typed; null where too little is typed.
 * @param {string} text
 * @param {number} buckets
 * @param {number} most
 */
export async function search(text, buckets, most) {
  const starts = words(text).filter((word) => [...word].length >= SIGNS);
  const all = await Promise.all(starts.map((start) => begun(start, buckets)));
  const [first, ...others] = all.filter((rows) => rows !== null);
  if (!first) return null;
  return [...first].filter((row) => others.every((rows) => rows.has(row))).slice(0, most);
}
