"""The command check: finds every fault of a content folder, as text for a person, as JSON for a program.

The JSON, on standard output: {"format": 1, "works": how many, null where there are faults, "errors": how many,
"warnings": how many, "noted": works with a content note, "hidden" and "pinned": rows of overrides.csv, null as works,
"faults": [{"level": "error" or "warning", "file", "row", "column", "found", "expected",
"fix"}, ...]}; row and column are null where a fault has none. Later formats may add names and take none away.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from generator import pipeline
from generator.cli.options import options
from generator.cli.output import AT_FAULT, WARNED, Output, count
from generator.core.errors import Fault, FaultyError
from generator.core.model import Collection
from generator.core.store import Store, default_root
from generator.pipeline import BuildRequest

FORMAT = 1


@click.command("check")
@options("content", "encoder", "limit", "jobs", "strict", "format")
def check_command(**given: Any) -> None:
    """List every error and warning in a content folder; writes nothing."""
    voice = Output(given)
    with voice:
        collection, notes = _examine(given, voice)
        wrong = sum(not note.warning for note in notes)
        if given["format"] == "json":
            click.echo(json.dumps(as_json(collection, notes), indent=1))
        else:
            voice.faults(notes)
            _conclude(voice, collection, wrong, len(notes) - wrong)
        if wrong or (given["strict"] and notes):
            sys.exit(AT_FAULT if wrong else WARNED)


def as_json(collection: Collection | None, notes: Sequence[Fault]) -> dict[str, Any]:
    """Return the report of a collection, None where it is at fault."""
    names = ("file", "row", "column", "found", "expected", "fix")
    faults = [
        {"level": "warning" if note.warning else "error"} | {name: getattr(note, name) for name in names}
        for note in notes
    ]
    warnings = sum(note.warning for note in notes)
    works = None if collection is None else len(collection.works)
    told = {"noted": None, "hidden": None, "pinned": None} if collection is None else _curated(collection)
    counts = {"works": works, "errors": len(notes) - warnings, "warnings": warnings, **told}
    return {"format": FORMAT, **counts, "faults": faults}


def _curated(collection: Collection) -> dict[str, int]:
    """Return how many works have a content note, how many rows of overrides.csv hide something, how many pin."""
    noted = sum(bool(work.content_note) for work in collection.works)
    return {"noted": noted, "hidden": len(collection.hidden), "pinned": len(collection.pins)}


def _examine(given: dict[str, Any], voice: Output) -> tuple[Collection | None, Sequence[Fault]]:
    """Return the collection, None where something is wrong, and every fault and warning."""
    request = BuildRequest(
        content=given["content"],
        out=Path("_site"),
        store=Store(default_root()),
        encoder=given["encoder"],
        limit=given["limit"],
        jobs=given["jobs"],
    )
    try:
        _, collection, notes = pipeline.check(request, voice.console)
    except FaultyError as error:
        return None, error.faults
    return collection, notes


def _conclude(voice: Output, collection: Collection | None, wrong: int, warnings: int) -> None:
    if collection is None:
        voice.error(f"{count(wrong, 'error')}, {count(warnings, 'warning')}; correct the errors before you build.")
    else:
        voice.line(f"{count(len(collection.works), 'work')}, no errors, {count(warnings, 'warning')}.")
        told = _curated(collection)
        if told["noted"]:
            voice.line(f"{count(told['noted'], 'work')} with a content note.")
        if told["hidden"] or told["pinned"]:
            voice.line(f"overrides.csv hides {told['hidden']} and pins {told['pinned']}.")
