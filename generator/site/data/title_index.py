"""The works by the words of their titles and makers, for the search as one types on the page of paths.

data/titles/B.json   {word: [rows]} of the words whose first two signs fall into bucket B; 0 in place of the rows of a
                     word that more than a fifth of the works have: asking for it narrows nothing
"""

import re
import unicodedata

from generator.core.model import Collection
from generator.site.data import browser
from generator.site.render import compact_json

SIGNS = 2  # of a word that say in which bucket it is
COMMON, FEW = 5, 40  # a word in one of COMMON works, and in FEW at least, is not looked up


def words(text: str) -> list[str]:
    """Return the words of a text without case and accents, as static/titles.js takes them from what is typed."""
    plain = "".join(
        sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.category(sign).startswith("M")
    )
    return re.findall(r"[^\W_]+", plain.lower())


def index(collection: Collection) -> list[bytes]:
    """Return the buckets of words."""
    count = browser.buckets(collection)
    rows: dict[str, list[int]] = {}
    for row, work in enumerate(collection.works):
        for word in set(words(f"{work.title} {work.creator}")):
            rows.setdefault(word, []).append(row)
    most = max(FEW, len(collection.works) // COMMON)
    held: list[dict[str, list[int] | int]] = [{} for _ in range(count)]
    for word in sorted(rows):
        held[browser.bucket(word[:SIGNS], count)][word] = rows[word] if len(rows[word]) <= most else 0
    return [compact_json(bucket) for bucket in held]
