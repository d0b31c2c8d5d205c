"""What robots read: robots.txt, and the sitemap where the site's address is known, with the picture of every work."""

from collections.abc import Iterator, Sequence

from generator.site import urls
from generator.site.context import Context
from generator.site.render import Printer

SITEMAP = 50_000  # addresses that one sitemap may hold


def write(context: Context) -> None:
    """Write what robots read; to be called when all pages are written."""
    base, printer = context.config.base_url, context.printer
    lines = ["User-agent: *", "Allow: /"]
    if base:
        lines.append(f"Sitemap: {base}sitemap.xml")
        works = context.collection.works
        pictures = {urls.work(work.id): context.cards.shown(row) for row, work in enumerate(works)}
        for path, content in sitemaps(printer, [(page, pictures.get(page, "")) for page in printer.pages]):
            printer.write(path, content)
    printer.write("robots.txt", ("\n".join(lines) + "\n").encode())
    printer.write(".nojekyll", b"")


def sitemaps(printer: Printer, pages: Sequence[tuple[str, str]], most: int = SITEMAP) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of each sitemap: of pages and their pictures, then of the sitemaps where they are many."""
    parts = [pages[start : start + most] for start in range(0, len(pages), most)] or [[]]
    paths = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)] if len(parts) > 1 else ["sitemap.xml"]
    for path, part in zip(paths, parts, strict=True):
        yield path, f"{printer.fragment('sitemap.xml', pages=part)}\n".encode()
    if len(parts) > 1:
        yield "sitemap.xml", f"{printer.fragment('sitemap-index.xml', paths=paths)}\n".encode()
