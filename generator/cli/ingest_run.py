"""The command ingest at work; in a module of its own, as it brings the HTTP client."""

import filecmp
from pathlib import Path
from typing import Any

import click

from generator import ingest
from generator.cli.output import Output, count
from generator.core.errors import IngestError
from generator.core.resources import TEMPLATES
from generator.core.store import Store, default_root
from generator.ingest.content_folder.report import Report
from generator.ingest.http.client import Client
from generator.ingest.http.rate_limit import RateLimits
from generator.ingest.normalize.rules import VocabularyRule
from generator.ingest.normalize.vocabulary import Explanation, explain, read_vocabulary
from generator.ingest.sources import SOURCES
from generator.ingest.sources.base import SourceQuery

SHOWN = 10  # rules that are named for one value


def abouts() -> list[tuple[str, str]]:
    """Return every source's name and what it reads."""
    return [(name, source.about) for name, source in sorted(SOURCES.items())]


def run(source: str | None, inputs: tuple[str, ...], given: dict[str, Any], voice: Output) -> None:
    """Fill a content folder, or explain a word."""
    if given["explain"] is not None:
        _explain(given, voice)
        return
    if source is None or given["into"] is None:
        raise click.UsageError("give a SOURCE, and the content folder to fill with --to")
    _check_vocabulary(given["into"], given["vocabulary"])
    manners = RateLimits(rate=given["rate"], jobs=given["asking"], private=given["allow_private"])
    with Client(Store(default_root()), manners) as client:
        report = ingest.ingest(_request(source, inputs, given, client), voice.console)
    _tell(report, given["into"], voice)


def _request(source: str, inputs: tuple[str, ...], given: dict[str, Any], client: Client) -> ingest.IngestRequest:
    asked = SourceQuery(
        inputs=inputs,
        ids=given["ids"],
        query=given["query"],
        columns=ingest.columns_of(given["into"]) | dict(given["map"]),
        width=given["width"],
        client=client,
    )
    return ingest.IngestRequest(
        source=SOURCES[source],
        asked=asked,
        to=given["into"],
        rules=_rules(given),
        client=client,
        limit=given["limit"],
        pictures=given["pictures"],
        rights=given["rights"],
        jobs=given["asking"],
    )


def _rules(given: dict[str, Any]) -> Path:
    return given["vocabulary"] or TEMPLATES / ingest.RULES


def _check_vocabulary(folder: Path, given: Path | None) -> None:
    """Raise IngestError where the folder has rules of its own and others are given."""
    own = folder / ingest.RULES
    if given and own.exists() and not filecmp.cmp(own, given, shallow=False):
        raise IngestError(f"{own}: this folder already has a vocabulary; edit it, or remove it before you give another")


def _tell(report: Report, folder: Path, voice: Output) -> None:
    voice.line(f"{folder / report.file}: {count(report.works, 'work')} of {count(report.records, 'record')}.")
    for reason, number in report.left_out.most_common():
        voice.line(f"  left out: {number:,}, {reason}")
    for facet, fallback in report.fallbacks.items():
        voice.line(f"  {facet}: {report.mapped(facet):.2%} of works have a value; the rest are {fallback}")
    kept = sum(number for what, number in report.rows.items() if "owner" in what)
    if kept:
        voice.line(f"  kept: {count(kept, 'row')} that you edited, added or removed")
    voice.line(f"  Full report and all records left out: {folder / ingest.MEMORY}")


def _explain(given: dict[str, Any], voice: Output) -> None:
    """Say for a raw value which rule of each facet takes it."""
    path = ingest.rules_of(given["into"], _rules(given)) if given["into"] else _rules(given)
    vocabulary = read_vocabulary(path)
    fallbacks = {facet.name: facet.fallback for facet in vocabulary.rules}
    for told in explain(vocabulary, None, given["explain"]):
        voice.line(f"{told.facet} (in {', '.join(told.fields)}): {_said(told, fallbacks[told.facet])}")
        for hit in told.hits[1:SHOWN]:
            voice.line(
                f"    then rule {hit.rule.number}, {hit.rule.value}: has the word {hit.word!r}{_limits(hit.rule)}"
            )


def _said(told: Explanation, fallback: str) -> str:
    if not told.hits:
        return f"no rule; without other information, {fallback}"
    hit = told.hits[0]
    place = f", line {hit.rule.row}" if hit.rule.row else ""
    return f"{hit.rule.value}, by rule {hit.rule.number}{place}: has the word {hit.word!r}{_limits(hit.rule)}"


def _limits(rule: VocabularyRule) -> str:
    return f" (only {rule.limits()})" if rule.limits() else ""
