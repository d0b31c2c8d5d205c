"""How large a site will be: the prediction, the warning, and what it advises."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from support.making import Silent, make_content

from generator import content, pipeline
from generator.core import config
from generator.core.config import Config
from generator.core.model import Derivative
from generator.core.resources import TEMPLATES
from generator.core.run import Run
from generator.core.store import Store
from generator.evaluation.speed import page_rendering
from generator.pipeline import BuildRequest, WarningsError
from generator.publish import size_budget
from generator.publish.size_budget import MB, CollectionShape, Prediction

SHAPE = CollectionShape(works=1_000, facets=2, values=40, sizes=np.full(100, 10), title=60.0, record=400.0)


@pytest.fixture
def settings(tmp_path) -> Config:
    return config.load(tmp_path, TEMPLATES / "defaults.toml")[0]


def parts(prediction: Prediction) -> dict[str, int]:
    return {part.name: part.bytes for part in prediction.parts}


def pictures(n: int, *sizes: int) -> list[list[Derivative]]:
    return [[Derivative(path=Path("none"), width=240, height=240, bytes=size) for size in sizes] for _ in range(n)]


def test_pictures_that_are_made_are_counted(settings):
    predicted = size_budget.predict(SHAPE, settings, pictures(1_000, 8_000, 20_000))

    assert parts(predicted)["pictures"] == 28_000_000


def test_neighbors_are_counted_a_row_and_a_code_each(settings):
    few = replace(SHAPE, sizes=np.array([3, 997]))

    assert parts(size_budget.predict(few, replace(settings, neighbors=10)))["neighbors"] == 1_000 * (3 + 10) * 4


def test_there_are_cards_for_sharing_only_where_the_address_is_known(settings):
    known = replace(settings, base_url="https://example.org/")

    assert parts(size_budget.predict(SHAPE, settings))["link previews"] == 0
    assert parts(size_budget.predict(SHAPE, known))["link previews"] > 50 * MB


def test_a_site_within_the_budget_is_no_warning(settings):
    predicted = size_budget.predict(SHAPE, settings)

    assert size_budget.over(900 * MB, settings, predicted, written=True) is None


def test_a_site_over_the_budget_is_told_with_the_settings_that_save_most_first(settings):
    known = replace(settings, base_url="https://example.org/", budget_mb=100)
    fault = size_budget.over(150 * MB, known, size_budget.predict(SHAPE, known), written=False)

    assert fault and fault.warning and (fault.file, fault.column) == ("site.toml", "budget_mb")
    assert "will be about 150 MB" in str(fault)
    assert str(fault).index('share_cards = "none" saves') < str(fault).index("widths = [240, 480] saves")


def test_the_settings_that_it_advises_do_save_that_much(settings):
    known = replace(settings, base_url="https://example.org/")
    before = size_budget.predict(SHAPE, known, pictures(1_000, 8_000, 20_000, 40_000))
    saved = {one.name: one.bytes for one in before.savings}
    without_cards = size_budget.predict(
        SHAPE, replace(known, share_cards="none"), pictures(1_000, 8_000, 20_000, 40_000)
    )
    narrow = size_budget.predict(SHAPE, replace(known, widths=(240, 480)), pictures(1_000, 8_000, 20_000))

    assert before.bytes - without_cards.bytes == pytest.approx(saved['share_cards = "none"'], abs=2)
    assert before.bytes - narrow.bytes == pytest.approx(saved["widths = [240, 480]"], abs=2)


def test_a_table_and_its_collection_are_of_one_shape(tmp_path, settings):
    folder = make_content(tmp_path / "content")
    store = Store(tmp_path / "store")
    collection, _ = content.load(folder, settings, Run(store=store, progress=Silent()))
    rows = content.survey(folder, settings, store=store).works
    one, other = size_budget.shape_of(collection), size_budget.shape_of_rows(rows, settings.facets)

    assert (one.works, one.facets, one.values, sorted(one.sizes)) == (12, 2, 5, [2] * 6)
    assert (other.works, other.facets, other.values, sorted(other.sizes)) == (12, 2, 5, [2] * 6)
    assert one.title == other.title
    assert other.record == pytest.approx(one.record, rel=0.5)


def test_a_build_that_would_be_too_large_stops_under_strict_before_a_page_is_written(tmp_path, monkeypatch):
    folder = make_content(tmp_path / "content", site='title = "Large"\nbudget_mb = 1\n')
    monkeypatch.setattr(size_budget, "FIXED", 2 * MB)
    request = BuildRequest(content=folder, out=tmp_path / "_site", store=Store(tmp_path / "store"), strict=True)
    monkeypatch.setattr(pipeline, "find_tools", lambda *_: pipeline.Tools(search=None, viewer=None, lacks=()))
    # Nothing heavy is reached: vectors come after the pictures.
    monkeypatch.setattr(pipeline.embedding, "embed", lambda *_, **__: pytest.fail("went on"))

    with pytest.raises(WarningsError, match="at most 1 MB"):
        pipeline.build(request, Silent())
    assert not (tmp_path / "_site").exists()


def test_a_folder_is_measured_to_the_byte(tmp_path):
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside" / "a").write_bytes(b"12345")
    (tmp_path / "b").write_bytes(b"678")

    assert size_budget.measure(tmp_path) == (2, 8)


def test_the_shipped_site_has_the_bytes_that_were_predicted(shipped):
    outcome = shipped.outcome

    assert outcome.predicted and outcome.bytes == pytest.approx(outcome.predicted.bytes, rel=0.15)


def test_the_pace_of_pages_is_measured_with_and_without_what_is_kept():
    ours, plain = (page_rendering.measure(60, progress=Silent(), written=4, plain=plain) for plain in (False, True))

    assert ours.works == plain.works == 4 and ours.pages == plain.pages > 8
    assert ours.cards == plain.cards > 10
    assert "pages per second" in str(ours)
