"""The command ingest: fills a content folder from what a museum publishes."""

from typing import Any

import click

from generator.cli.options import options
from generator.cli.output import Output

ASKED = ("ids", "query", "map", "width", "limit")
WHAT = ("pictures", "rights", "vocabulary", "explain")
HOW = ("rate", "asking", "allow_private")


class _Source(click.ParamType[str, str]):
    """The name of a source."""

    name = "source"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from generator.cli.ingest_run import abouts

        names = [name for name, _ in abouts()]
        if value not in names:
            self.fail(f"{value!r} is not one of {', '.join(map(repr, names))}.", param, ctx)
        return value


class _Help(click.Command):
    """A command whose help names every source."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        from generator.cli.ingest_run import abouts

        with formatter.section("Sources"):
            formatter.write_dl(abouts())


@click.command("ingest", cls=_Help)
@click.argument("source", required=False, type=_Source(), metavar="SOURCE")
@click.argument("inputs", nargs=-1, metavar="[FILE|ADDRESS]...")
@options("into", *ASKED, *WHAT, *HOW)
def ingest_command(source: str | None, inputs: tuple[str, ...], **given: Any) -> None:
    """Fill a content folder from a museum's open data."""
    # This brings the HTTP client; the other commands do without.
    from generator.cli.ingest_run import run

    voice = Output(given, stopped="stopped; works.csv is unchanged. Run ingest again to continue.")
    with voice:
        run(source, inputs, given, voice)
