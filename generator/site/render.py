"""Templates -> files. The home of jinja2, and the only module that writes pages.

Every template is given the same things beside its own: `t` (the interface's words), `site` (the owner's
configuration), `own` (the mark of the owner's language), `navigation` (the names of what every page leads to),
`scripts` (what runs scripts), `urls` (addresses), and everything is escaped. A page is given its `path`, `root` (the way
up to the site's root), and `masthead` and `colophon` (what stands above and below) besides.
"""

import json
import os
from collections.abc import Iterable, Sequence
from functools import cache, partial
from itertools import islice
from pathlib import Path
from typing import TypeVar

import jinja2
from markupsafe import Markup

from generator.core.config import Config
from generator.core.i18n import Words, plural, shortened, titled
from generator.site import scripts, urls
from generator.site.scripts import Imports

Text = TypeVar("Text", bound=str)

BUDGET = 30_000  # bytes of HTML that no page exceeds


class Printer:
    """Renders pages into the folder of the site and remembers which there are."""

    def __init__(
        self, out: Path, templates: Path, config: Config, navigation: Sequence[str] = (), imports: Imports | None = None
    ) -> None:
        self.out, self.templates, self.config, self.navigation = out, templates, config, navigation
        self.imports = imports or {}
        self.words = Words(templates / "strings", config.interface)
        self.pages: list[str] = []
        self._folders: set[str] = set()
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(templates),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
        )
        # What stands around every page is the same wherever the way up to the root is.
        self._frame = cache(self._framed)
        self._environment.filters["brief"] = shortened
        self._environment.filters["titled"] = titled
        self._environment.filters["plural"] = partial(plural, language=config.language)
        self._environment.globals.update(
            t=self.words,
            site=config,
            urls=urls,
            language=self.words.language,
            direction=self.words.direction,
            own=self._own(),
            navigation=navigation,
            scripts=cache(self._scripts),
        )

    def _scripts(self, root: str, *names: str) -> Markup:
        """Return the elements that run scripts."""
        return scripts.tags(names, root, self.imports)

    def _own(self) -> Markup:
        """Return what marks the owner's texts where the interface speaks another language than they do."""
        same = self.words.language.split("-")[0] == self.config.language.split("-")[0]
        return Markup() if same else Markup(' lang="{}" dir="auto"').format(self.config.language)

    def fragment(self, template: str, **given: object) -> Markup:
        """Return a piece of a page."""
        return Markup(self._environment.get_template(template).render(given))

    def page(self, path: str, template: str, **given: object) -> int:
        """Write one page, which the sitemap lists, and return its size in bytes."""
        return self.put(path, self.html(path, template, **given))

    def unlisted(self, path: str, template: str, **given: object) -> int:
        """Write one page that no sitemap lists, and return its size in bytes."""
        return self.write(path, self.html(path, template, **given).encode())

    def put(self, path: str, text: str) -> int:
        """Write a page that is rendered already, which the sitemap lists, and return its size in bytes."""
        self.pages.append(path)
        return self.write(path, text.encode())

    def html(self, path: str, template: str, **given: object) -> str:
        """Return the page as it would be written."""
        root = urls.root_of(path)
        masthead, colophon = self._frame(
            root, next((name for name in self.navigation if urls.SECTIONS[name] == path), "")
        )
        return self._environment.get_template(template).render(
            given, path=path, root=root, masthead=masthead, colophon=colophon
        )

    def _framed(self, root: str, current: str) -> tuple[Markup, Markup]:
        """Return what stands above and below every page; `current` is the name of the page if all pages lead to it."""
        return self.fragment("masthead.html", root=root, current=current), self.fragment("colophon.html", root=root)

    def write(self, path: str, content: bytes) -> int:
        """Write one file of the site."""
        self.folder(path)
        with open(f"{self.out}/{path}", "wb", buffering=0) as file:
            file.write(content)
        return len(content)

    def folder(self, path: str) -> None:
        """Make the folder that a file will lie in."""
        folder = path.rpartition("/")[0]
        if folder not in self._folders:
            os.makedirs(self.out / folder, exist_ok=True)
            self._folders.add(folder)


def fitting(fragments: Iterable[Text], room: int, most: int) -> list[Text]:
    """Return the first fragments, at most `most`, that fit into `room` bytes; no more are drawn than show whether they do."""
    taken: list[Text] = []
    for fragment in islice(fragments, most):
        room -= len(fragment) if fragment.isascii() else len(fragment.encode())
        if room < 0:
            break
        taken.append(fragment)
    return taken


def paged(fragments: Sequence[str], room: int, most: int) -> list[slice]:
    """Return the pages of a list: each at least one fragment, at most `most` and about `room` bytes."""
    pages: list[slice] = []
    start = 0
    while start < len(fragments):
        end = start + max(1, len(fitting(fragments[start : start + most], room, most)))
        pages.append(slice(start, end))
        start = end
    return pages or [slice(0, 0)]


def compact_json(value: object) -> bytes:
    """Return the value as JSON without spaces, in UTF-8: for programs, and small."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
