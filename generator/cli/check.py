"""The command that finds every fault of a content folder: as text for a person, as JSON for a program.

The JSON, on standard output: {"format": 1, "works": how many, null where there are faults, "errors": how many,
"warnings": how many, "faults": [{"level": "error" or "warning", "file", "row", "column", "found", "expected",
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
from generator.cli.voice import AT_FAULT, WARNED, Voice, count
from generator.errors import Fault, FaultyError
from generator.pipeline import Request
from generator.store import Store, default_root

FORMAT = 1


@click.command("check")
@options("content", "encoder", "limit", "jobs", "strict", "format")
def check_command(**given: Any) -> None:
    """Find every fault of a content folder, and write nothing."""
    voice = Voice(given)
    with voice:
        works, notes = _examine(given, voice)
        wrong = sum(not note.warning for note in notes)
        if given["format"] == "json":
            click.echo(json.dumps(as_json(works, notes), indent=1))
        else:
            voice.faults(notes)
            _conclude(voice, works, wrong, len(notes) - wrong)
        if wrong or (given["strict"] and notes):
            sys.exit(AT_FAULT if wrong else WARNED)


def as_json(works: int | None, notes: Sequence[Fault]) -> dict[str, Any]:
    """Return the report of this many works, None where they are at fault."""
    names = ("file", "row", "column", "found", "expected", "fix")
    faults = [
        {"level": "warning" if note.warning else "error"} | {name: getattr(note, name) for name in names}
        for note in notes
    ]
    warnings = sum(note.warning for note in notes)
    return {"format": FORMAT, "works": works, "errors": len(notes) - warnings, "warnings": warnings, "faults": faults}


def _examine(given: dict[str, Any], voice: Voice) -> tuple[int | None, Sequence[Fault]]:
    """Return how many works there are, None where something is wrong, and every fault and warning."""
    asked = {name: given[name] for name in ("content", "encoder", "limit", "jobs")}
    try:
        _, collection, notes = pipeline.check(
            Request(**asked, out=Path("_site"), store=Store(default_root())), voice.console
        )
    except FaultyError as error:
        return None, error.faults
    return len(collection.works), notes


def _conclude(voice: Voice, works: int | None, wrong: int, warnings: int) -> None:
    if works is None:
        voice.error(f"{count(wrong, 'fault')}, {count(warnings, 'warning')}; a build would write nothing.")
    else:
        voice.line(f"{count(works, 'work')} without a fault, {count(warnings, 'warning')}.")
