"""What a manifest says in several languages and with markup, as plain text."""

import pytest

from generator.core.works_table import bare
from generator.ingest.sources.column_mapping import FIELDS
from generator.ingest.sources.iiif_labels import TABLE, plain, text, texts


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"de": ["Krug"], "en-GB": ["Jug"]}, "Jug"),
        ({"de": ["Krug"], "none": ["12"]}, "12"),
        ({"de": ["Krug", "Kanne"]}, "Krug; Kanne"),
        ([{"@value": "Krug", "@language": "de"}, {"@value": "12"}], "12"),
        (["a", "b", "a"], "a; b"),
        (1820, "1820"),
        ({"en": [None, True, {"x": {"y": {"z": "deep"}}}]}, ""),
        ("\ud800x", "\ufffdx"),
    ],
)
def test_a_value_is_said_in_english_or_no_language_or_the_first(value, said):
    assert text(value) == said


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        ("<p>A <b>jug</b></p><p>blue</p>", "A jug blue"),
        ("a &lt;script&gt; &amp; b", "a <script> & b"),
        ("<script>alert(1)</script>A jug", "A jug"),
        ("<style>p {}</style><img src=x onerror=alert(1)>A jug", "A jug"),
        ("5 < 6 > 4", "5 < 6 > 4"),
        ("<!-- no --><br/>A jug<a href='x", "A jug<a href='x"),
        ("<script>a<style>b</script>A <template>c</template>jug<script>x", "A jug"),
    ],
)
def test_markup_is_taken_off(markup, said):
    assert plain(markup) == said


def test_markup_without_end_takes_no_time():
    for endless in ("<a " * 50_000, "<!--" * 30_000, "<script>" * 20_000, "&" * 90_000 + "<b>", "<a x='" * 20_000):
        assert len(plain(endless)) <= 100_000


def test_every_label_is_as_labels_are_compared_and_leads_to_a_field():
    assert all(label == bare(label) for label in TABLE)
    assert set(TABLE.values()) <= set(FIELDS)
    assert TABLE["künstler"] == TABLE["kunstenaar"] == TABLE["auteur"] == "creator"


def test_texts_are_few_and_short_whatever_a_manifest_holds():
    assert len(texts(["x" * 200_000])[0]) == 100_000
    assert len(texts([str(number) for number in range(5000)])) == 1000
