"""Sources as tests ask them: tables written on the spot, and a client that answers from a dictionary."""

import csv

from generator.core.errors import FetchError
from generator.ingest.sources import SOURCES
from generator.ingest.sources.base import SourceQuery


class Answers:
    """A client whose answers are known beforehand; `asked` are the addresses it was asked for."""

    def __init__(self, answers):
        self.answers = answers
        self.asked = []

    def json(self, url):
        self.asked.append(url)
        if url not in self.answers:
            raise FetchError(url, reason="not found (404)")
        return self.answers[url]


def table(path, *rows, columns=None):
    """Write a table, of which each row may lack columns, and return its path."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns or list(rows[0]), restval="")
        writer.writeheader()
        writer.writerows(rows)
    return str(path)


def read(source, *inputs, answers=None, **asked):
    """Return all that a source gives."""
    return list(SOURCES[source].records(SourceQuery(inputs=inputs, client=Answers(answers or {}), **asked)))
