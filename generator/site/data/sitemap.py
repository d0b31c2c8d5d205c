"""What robots read: robots.txt, and the sitemap where the site's address is known, with the picture of every work."""

from collections.abc import Iterable, Sequence

from markupsafe import escape

from generator.site import urls
from generator.site.context import Context

SITEMAP = 50_000  # addresses that one sitemap may hold
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
IMAGES = "http://www.google.com/schemas/sitemap-image/1.1"


def write(context: Context) -> None:
    """Write what robots read; to be called when all pages are written."""
    base, printer = context.config.base_url, context.printer
    lines = ["User-agent: *", "Allow: /"]
    if base:
        lines.append(f"Sitemap: {base}sitemap.xml")
        works = context.collection.works
        pictures = {urls.work(work.id): context.cards.shown(row) for row, work in enumerate(works)}
        for path, content in sitemaps(base, [(page, pictures.get(page, "")) for page in printer.pages]):
            printer.write(path, content)
    printer.write("robots.txt", ("\n".join(lines) + "\n").encode())
    printer.write(".nojekyll", b"")


def sitemaps(base: str, pages: Sequence[tuple[str, str]], most: int = SITEMAP) -> list[tuple[str, bytes]]:
    """Return path and content of each sitemap: of pages and their pictures, with one of the sitemaps where they are many."""
    rows = [_page(base, page, picture) for page, picture in pages]
    parts = [rows[start : start + most] for start in range(0, len(rows), most)] or [[]]
    images = f' xmlns:image="{IMAGES}"'
    if len(parts) == 1:
        return [("sitemap.xml", _sitemap("urlset", parts[0], images))]
    each = [(f"sitemap-{number}.xml", _sitemap("urlset", part, images)) for number, part in enumerate(parts, 1)]
    listed = [f"<sitemap><loc>{escape(base)}{path}</loc></sitemap>\n" for path, _ in each]
    return [*each, ("sitemap.xml", _sitemap("sitemapindex", listed))]


def _page(base: str, page: str, picture: str) -> str:
    image = f"<image:image><image:loc>{escape(base + picture)}</image:loc></image:image>" if picture else ""
    return f"<url><loc>{escape(urls.absolute(base, page))}</loc>{image}</url>\n"


def _sitemap(kind: str, rows: Iterable[str], further: str = "") -> bytes:
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return f'{head}<{kind} xmlns="{NAMESPACE}"{further}>\n{"".join(rows)}</{kind}>\n'.encode()
