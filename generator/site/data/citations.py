"""How a work is cited: in words as four styles have it, and for programs that keep references.

Names stand as the record has them: which part of a name is a family's cannot be told. No day of access: pages know no clock.
citeproc-py 0.11 was measured in place of this: about a tenth of a second a style, dates in words lost, titles doubled
where nobody is named, no escaping, and 89 MB of styles under a license of their own.
"""

import json
import re
from dataclasses import dataclass

from markupsafe import Markup, escape

from generator.core.model import Work
from generator.site import urls
from generator.site.cards import Cards

ENDS = (".", "?", "!", "…")
ESCAPED = re.compile(r"[\\{}%&$#_^~]")
NAMED = {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One way of citing a work."""

    style: str
    text: Markup


def of(row: int, cards: Cards) -> Markup:
    """Return the part of a work's page that says how to cite it, and leads to its record for programs."""
    work = cards.collection.works[row]
    return cards.printer.fragment(
        "cite.html",
        work=work,
        root=urls.root_of(urls.work(work.id)),
        citations=styles(row, cards),
        formats=[("BibTeX", bibtex(row, cards)), ("RIS", ris(row, cards)), ("CSL-JSON", csl(row, cards))],
    )


def styles(row: int, cards: Cards) -> list[Citation]:
    """Return the citation of a work in each style for people."""
    work, words = cards.collection.works[row], cards.words
    # Escaped here, once: Markup would escape again at every step, and take five times as long.
    creator, name, date, museum, number, site, where = (
        str(escape(text))
        for text in (
            work.creator,
            work.title,
            cards.dates[row],
            work.museum,
            work.accession_number,
            cards.printer.config.title,
            _address(work, cards),
        )
    )
    title, held, when = f"<cite>{name}</cite>", _listed(museum, number), date or words("cite.undated")
    named, dated = f"{title} [{words('cite.artwork')}]", f"({when})"
    made = {
        "cite.plain": (*_sentences(creator, title, date, held, words("cite.in", site=site)), where),
        "cite.mla": _sentences(creator, title, _listed(date, held), _listed(f"<cite>{site}</cite>", where)),
        "cite.chicago": (*_sentences(creator, title, when, held), _ended(where)),
        "cite.apa": (*_sentences(*((creator, dated, named) if creator else (named, dated)), held), where),
    }
    return [Citation(style=words(name), text=Markup(" ".join(filter(None, parts)))) for name, parts in made.items()]


def bibtex(row: int, cards: Cards) -> str:
    """Return the work as an entry of BibTeX."""
    work, date = cards.collection.works[row], cards.dates[row]
    held = ", ".join(filter(None, (work.museum, work.accession_number)))
    fields = {
        "title": f"{{{_tex(work.title)}}}",
        "author": f"{{{_tex(work.creator)}}}" if work.creator else "",
        "year": str(work.year) if (work.year or 0) > 0 else "",
        "note": _tex(date),
        "howpublished": _tex(held),
        "url": _address(work, cards),
    }
    lines = "".join(f",\n  {name} = {{{text}}}" for name, text in fields.items() if text)
    return f"@misc{{{work.id}{lines}\n}}"


def ris(row: int, cards: Cards) -> str:
    """Return the work as a record of RIS."""
    work, date = cards.collection.works[row], cards.dates[row]
    fields = {
        "TY": "ART",
        "TI": work.title,
        "AU": work.creator,
        "PY": str(work.year) if (work.year or 0) > 0 else "",
        "DA": date,
        "DP": work.museum,
        "AN": work.accession_number,
        "UR": _address(work, cards),
    }
    return "\n".join([*(f"{tag}  - {text}" for tag, text in fields.items() if text), "ER  -"])


def csl(row: int, cards: Cards) -> str:
    """Return the work as CSL-JSON, which pandoc, Zotero and every processor of CSL styles read."""
    work = cards.collection.works[row]
    fields = {
        "id": work.id,
        "type": "graphic",
        "title": work.title,
        "author": [{"literal": work.creator}] if work.creator else [],
        "issued": _issued(work),
        "archive": work.museum,
        "archive_location": work.accession_number,
        "URL": _address(work, cards),
    }
    return json.dumps([{name: value for name, value in fields.items() if value}], ensure_ascii=False)


def _issued(work: Work) -> dict[str, object]:
    """Return the date as CSL has it: a year, or the record's words where these say more ("about 1502")."""
    if work.year is not None and work.date in ("", str(work.year)):
        return {"date-parts": [[work.year]]}
    return {"literal": work.date} if work.date else {}


def _address(work: Work, cards: Cards) -> str:
    """Return the page's address where it is known, else where the record came from."""
    base = cards.printer.config.base_url
    return urls.absolute(base, urls.work(work.id)) if base else work.source_url


def _listed(*parts: str) -> str:
    return ", ".join(filter(None, parts))


def _sentences(*parts: str) -> list[str]:
    """Return the parts with a capital and a full stop."""
    return [_ended(part[:1].upper() + part[1:]) for part in parts if part]


def _ended(part: str) -> str:
    return part if not part or part.removesuffix("</cite>").endswith(ENDS) else f"{part}."


def _tex(text: str) -> str:
    return ESCAPED.sub(lambda found: NAMED.get(found[0], "\\" + found[0]), text)
