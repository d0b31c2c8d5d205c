"""The words of the interface: templates/strings/LANGUAGE.toml -> text. The home of babel.

Nothing else in the program speaks to visitors.
"""

import re
import tomllib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from babel import Locale, UnknownLocaleError, numbers

FALLBACK = "en"
LINE = 60  # characters of a title or a date beside other words, as static/words.js cuts them too
APART = "\u2068\u2069"  # FSI, PDI: what stands between them turns nothing around it
PLURALS = (  # ends of English names and what they become; "materials" is many already
    ("(?<=medi)um", "a"),
    ("(?<=[^aeiou])y", "ies"),
    ("(?<=ss|sh|ch)|(?<=[xz])", "es"),
    ("s", "s"),
    ("", "s"),
)


class Words:
    """Looks up the interface's words by name, such as words("work.elsewhere", facet="period")."""

    def __init__(self, folder: Path, language: str) -> None:
        self.language = _spoken(folder, language)
        self.locale = _locale(self.language)
        self.direction = direction(self.language)
        # Bound methods are cached here and not by a decorator, which would keep every catalogue alive.
        self.number, self.percent = lru_cache(4_096)(self._number), lru_cache(1_024)(self._percent)
        # What a translation lacks stays English: one made for an older version is better than none.
        self.texts = _read(folder, FALLBACK) | _read(folder, self.language)

    def __call__(self, name: str, /, **given: object) -> str:
        given = {key: self._apart(value) for key, value in given.items()}
        return self.texts[name].format_map(given) if given else self.texts[name]

    def count(self, name: str, number: int, /, **given: object) -> str:
        """Return "1 work" or "1,234 works": the text of the language's plural category (CLDR), or else of "other"."""
        form = f"{name}.{self.locale.plural_form(number)}"
        return self(form if form in self.texts else f"{name}.other", number=self.number(number), **given)

    def _number(self, number: int) -> str:
        return numbers.format_decimal(number, locale=self.locale)

    def _percent(self, thousandths: int) -> str:
        """Return 998 thousandths as "99.8"."""
        return numbers.format_decimal(thousandths / 10, format="0.0", locale=self.locale)

    def listed(self, names: Iterable[str], last: str = "and") -> str:
        """Return the names as they stand in a sentence: "form, size and period"; with "or" where that is `last`."""
        *before, end = [str(self._apart(name)) for name in names]
        return self(f"home.{last}").join([self("home.comma").join(before), end] if before else [end])

    def _apart(self, value: object) -> object:
        """Return a name so marked (FSI, PDI) that in another script it turns nothing around it; what is marked stays."""
        if self.direction == "ltr" or not isinstance(value, str) or value.startswith(APART[0]):
            return value
        return f"{APART[0]}{value}{APART[1]}" if any(map(str.isalpha, value)) else value

    def part(self, prefix: str) -> dict[str, str]:
        """Return all texts whose names begin so, by the rest of the name."""
        return {name.removeprefix(prefix): text for name, text in self.texts.items() if name.startswith(prefix)}


def shortened(text: str, most: int = LINE) -> str:
    """Return the text cut at a word, with an ellipsis, where it is longer than `most` characters."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:-–—") + "…"


def titled(text: str) -> str:
    """Return the text with a capital first letter: "art form" is "Art form"."""
    return text[:1].upper() + text[1:]


def plural(name: str, language: str) -> str:
    """Return the name of a column in the plural: "art form" is "art forms"; unchanged unless the language is English."""
    if language.split("-")[0].lower() != "en":
        return name
    end, many = next((end, many) for end, many in PLURALS if re.search(f"{end}$", name, re.IGNORECASE))
    return re.sub(f"{end}$", many, name, count=1, flags=re.IGNORECASE)


def direction(language: str) -> str:
    """Return the direction in which a language (BCP 47) is written, "ltr" or "rtl"."""
    script = next((part for part in language.split("-")[1:] if len(part) == 4 and part.isalpha()), "")
    # Babel drops a script that a language is not recorded in (ku-Arab), but knows which way the script itself runs.
    way = _locale(f"und-{script}" if script else language).text_direction
    # Mongolian's own script runs from top to bottom, for which HTML has no word.
    return "rtl" if way == "rtl" else "ltr"


def _spoken(folder: Path, language: str) -> str:
    """Return the best catalogue there is for a language: its own, that of its first part, or English."""
    tried = (language, language.split("-")[0])
    return next((name for name in tried if (folder / f"{name}.toml").is_file()), FALLBACK)


def _locale(language: str) -> Locale:
    """Return how the language counts and writes numbers; as English does where nobody has recorded it."""
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale(FALLBACK)


def _read(folder: Path, language: str) -> dict[str, str]:
    path = folder / f"{language}.toml"
    return _flat(tomllib.loads(path.read_text(encoding="utf-8"))) if path.is_file() else {}


def _flat(table: dict[str, object], before: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for name, value in table.items():
        flat |= _flat(value, f"{before}{name}.") if isinstance(value, dict) else {before + name: str(value)}
    return flat
