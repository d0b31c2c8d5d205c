import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.ingest.normalize.dates import span


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("1570", (1570, 1570)),
        ("ca. 1570", (1570, 1570)),
        ("c.1570-80", (1570, 1580)),
        ("1570–80 (?)", (1570, 1580)),
        ("1828–9", (1828, 1829)),
        ("dated 1614", (1614, 1614)),
        ("1939 or 40", (1939, 1940)),
        ("between 1900 and 1910", (1900, 1910)),
        ("6 March 1890", (1890, 1890)),
        ("October 9, 1990", (1990, 1990)),
        ("spring 1890", (1890, 1890)),
        ("7/14/1985", (1985, 1985)),
        ("1920s", (1920, 1929)),
        ("1850s-60s", (1850, 1869)),
        ("late 1960s–early 1970s", (1967, 1973)),
        ("1856, 1883", (1856, 1883)),
    ],
)
def test_years_and_decades_are_read_as_said(text, years):
    assert span(text) == years


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("19th century?", (1800, 1899)),
        ("nineteenth century", (1800, 1899)),
        ("17th–18th century", (1600, 1799)),
        ("12th or 13th century", (1100, 1299)),
        ("late 18th century", (1767, 1799)),
        ("mid-18th century", (1734, 1766)),
        ("mid- to late 19th century", (1834, 1899)),
        ("second half of the 16th century", (1550, 1599)),
        ("third quarter 18th century", (1750, 1774)),
        ("mid-2nd–early 3rd century CE", (134, 233)),
        ("first half of 1st century CE", (1, 49)),
        ("last decade of the 15th century", (1490, 1499)),
        ("10th -11th century", (900, 1099)),
    ],
)
def test_a_century_and_its_parts_are_counted_as_museums_count(text, years):
    assert span(text) == years


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("550 BCE", (-550, -550)),
        ("4th–3rd century B.C.", (-399, -200)),
        ("last quarter of the 6th century BCE", (-524, -500)),
        ("1st century BCE–3rd century CE", (-99, 299)),
        ("20 BC–AD 50", (-20, 50)),
        ("ca. 2000–1500 BCE", (-2000, -1500)),
        ("ca. 10,000 BCE", (-10000, -10000)),
        ("early 5th millennium B.C.", (-4999, -4666)),
        ("reigned 1279–1213 BC", (-1279, -1213)),
        ("120–80 BC", (-120, -80)),
        ("A.D. 200–250", (200, 250)),
        ("-550", (-550, -550)),
    ],
)
def test_years_before_our_era_are_negative(text, years):
    assert span(text) == years


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("1883, printed 1901", (1883, 1883)),
        ("modeled 1885, cast ca. 1900–1907", (1885, 1885)),
        ("published 1819", (1819, 1819)),
        ("1967 (designed) c. 1977 (manufactured)", (1967, 1977)),
        ("Qianlong period (1736-1795)", (1736, 1795)),
        ("Edo period (1615-1868), c. 1790", (1790, 1790)),
        ("18th century, after 1713", (1713, 1799)),
        ("after 1532–before ca. 1550", (1532, 1550)),
        ("A.H. 1023/ A.D. 1614", (1614, 1614)),
        ("dated 741 AH/1341 CE", (1341, 1341)),
        ("A.H. 1023", (1614, 1615)),
        ("26th Dynasty, 664–525 BCE", (-664, -525)),
    ],
)
def test_parts_of_a_date_narrow_each_other_and_a_later_printing_does_not_count(text, years):
    assert span(text) == years


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("1501/1550", (1501, 1550)),
        ("1984?", (1984, 1984)),
        ("156X", (1560, 1569)),
        ("15XX", (1500, 1599)),
        ("1570~/1580", (1570, 1580)),
        ("2004-06-11", (2004, 2004)),
        ("1984-06/2004-08", (1984, 2008)),
        ("-0550", (-551, -551)),  # astronomical: 0 is 1 BCE
    ],
)
def test_edtf_is_read(text, years):
    assert span(text) == years


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("um 1500", (1500, 1500)),
        ("vers 1500", (1500, 1500)),
        ("16. Jh.", (1500, 1599)),
        ("4. Jh. v. Chr.", (-399, -300)),
        ("Anfang 16. Jahrhundert", (1500, 1533)),
        ("XVIe siècle", (1500, 1599)),
        ("XVIIe-XVIIIe siècle", (1600, 1799)),
        ("début XVIe siècle", (1500, 1533)),
        ("16e eeuw", (1500, 1599)),
        ("1e helft 17e eeuw", (1600, 1649)),
    ],
)
def test_german_french_and_dutch_are_read(text, years):
    assert span(text) == years


@pytest.mark.parametrize(
    ("text", "years"),
    [("Edo period", (1615, 1868)), ("Ming dynasty", (1368, 1644)), ("Ming–Qing dynasty", (1368, 1911))],
)
def test_periods_on_whose_years_all_agree_are_known(text, years):
    assert span(text) == years


@pytest.mark.parametrize(
    "text",
    [
        "",
        "n.d.",
        "date not known",
        "undated",
        "before 1500",
        "after 1801",
        "by 1884",
        "17th century or later",
        "[..1984]",
        "1984/..",
        "Bronze Age",
        "late Qing",
        "19",
        "9999",
        "fifth",
        "Gallery 1900",
        "19th century copy of a 15th century work",
        "no. 1234",
        "17th-1850",
    ],
)
def test_what_is_not_understood_to_the_last_word_gives_nothing(text):
    assert span(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "330–20 BC",  # to 320, or to 20?
        "200 BC–100",  # of which era?
        "500–400",  # an era seems to be missing
        "1898–02",
        "1700s",
    ],
)
def test_what_has_two_meanings_gives_nothing(text):
    assert span(text) is None


def test_years_keep_out_of_the_year_0():
    assert span("1st century BCE") == (-99, -1)
    assert span("1st century CE") == (1, 99)
    assert span("0") is None


WORDS = st.sampled_from(
    [
        "ca.",
        "early",
        "mid",
        "late",
        "19th",
        "4th",
        "century",
        "BC",
        "B.C.",
        "CE",
        "A.D.",
        "AH",
        "-",
        "–",
        "/",
        ",",
        "(",
        ")",
        "or",
        "to",
        "and",
        "before",
        "after",
        "1570",
        "80",
        "550",
        "3rd",
        "half",
        "first",
        "quarter",
        "of",
        "the",
        "1920s",
        "printed",
        "Edo",
        "Ming",
        "period",
        "XVIe",
        "siècle",
        "Jh.",
        "v. Chr.",
        "156X",
        "?",
        "~",
        "millennium",
    ]
)
JOINED = st.one_of(st.lists(WORDS, max_size=9).map(" ".join), st.lists(WORDS, max_size=9).map("".join))


@given(st.text(max_size=80) | JOINED)
def test_any_text_gives_years_in_order_or_nothing(text):
    years = span(text)

    assert years is None or (years[0] <= years[1] and 0 not in years and all(type(year) is int for year in years))


@pytest.mark.parametrize("piece", ["1", "19th ", "early ", "-", "1570-", "(", "b. c. ", "ca. ", "iv ", "j.-c.", "  "])
def test_a_long_text_takes_no_time(piece):
    start = time.perf_counter()
    for count in (190 // len(piece), 100_000):
        span(piece * count)

    assert time.perf_counter() - start < 1
