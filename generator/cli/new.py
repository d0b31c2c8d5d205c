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
    """Make a small content folder to begin with: three example works, every setting, a workflow for GitHub Pages."""
    voice = Output(given)
    with voice:
        starter.start(folder, TEMPLATES)
        voice.line(f"{folder}: three example works. Look at them: {program('serve', '--content', str(folder))}")
        voice.line(f"  {folder / 'README.md'} says how to put your own works in their place.")
