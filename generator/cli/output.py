"""Output: how a command speaks, and how it ends: results, progress, faults, exit codes."""

import shlex
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from generator.core.errors import Fault, FaultyError, TesseraeError
from generator.core.progress import Console
from generator.pipeline import WarningsError

AT_FAULT, WARNED = 1, 4  # exit codes; click itself exits with 2 where a command is not given as it should be


class Output:
    """How a command speaks: results to stdout, progress and faults to stderr; ends the program on errors."""

    def __init__(self, given: dict[str, Any], *, stopped: str = "stopped; run again to continue.") -> None:
        self.stopped = stopped
        self.quiet = given["quiet"]
        self.debug = given["debug"]
        self.color = False if given["no_color"] else None  # None: click looks whether it is a terminal
        self.console = Console(verbosity=-1 if self.quiet else given["verbose"])

    def line(self, text: str) -> None:
        if not self.quiet:
            click.echo(text)

    def error(self, text: str) -> None:
        click.secho(f"error: {text}", fg="red", err=True, color=self.color)

    def faults(self, faults: Sequence[Fault]) -> None:
        for fault in faults:
            word, hue = ("warning", "yellow") if fault.warning else ("error", "red")
            click.echo(click.style(f"{word}: ", fg=hue) + str(fault), err=True, color=self.color)

    def __enter__(self) -> "Output":
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, (TesseraeError, OSError)) and self.debug:
            traceback.print_exception(error)
        if isinstance(error, FaultyError):
            self.faults(error.faults)
            if isinstance(error, WarningsError):
                sys.exit(WARNED)
            self.error(f"{count(sum(not fault.warning for fault in error.faults), 'error')}; nothing was written.")
            sys.exit(AT_FAULT)
        if isinstance(error, (TesseraeError, OSError)):
            self.error(str(error))
            sys.exit(AT_FAULT)
        if isinstance(error, KeyboardInterrupt):
            self.error(self.stopped)
            sys.exit(AT_FAULT)


def count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def program(*words: str) -> str:
    """Return a command of this program, by the name that it was called by."""
    name = ["tesserae"] if Path(sys.argv[0]).stem == "tesserae" else ["python", "build.py"]
    return shlex.join([*name, *words])


def command() -> str:
    """Return the command as it can be given again."""
    return program(*sys.argv[1:])
