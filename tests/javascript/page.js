// What scripts find in a browser, for tests without one: a page's language and address, and a site that answers.

import { readFile } from "node:fs/promises";

globalThis.document = { documentElement: { lang: "en", dir: "ltr" }, querySelector: () => null };
globalThis.matchMedia = () => ({ matches: true });

/** Be on a page with this address. */
export function visit(address) {
  globalThis.location = new URL(address);
}

visit("https://tesserae.example/index.html");

/** Answer as a site of these files would (bytes, or what is served as JSON); returns the paths that are asked for. */
export function answer(root, files) {
  const asked = [];
  globalThis.fetch = async (url) => {
    const path = url.href.slice(root.href.length);
    asked.push(path);
    const body = await files[path];
    if (body === undefined) return new Response("", { status: 404 });
    return new Response(body instanceof Uint8Array ? body : JSON.stringify(body));
  };
  return asked;
}

/** The cases that Python must answer alike. */
export const cases = async (name) =>
  JSON.parse(await readFile(new URL(`cases/${name}.json`, import.meta.url), "utf8"));
