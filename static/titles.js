// Works by words of their titles and makers, while they are typed: data/titles/B.json (generator/site/titles.py).

import { once } from "./collection.js";

const words = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

function bucket(word, count) {
  let place = 0;
  for (const sign of new TextEncoder().encode([...word].slice(0, 2).join(""))) place = (place * 31 + sign) % 65521;
  return place % count;
}

// The rows of the works of which some word begins so, those in which it is the whole word first; null for all works.
async function begun(start, buckets) {
  const held = Object.entries(await once(`data/titles/${bucket(start, buckets)}.json`)).filter(([word]) => word.startsWith(start));
  if (held.some(([, rows]) => rows === 0)) return null;
  held.sort(([one], [other]) => one.length - other.length);
  return new Set(held.flatMap(([, rows]) => rows));
}

// The rows of at most `most` works that have words which begin like all that are typed; null where too little is typed.
export async function search(text, collection, most) {
  const starts = words(text).filter((word) => [...word].length > 1);
  const found = (await Promise.all(starts.map((start) => begun(start, collection.buckets)))).filter(Boolean);
  if (!found.length) return null;
  const [first, ...others] = found;
  return [...first].filter((row) => others.every((rows) => rows.has(row))).slice(0, most);
}
