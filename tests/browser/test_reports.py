"""The pages of the studies in a browser: what axe finds in light and in dark, and whether they fit."""

import json

import pytest
from support import making, probes
from support.windows import served
from test_blindspots_report import folders, motifs_seen, report  # noqa: F401, fixtures
from test_intuition_speed import ALL

from generator.evaluation.intuition import grid, study
from generator.evaluation.intuition import report as intuition
from generator.evaluation.intuition.grid import PictureOrigin
from generator.evaluation.intuition.metrics import Figure, Score
from generator.evaluation.intuition.speed import costs
from generator.evaluation.intuition.study import Example, Result

FACTS = {
    "command": "python build.py evaluate",
    "libraries": {"numpy": "2"},
    "date": "2026-01-01",
    "processor": "one",
    "seed": 0,
}
EXAMPLES = ([Example(query=0, first=1, right=1, rank=1)], [Example(query=0, first=3, right=1, rank=2)])


@pytest.fixture
def evaluation(tmp_path):
    """The page of a small study of letters, and its folder."""
    rows = [(f"images/{letter}-{font}.png", letter, font) for letter in "ab" for font in ("plain", "bold")]
    (tmp_path / "grid" / "images").mkdir(parents=True)
    for number, (picture, _, _) in enumerate(rows):
        making.draw(number, (32, 32)).save(tmp_path / "grid" / picture)
    grid.write_table(tmp_path / "grid", rows, [PictureOrigin(name="a program", license="CC0")])
    test = study.of_grid("letters", "The same letter in another font", "Two letters.", grid.read(tmp_path / "grid"))
    intuition.write(tmp_path / "out", [test], list(results(test)), {"letters": EXAMPLES}, FACTS, costs(ALL))
    return tmp_path / "out", "evaluation.html"


def results(test):
    for question in test.questions:
        for group, way, value in (("Baselines", "pixels", 0.4), ("Together", "last 2 layers, half whitened", 0.6)):
            figure = Figure(value=value, low=value - 0.1, high=value + 0.1)
            score = Score(guesses=4, top1=figure, top5=figure, reciprocal=figure, chance=0.25)
            yield Result(test=test.name, question=question.title, way=way, group=group, score=score)


@pytest.fixture
def blindspots(report):  # noqa: F811
    """The page of a generator that leaves out rings, and its folder."""
    return report[0], "index.html"


@pytest.fixture(params=["evaluation", "blindspots"])
def address(request):
    """The address of each study's page, served."""
    folder, name = request.getfixturevalue(request.param)
    with served(folder) as home:
        yield home + name


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_axe_finds_no_violation_on_the_page_of_a_study(address, visitor, scheme, width):
    page = visitor(color_scheme=scheme, viewport={"width": width, "height": 900})
    page.goto(address)
    found = probes.violations(page)

    assert found == {}, json.dumps(found, indent=1)


@pytest.mark.parametrize("width", [360, 1024, 1920])
def test_the_page_of_a_study_is_no_wider_than_the_window_and_its_pictures_are_there_and_described(
    address, visitor, width
):
    page = visitor(viewport={"width": width, "height": 900})
    page.goto(address)
    pictures = page.locator("img").evaluate_all("all => all.map((one) => { one.loading = 'eager'; return one.alt; })")
    page.evaluate("() => Promise.all([...document.images].map((one) => one.decode()))")  # fails where one is not there

    assert probes.overflow(page) == {}
    assert pictures and all(pictures)


def test_what_is_wider_than_a_phone_scrolls_within_the_page_by_keyboard_too(address, visitor):
    page = visitor(viewport={"width": 360, "height": 900})
    page.goto(address)
    wide = page.locator(".wide").evaluate_all(
        "all => all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.tabIndex)"
    )

    assert wide and set(wide) == {0}
