"""How a work is cited: in words as four styles have it, and for programs that keep references.

Names stand as the record has them: which part of a name is a family's cannot be told. No day of access: pages know no clock.
"""

import re
from dataclasses import dataclass

from markupsafe import Markup, escape

from generator.core.model import Work
from generator.site import urls
from generator.site.cards import Cards

ADDRESS, ENDS = ("http://", "https://"), (".", "?", "!", "…")
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
        formats=[("BibTeX", bibtex(row, cards)), ("RIS", ris(row, cards))],
    )


def styles(row: int, cards: Cards) -> list[Citation]:
    """Return the citation of a work in each style for people."""
    work, words = cards.collection.works[row], cards.words
    creator, date, museum, number = (
        str(escape(text)) for text in (work.creator, cards.dates[row], work.museum, work.accession_number)
    )
    title, site = f"<cite>{escape(work.title)}</cite>", str(escape(cards.printer.config.title))
    held, where, when = _listed(museum, number), str(escape(_address(work, cards))), date or words("cite.undated")
    named, dated = f"{title} [{words('cite.artwork')}]", f"({when})"
    made = {
        "cite.plain": _sentences(creator, title, date, held, words("cite.in", site=site), where),
        "cite.mla": _sentences(creator, title, _listed(date, held), f"<cite>{site}</cite>", where),
        "cite.chicago": _sentences(creator, title, when, held, where),
        "cite.apa": _sentences(*((creator, dated, named) if creator else (named, dated)), held, where),
    }
    return [Citation(style=words(name), text=text) for name, text in made.items()]


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


def _address(work: Work, cards: Cards) -> str:
    """Return the page's address where it is known, else where the record came from."""
    base = cards.printer.config.base_url
    return urls.absolute(base, urls.work(work.id)) if base else work.source_url


def _listed(*parts: str) -> str:
    return ", ".join(filter(None, parts))


def _sentences(*parts: str) -> Markup:
    """Return the parts, which are escaped, as sentences: a capital and a full stop, but for addresses."""
    return Markup(" ".join(_sentence(part) for part in parts if part))


def _sentence(part: str) -> str:
    if part.startswith(ADDRESS):
        return part
    return part[:1].upper() + part[1:] + ("" if part.removesuffix("</cite>").endswith(ENDS) else ".")


def _tex(text: str) -> str:
    return ESCAPED.sub(lambda found: NAMED.get(found[0], "\\" + found[0]), text)
