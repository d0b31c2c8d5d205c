"""The command that begins a content folder."""

from pathlib import Path
from typing import Any

import click

from generator.cli.options import options
from generator.cli.output import Output, program
from generator.content import starter
from generator.core.resources import TEMPLATES


@click.command("new")
@click.argument("folder", type=click.Path(path_type=Path))
@options()
def new_command(folder: Path, **given: Any) -> None:
    """Make a content folder to start from: three example works, all settings, a GitHub Pages workflow."""
    voice = Output(given)
    with voice:
        starter.start(folder, TEMPLATES)
        voice.line(f"{folder}: three example works. To view them: {program('serve', '--content', str(folder))}")
        voice.line(f"  How to put your own works in their place: {folder / 'README.md'}")
