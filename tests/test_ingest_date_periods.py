"""Named periods of dates: the years on which handbooks agree, and the words around them."""

import pytest

from generator.ingest.normalize.dates import span

YEARS = {
    "Asuka period": (538, 710),
    "Nara period": (710, 794),
    "Heian period": (794, 1185),
    "Kamakura period": (1185, 1333),
    "Nanbokuchō period": (1336, 1392),
    "Muromachi period": (1392, 1573),
    "Momoyama period": (1573, 1615),
    "Edo period": (1615, 1868),
    "Meiji period": (1868, 1912),
    "Taishō period": (1912, 1926),
    "Shōwa period": (1926, 1989),
    "Heisei period": (1989, 2019),
    "Western Zhou dynasty": (-1046, -771),
    "Eastern Zhou dynasty": (-771, -256),
    "Han dynasty": (-206, 220),
    "Western Han dynasty": (-206, 9),
    "Eastern Han dynasty": (25, 220),
    "Northern Wei dynasty": (386, 534),
    "Northern Qi dynasty": (550, 577),
    "Sui dynasty": (581, 618),
    "Tang dynasty": (618, 907),
    "Five Dynasties": (907, 960),
    "Liao dynasty": (907, 1125),
    "Song dynasty": (960, 1279),
    "Northern Song dynasty": (960, 1127),
    "Southern Song dynasty": (1127, 1279),
    "Yuan dynasty": (1271, 1368),
    "Ming dynasty": (1368, 1644),
    "Qing dynasty": (1644, 1911),
    "Kangxi period": (1662, 1722),
    "Yongzheng period": (1723, 1735),
    "Qianlong period": (1736, 1795),
    "Goryeo dynasty": (918, 1392),
    "Joseon dynasty": (1392, 1910),
    "Mughal": (1526, 1858),
    "Safavid": (1501, 1736),
    "Qajar": (1779, 1925),
    "Timurid": (1370, 1507),
    "Ilkhanid": (1256, 1353),
    "Achaemenid": (-550, -330),
    "Sasanian": (224, 651),
    "Umayyad": (661, 750),
    "Fatimid": (909, 1171),
    "Mamluk": (1250, 1517),
    "Majapahit": (1296, 1520),
    "Old Kingdom": (-2649, -2130),
    "Middle Kingdom": (-2030, -1650),
    "New Kingdom": (-1550, -1070),
    "Ptolemaic Period": (-332, -30),
    "Carolingian": (751, 987),
    "Victorian era": (1837, 1901),
    "Edwardian": (1901, 1910),
    "Hellenistic": (-323, -31),
}


@pytest.mark.parametrize(("words", "years"), YEARS.items())
def test_a_named_period_has_its_years(words, years):
    assert span(words) == years


@pytest.mark.parametrize(
    ("words", "years"),
    [
        ("Yuan-Ming dynasty", (1271, 1644)),
        ("Momoyama-Edo period", (1573, 1868)),
        ("Edo period, 18th century", (1700, 1799)),
        ("Qing dynasty, 1750", (1750, 1750)),
        ("Qing-Yuan dynasty", None),
        ("Bronze Age", None),
    ],
)
def test_a_period_is_joined_with_what_stands_beside_it(words, years):
    assert span(words) == years


@pytest.mark.parametrize(
    ("words", "years"),
    [
        ("1st century", (1, 99)),
        ("2nd century", (100, 199)),
        ("21st century", (2000, 2099)),
        ("22nd century", None),
        ("0th century", None),
        ("1st century BCE", (-99, -1)),
        ("4th century BCE", (-399, -300)),
        ("first half of the 4th century BCE", (-399, -350)),
        ("second half of the 1st century BCE", (-49, -1)),
        ("last quarter of the 18th century", (1775, 1799)),
        ("second quarter of the 18th century", (1725, 1749)),
        ("first quarter of the 18th century", (1700, 1724)),
        ("first decade of the 18th century", (1700, 1709)),
        ("early 18th century", (1700, 1733)),
        ("late 18th century", (1767, 1799)),
        ("3rd millennium BCE", (-2999, -2000)),
        ("12th millennium BCE", (-11999, -11000)),
        ("13th millennium BCE", None),
        ("AH 1250", (1834, 1835)),
        ("1500 AH", (2076, 2077)),
        ("AH 1501", None),
        ("2100", (2100, 2100)),
        ("2101", None),
        ("185x", (1850, 1859)),
        ("18xx", (1800, 1899)),
        ("1700s", None),
        ("early 1850s", (1850, 1853)),
        ("99", None),
        ("100", (100, 100)),
        ("99 BCE", (-99, -99)),
        ("1828-9", (1828, 1829)),
        ("1570-65", None),
        ("330-20 BCE", None),
        ("330-300 BCE", (-330, -300)),
        ("50 BCE-50 CE", (-50, 50)),
        ("-0550", (-551, -551)),
        ("-550", (-550, -550)),
        ("between 1900 and 1910", (1900, 1910)),
        ("after 1713, 18th century", (1713, 1799)),
        ("before 1713, 18th century", (1700, 1713)),
        ("after 1801", None),
        ("1856, 1883", (1856, 1883)),
        ("1856; printed 1950", (1856, 1856)),
    ],
)
def test_a_date_has_the_years_that_a_table_of_right_values_says(words, years):
    assert span(words) == years
