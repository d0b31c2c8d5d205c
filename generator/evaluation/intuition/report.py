"""The report: results -> evaluation.html with pictures of hits and misses, scores.json, scores.md."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Any

from generator.evaluation.common.files import put
from generator.evaluation.common.report_page import put_small, write_page
from generator.evaluation.intuition.speed import Costs
from generator.evaluation.intuition.study import Example, GuessQuestion, Result, Test
from generator.evaluation.intuition.variants import AS_IT_IS, PIXELS, SITE
from generator.evaluation.speed import report

PAGE, JSON, MARKDOWN, PICTURES = "evaluation.html", "scores.json", "scores.md", "pictures"
GOAL = 2 / 3  # what MosAIc reported, a bit less than
SIDE = 240  # pixels of a picture in the page

Shown = Mapping[str, tuple[Sequence[Example], Sequence[Example]]]  # by test: hits and misses


def write(
    to: Path, tests: Sequence[Test], results: Sequence[Result], shown: Shown, facts: dict[str, Any], speed: Costs
) -> Path:
    """Write the report into a folder and return the page."""
    to.mkdir(parents=True, exist_ok=True)
    said = {**facts, "speed": asdict(speed), "results": [asdict(one) for one in results]}
    put(to / JSON, json.dumps(said, indent=1) + "\n")
    put(to / MARKDOWN, markdown(tests, results, facts, speed))
    return write_page(
        to,
        PAGE,
        "evaluation.html",
        tests=[_test(to, test, results, shown.get(test.name, ((), ()))) for test in tests],
        summary=[(test.title, [_summed(question, test, results) for question in test.questions]) for test in tests],
        site=SITE,
        goal=GOAL,
        speed=speed,
        command=facts["command"],
        facts=_line(facts),
    )


def _summed(question: GuessQuestion, test: Test, results: Sequence[Result]) -> dict[str, Any]:
    """Return one question's row of the table that comes first: what the site reaches, between chance and the best."""
    own = {one.way: one.score for one in results if (one.test, one.question) == (test.name, question.title)}
    best = max(own, key=lambda way: own[way].top1.value)
    return {
        "question": question.title,
        "chance": own[best].chance,
        "ways": [own[way].top1.value if way in own else None for way in (PIXELS, AS_IT_IS, SITE)],
        "best": own[best].top1.value,
        "by": best,
    }


def markdown(tests: Sequence[Test], results: Sequence[Result], facts: dict[str, Any], speed: Costs) -> str:
    """Return the tables as Markdown: right at once, and the interval; then the speed."""
    blocks = [f"# Does it match human intuition?\n\n    {facts['command']}\n\n{_line(facts)}"]
    for test in tests:
        titles = [question.title for question in test.questions]
        blocks.append(f"## {test.title}\n\n{test.about}")
        lines = [f"| right at first guess, % | {' | '.join(titles)} |", "|---|" + "---|" * len(titles)]
        own = [one for one in results if one.test == test.name]
        chance = {one.question: one.score.chance for one in own}
        lines.append(f"| *chance* | {' | '.join(f'{100 * chance[title]:.1f}' for title in titles)} |")
        for way in dict.fromkeys(one.way for one in own):
            tops = [one.score.top1 for one in own if one.way == way]
            cells = [f"{100 * top.value:.1f} ({100 * top.low:.1f}–{100 * top.high:.1f})" for top in tops]
            lines.append(f"| {way} | {' | '.join(cells)} |")
        blocks.append("\n".join(lines))
    if speed.rows:
        table = report.markdown([["", *speed.questions], *([name, *times] for name, times in speed.rows)])
        blocks += ["## Speed of the search", speed.about, table]
    return "\n\n".join(blocks) + "\n"


def lines(results: Sequence[Result]) -> Iterator[str]:
    """Yield what a terminal is told: for every question, what each way reached."""
    for title, some in groupby(results, lambda one: (one.test, one.question)):
        yield f"{title[0]}, {title[1]}:"
        for one in some:
            top1 = one.score.top1
            yield f"  {one.way:36} {top1.value:6.1%}  ({top1.low:.1%} to {top1.high:.1%}; chance {one.score.chance:.1%})"


def _line(facts: Mapping[str, Any]) -> str:
    libraries = ", ".join(f"{name} {version}" for name, version in facts["libraries"].items())
    return f"{facts['date']}; {facts['processor']}; {libraries}; seed {facts['seed']}"


def _test(
    to: Path, test: Test, results: Sequence[Result], shown: tuple[Sequence[Example], Sequence[Example]]
) -> dict[str, Any]:
    questions = []
    for question in test.questions:
        rows = [one for one in results if (one.test, one.question) == (test.name, question.title)]
        most = max(one.score.top1.value for one in rows)
        lines = [{"way": r.way, "group": r.group, "score": r.score, "best": r.score.top1.value == most} for r in rows]
        questions.append(
            {
                "title": question.title,
                "guesses": rows[0].score.guesses,
                "chance": rows[0].score.chance,
                "rows": lines,
                "groups": [(group, list(some)) for group, some in groupby(lines, lambda line: line["group"])],
            }
        )
    titles = ("Right at first guess", "Wrong: query, match found, and right answer")
    examples = [(title, [_example(to, test, one) for one in some]) for title, some in zip(titles, shown, strict=True)]
    return {"title": test.title, "about": test.about, "questions": questions, "examples": examples}


def _example(to: Path, test: Test, example: Example) -> dict[str, Any]:
    rows = [example.query, example.first] + ([] if example.rank == 1 else [example.right])
    words = "query and match" if example.rank == 1 else f"the right answer came {_nth(example.rank)}"
    return {"pictures": [_picture(to, test, row) for row in rows], "words": words}


def _nth(rank: int) -> str:
    ending = "th" if rank % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")
    return f"{rank:,}{ending}"


def _picture(to: Path, test: Test, row: int) -> dict[str, str]:
    picture = test.pictures[row]
    name = f"{PICTURES}/{picture.digest[:20]}.webp"
    put_small(picture, to / name, SIDE)
    return {"address": name, "alt": test.alts[row]}
