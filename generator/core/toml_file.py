"""A TOML file over defaults: the value of each name, and what is wrong with it, line by line."""

import difflib
import json
import re
import tomllib
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from generator.core.errors import Fault, plain

FILE = "site.toml"
LARGEST = 1_000_000  # bytes
MAP = "map"  # a table in site.toml that only ingest reads
NOTES = "notes"  # a table whose names are the owner's: facet=value
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
KINDS = {str: "text in quotes", bool: "true or false", int: "a whole number", list: "a list in brackets"}


def read(path: Path) -> tuple[str | None, dict[str, Any], list[Fault]]:
    """Return the file's text, what it says, and what is wrong with it; None and nothing where there is no file."""
    text, row = "", None
    try:
        if path.exists() and (not path.is_file() or path.stat().st_size > LARGEST):  # a pipe or a device never ends
            fault = ("not a text file, or too large", f"at most {LARGEST:,} bytes", "write a new file")
            return "", {}, [Fault(file=FILE, found=fault[0], expected=fault[1], fix=fault[2])]
        text = path.read_bytes().decode("utf-8-sig")
        return text, tomllib.loads(text), []
    except FileNotFoundError:
        return None, {}, []
    except UnicodeDecodeError as error:
        row = error.object[: error.start].count(b"\n") + 1
        words = ("bytes that are not UTF-8", "UTF-8", "save as UTF-8")
    except ValueError as error:  # TOMLDecodeError, or a number of thousands of digits
        line = re.search(r"at line (\d+)", str(error))
        row = int(line[1]) if line else max(1, len(text.rstrip().splitlines()))
        fix = "look for a missing quotation mark or bracket in this line or above"
        words = (f"not valid TOML ({str(error)[:120]})", 'lines such as title = "My collection"', fix)
    except RecursionError:
        words = ("brackets nested too deeply", "plain lines", "remove them")
    except OSError as error:
        words = (f"a file that cannot be read ({error.strerror})", "a text file", "check its permissions")
    return text, {}, [Fault(file=FILE, row=row, found=words[0], expected=words[1], fix=words[2])]


class Reader:
    """What is given over the defaults; collects what is wrong, and answers with the default there."""

    def __init__(self, text: str, given: dict[str, Any], defaults: dict[str, Any]) -> None:
        self.text_lines = text.splitlines()
        self.given, self.defaults = _flat(given), _flat(defaults)
        self.faults: list[Fault] = []

    def fault(self, name: str, expected: str, fix: str, *, found: str | None = None) -> None:
        words = found or f"{name} = {shown(self.given.get(name))}"
        column = name if name in self.defaults else plain(name)
        row = _row(self.text_lines, name)
        self.faults.append(Fault(file=FILE, row=row, column=column, found=words, expected=expected, fix=fix))

    def check_names(self) -> None:
        tables = {name.rpartition(".")[0] for name in self.defaults} - {""}
        for name in sorted(self.given):
            if (
                name in self.defaults
                or name.partition(".")[0] in (MAP, NOTES)
                or (name in tables and self.given[name] == {})
            ):
                continue
            if name in tables:
                self.fault(name, "a table", f"write [{name}] on a line of its own, and its colors below")
                continue
            near = difflib.get_close_matches(name, [*self.defaults, *tables], n=1, cutoff=0.6)
            fix = f"did you mean {near[0]}?" if near else "remove it"
            self.fault(name, "one of " + ", ".join(sorted(self.defaults)), fix, found=f"an unknown name, {plain(name)}")

    def value(self, name: str, kind: type) -> Any:
        """Return what is given if it is of the kind, else the default."""
        default = self.defaults[name]
        found = self.given.get(name, default)
        if type(found) is not kind:
            self.fault(name, KINDS[kind], f"write {name.rpartition('.')[2]} = {shown(default)} or leave it out")
            return default
        return found

    def text(self, name: str, *, lines: bool = False) -> str:
        found: str = self.value(name, str)
        if CONTROL.search(found):
            self.fault(name, "text without control characters", "remove them")
            return str(self.defaults[name])
        found = unicodedata.normalize("NFC", found)
        return found.strip() if lines else " ".join(found.split())

    def table(self, name: str) -> dict[str, Any]:
        """Return a table whose names are the owner's own."""
        before = f"{name}."
        return {key.removeprefix(before): value for key, value in self.given.items() if key.startswith(before)}

    def number(self, name: str, low: int, high: int) -> int:
        found: int = self.value(name, int)
        if not low <= found <= high:
            self.fault(name, f"a number from {low} to {high}", f"write {name} = {self.defaults[name]}")
            return int(self.defaults[name])
        return found


def _row(lines: Sequence[str], name: str) -> int | None:
    """Return the line that sets the name, or begins the table of it; None where it is written some other way."""
    table = ""
    for number, line in enumerate(lines, 1):
        if header := re.match(r"\s*\[\s*([\w.-]+)\s*\]", line):
            table = header[1] + "."
        key = re.match(r"\s*[\"']?([\w.-]+)[\"']?\s*=", line)
        if name == (table + key[1] if key else table[:-1] if header else None):
            return number
    return None


def _flat(table: dict[str, Any], before: str = "") -> dict[str, Any]:
    """Return the tables within tables as one, with dotted names."""
    flat: dict[str, Any] = {}
    for name, value in table.items():
        if isinstance(value, dict) and value:
            flat.update(_flat(value, f"{before}{name}."))
        else:
            flat[before + name] = value
    return flat


def shown(value: object) -> str:
    """Return the value as TOML would have it, cut where it is long."""
    try:
        words = json.dumps(value, ensure_ascii=False, default=str)
    except ValueError:  # a hexadecimal number of thousands of digits
        words = "a very long number"
    return plain(words)
