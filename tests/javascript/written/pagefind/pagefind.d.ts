// Of pagefind/pagefind.js, which Pagefind writes into the site, what search.js asks for.

export type Counts = Record<string, Record<string, number>>;

export interface Page {
  url: string;
  excerpt: string;
  filters: Record<string, string[]>;
  meta: { title: string; sides: string; date?: string; image_alt?: string; veiled?: string };
}

export interface Answer {
  filters: Counts;
  results: { data(): Promise<Page> }[];
}

export function options(given: { excerptLength: number }): Promise<void>;
export function filters(): Promise<Counts>;
export function search(
  query: string | null,
  given?: { filters?: Record<string, string>; sort?: Record<string, "asc" | "desc"> },
): Promise<Answer>;
