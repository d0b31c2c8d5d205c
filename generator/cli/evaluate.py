"""The command evaluate: asks whether the search matches human intuition."""

from typing import Any

import click

from generator.cli.options import options
from generator.cli.output import Output, command
from generator.core.store import Store, default_root


@click.command("evaluate")
@options(
    "content", "quick", "tests", "fonts", "contents", "styles", "style_weights", "encoders", "seed", "report", "jobs"
)
def evaluate_command(**given: Any) -> None:
    """Test how often the closest picture is the one a person would choose, and write a report."""
    # These bring numba, which takes seconds; an unchanged build does without.
    from generator.evaluation.intuition.report import MARKDOWN, PAGE, lines
    from generator.evaluation.intuition.run import PARTS, EvaluationRequest, evaluate

    voice = Output(given, stopped="stopped; run again to continue.")
    with voice:
        request = EvaluationRequest(
            collection=given["content"],
            to=given["report"],
            store=Store(default_root()),
            quick=given["quick"],
            only=given["tests"] or PARTS,
            fonts=given["fonts"],
            contents=given["contents"],
            styles=given["styles"],
            weights=given["style_weights"],
            encoders=given["encoders"],
            seed=given["seed"],
            jobs=given["jobs"],
            command=command(),
        )
        for line in lines(evaluate(request, voice.console)):
            voice.line(line)
        voice.line(f"Report: {given['report'] / PAGE}; tables only: {MARKDOWN}")
