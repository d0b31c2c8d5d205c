// Asks the scripts of a built site, as it serves them, over the data that it serves: node on-site.js SITE < QUESTIONS.
// QUESTIONS are {paths: [{ids, choice, fresh, inTime}], titles: [text]}; the answers are {paths: [rows], titles: [rows]}.

import { readFile } from "node:fs/promises";
import { json } from "node:stream/consumers";
import { pathToFileURL } from "node:url";

import "./page.js";

const site = pathToFileURL(`${process.argv[2]}/`);
globalThis.fetch = async (url) => new Response(await readFile(url));
const script = (name) => import(new URL(`assets/${name}.js`, site));
const [{ Collection }, { Ways }, { search }] = await Promise.all(["collection", "ways", "titles"].map(script));
const collection = await Collection.load();
const ways = await Ways.load(collection);

async function path({ ids, ...asked }) {
  const [one, other] = await Promise.all(ids.map((id) => collection.row(id)));
  const near = await ways.near(await Promise.all([one, other].map((row) => collection.card(row))));
  return ways.find(one, other, near, asked);
}

const { paths, titles } = await json(process.stdin);
const answers = {
  paths: await Promise.all(paths.map(path)),
  titles: await Promise.all(titles.map((text) => search(text, collection.facts.buckets, 8))),
};
console.log(JSON.stringify(answers));
