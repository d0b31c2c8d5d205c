"""What the head of a work's page says to programs: JSON-LD (schema.org, VisualArtwork) and Dublin Core.

Which columns others know, and by what names, is said in templates/columns.toml.
"""

import json
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from generator.core import rights
from generator.core.i18n import shortened
from generator.core.model import Work
from generator.site import urls
from generator.site.cards import Cards
from generator.site.data import social

LONG, SHORT = 200, 120  # most characters of a text here: the page below has all of it


class Heads:
    """Makes the heads of works' pages."""

    def __init__(self, cards: Cards) -> None:
        self.cards, self.base = cards, cards.printer.config.base_url
        self.known = tomllib.loads((cards.printer.templates / "columns.toml").read_text(encoding="utf-8"))

    def of(self, row: int) -> Markup:
        """Return what stands in the head of a work's page."""
        work = self.cards.collection.works[row]
        # "<" would end the script or begin a comment in it, whatever the record says.
        linked = json.dumps(self.linked(row), ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
        root = urls.root_of(urls.work(work.id))
        return self.cards.printer.fragment(
            "head-work.html",
            work=work,
            path=urls.work(work.id),
            root=root,
            share=social.of_work(row, self.cards),
            terms=self.terms(row),
            linked=Markup(linked),
        )

    def linked(self, row: int) -> dict[str, Any]:
        """Return the work in the words of schema.org; addresses are whole where that of the site is known.

        A veiled picture is not named: search engines would show it as it is.
        """
        work, config = self.cards.collection.works[row], self.cards.printer.config
        root = self.base or urls.root_of(urls.work(work.id))
        known, keywords = self._named(row, "schema")
        license = rights.address(work.rights)
        shown, largest = self.cards.shown(row), self.cards.pictures[row][-1]
        picture = {
            "@type": "ImageObject",
            "contentUrl": root + shown,
            "width": largest.width,
            "height": largest.height,
            "license": license,
            "creditText": shortened(work.credit, LONG),
        }
        page = urls.absolute(self.base, urls.work(work.id)) if self.base else ""
        said = {
            "@context": "https://schema.org",
            "@type": "VisualArtwork",
            "url": page,
            "name": shortened(work.title, LONG),
            "creator": work.creator and {"@type": "Thing", "name": shortened(work.creator, SHORT)},
            "dateCreated": _date(work),
            "identifier": work.accession_number,
            **known,
            "keywords": keywords,
            "image": shown and {name: value for name, value in picture.items() if value},
            "license": license,
            "sameAs": work.source_url,
            "provider": work.museum and {"@type": "Organization", "name": shortened(work.museum, SHORT)},
            "isPartOf": {"@type": "Collection", "name": config.title} | ({"url": self.base} if self.base else {}),
        }
        return {name: value for name, value in said.items() if value}

    def terms(self, row: int) -> list[tuple[str, str]]:
        """Return the terms of Dublin Core, and what they say of the work."""
        work = self.cards.collection.works[row]
        known, subjects = self._named(row, "dublin")
        said = [
            ("title", work.title),
            ("creator", work.creator),
            ("created", self.cards.dates[row]),
            ("type", "StillImage"),
            *((name, text) for name, texts in known.items() for text in texts),
            *(("subject", text) for text in subjects),
            ("provenance", work.museum),
            ("source", work.source_url),
            ("license", rights.address(work.rights)) if rights.address(work.rights) else ("rights", work.rights),
        ]
        return [(name, shortened(text, SHORT) if " " in text else text) for name, text in said if text]

    def _named(self, row: int, vocabulary: str) -> tuple[dict[str, list[str]], list[str]]:
        """Return what a vocabulary has a name for, and the values of the facets that it has none for."""
        known: dict[str, list[str]] = defaultdict(list)
        others, names = [], self.known[vocabulary]
        facets = [facet.name for facet in self.cards.collection.facets]
        for facet, value in zip(facets, self.cards.values[row], strict=True):
            if facet in names:
                known[names[facet]].append(value)
            elif facet not in ("creator", "date", "museum"):
                others.append(value)
        for column, text in self._further(row):
            known[names[column]].append(shortened(text, LONG)) if column in names else None
        return dict(known), others

    def _further(self, row: int) -> Iterator[tuple[str, str]]:
        for name, text in self.cards.collection.works[row].extra:
            yield name.lower().replace(" ", "_"), text


def _date(work: Work) -> str:
    """Return the year as ISO 8601 has it, where 1 BCE is the year 0; the record's words where these do not name it."""
    if work.year is None or (work.date and str(abs(work.year)) not in work.date):
        return shortened(work.date, SHORT)
    return f"{work.year:04d}" if work.year > 0 else f"-{-work.year - 1:04d}"
