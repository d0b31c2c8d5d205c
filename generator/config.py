"""site.toml over the defaults -> Config. The only reader of both."""

import difflib
import hashlib
import json
import re
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from generator.colors import contrast, parse
from generator.errors import ConfigError, Fault

FILE = "site.toml"
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{3}){0,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-[A-Za-z0-9]{1,8})*")
COLUMN = re.compile(r"[^\W_][\w -]{0,59}")
COLOR = re.compile(r"#[0-9A-Fa-f]{6}")
CONTRAST = 4.5  # WCAG 2.2, 1.4.3: text against its ground
KINDS = {str: "text in quotes", int: "a whole number", list: "a list in brackets"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Colors:
    """The colors of one theme, each #rrggbb."""

    accent: str
    paper: str
    ink: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """What the owner chose."""

    title: str
    subtitle: str
    about: tuple[str, ...]  # paragraphs
    language: str  # BCP 47
    base_url: str  # http(s) with a final slash, or empty
    credits: str
    facets: tuple[str, ...]  # one to three columns of works.csv, or "period", which is made from the year
    not_recorded: str  # the value of an empty facet; empty: such a work is refused
    truth: str  # the column of ground truth; empty: there is none
    encoder: str
    weights: Path | None
    neighbors: int  # k, 1 to 50
    per_page: int  # works on a browse page
    light: Colors
    dark: Colors

    def digest(self) -> str:
        """Return the SHA-256 of all of it but the weights, whose content counts and not their place."""
        return hashlib.sha256(repr(replace(self, weights=None)).encode()).hexdigest()


def load(folder: Path, defaults: Path) -> tuple[Config, tuple[Fault, ...]]:
    """Return the configuration of a content folder, and warnings. Raises ConfigError with every fault."""
    text, given = _read(folder / FILE)
    reader = _Reader(text or "", given, tomllib.loads(defaults.read_text(encoding="utf-8")))
    config = _config(reader, folder)
    if reader.faults:
        raise ConfigError(reader.faults)
    warnings = _unspoken(config.language, defaults.parent / "strings")
    if given.get("title"):
        return config, warnings
    found = f"{'no such file' if text is None else 'no title'}; the site is called {config.title}"
    fix = f"write {'such a file with ' if text is None else ''}title = {_shown(config.title)}"
    return config, (*warnings, Fault(file=FILE, found=found, expected="the collection's title", fix=fix, warning=True))


def _unspoken(language: str, strings: Path) -> tuple[Fault, ...]:
    """Return a warning where the interface has no words in the language of the site."""
    if any((strings / f"{name}.toml").is_file() for name in (language, language.split("-")[0])):
        return ()
    found = f"{_shown(language)}, in which the interface has no words; they stay English"
    fix = f"translate templates/strings/en.toml into {language}.toml beside it"
    return (Fault(file=FILE, column="language", found=found, expected="a translation", fix=fix, warning=True),)


def checked_base_url(text: str) -> str:
    """Return the address with a final slash, or "" for "". Raises ValueError where it is none to publish at."""
    if not text:
        return ""
    expected = f"{text!r} is no address to publish at; expected one such as https://me.github.io/art/"
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise ValueError(expected) from error
    if parts.scheme not in ("http", "https") or not host or parts.query or parts.fragment or parts.username is not None:
        raise ValueError(expected)
    if not re.fullmatch(r"[!-~]+", text) or re.search(r"[\"'<>\\^`{|}]", text):
        raise ValueError(expected)
    return text.rstrip("/") + "/"


def _read(path: Path) -> tuple[str | None, dict[str, Any]]:
    """Return the file's text and what it says; None and nothing where there is no file."""
    text = ""
    row: int | None = None
    try:
        text = path.read_bytes().decode("utf-8-sig")
        return text, tomllib.loads(text)
    except FileNotFoundError:
        return None, {}
    except UnicodeDecodeError as error:
        row = error.object[: error.start].count(b"\n") + 1
        words, cause = ("bytes that are not UTF-8", "UTF-8", "save as UTF-8"), error
    except ValueError as error:  # TOMLDecodeError, or a number of thousands of digits
        line = re.search(r"at line (\d+)", str(error))
        row = int(line[1]) if line else max(1, len(text.rstrip().splitlines()))
        found = f"what is no TOML ({str(error)[:120]})"
        fix = "look for a missing quotation mark or bracket in this line or before"
        words, cause = (found, 'lines such as title = "My collection"', fix), error
    except RecursionError as error:
        words, cause = ("brackets nested too deeply", "plain lines", "remove them"), error
    except OSError as error:
        words, cause = (f"a file that cannot be read ({error.strerror})", "a text file", "check its permissions"), error
    raise ConfigError([Fault(file=FILE, row=row, found=words[0], expected=words[1], fix=words[2])]) from cause


def _config(reader: "_Reader", folder: Path) -> Config:
    reader.check_names()
    # A resolved path has a name even where the folder is given as "."
    title = reader.text("title") or folder.resolve().name or "Collection"
    about = tuple(
        " ".join(part.split()) for part in re.split(r"\n\s*\n", reader.text("about", lines=True)) if part.strip()
    )
    return Config(
        title=title,
        subtitle=reader.text("subtitle"),
        about=about,
        language=_language(reader),
        base_url=_base_url(reader),
        credits=reader.text("credits"),
        facets=_facets(reader),
        not_recorded=reader.text("not_recorded"),
        truth=reader.text("truth").casefold(),
        encoder=_encoder(reader),
        weights=_weights(reader, folder),
        neighbors=reader.number("neighbors", 1, 50),
        per_page=reader.number("per_page", 12, 500),
        light=_colors(reader, "theme"),
        dark=_colors(reader, "theme.dark"),
    )


class _Reader:
    """What is given over the defaults; collects what is wrong, and answers with the default there."""

    def __init__(self, text: str, given: dict[str, Any], defaults: dict[str, Any]) -> None:
        self.text_lines = text.splitlines()
        self.given, self.defaults = _flat(given), _flat(defaults)
        self.faults: list[Fault] = []

    def fault(self, name: str, expected: str, fix: str, *, found: str | None = None) -> None:
        shown = found or f"{name} = {_shown(self.given.get(name))}"
        row = _row(self.text_lines, name)
        self.faults.append(Fault(file=FILE, row=row, column=name, found=shown, expected=expected, fix=fix))

    def check_names(self) -> None:
        tables = {name.rpartition(".")[0] for name in self.defaults} - {""}
        for name in sorted(self.given):
            if name in self.defaults or (name in tables and self.given[name] == {}):
                continue
            if name in tables:
                self.fault(name, "a table", f"write [{name}] on a line of its own, and its colors below")
                continue
            near = difflib.get_close_matches(name, [*self.defaults, *tables], n=1, cutoff=0.6)
            fix = f"did you mean {near[0]}?" if near else "remove it"
            self.fault(name, "one of " + ", ".join(sorted(self.defaults)), fix, found=f"an unknown name, {name}")

    def value(self, name: str, kind: type) -> Any:
        """Return what is given if it is of the kind, else the default."""
        default = self.defaults[name]
        found = self.given.get(name, default)
        if type(found) is not kind:
            self.fault(name, KINDS[kind], f"write {name.rpartition('.')[2]} = {_shown(default)} or leave it out")
            return default
        return found

    def text(self, name: str, *, lines: bool = False) -> str:
        found: str = self.value(name, str)
        if re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", found):
            self.fault(name, "text without control characters", "write it anew")
            return str(self.defaults[name])
        found = unicodedata.normalize("NFC", found)
        return found.strip() if lines else " ".join(found.split())

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


def _shown(value: object) -> str:
    """Return the value as TOML would have it, cut where it is long."""
    try:
        words = json.dumps(value, ensure_ascii=False, default=str)
    except ValueError:  # a hexadecimal number of thousands of digits
        words = "a very long number"
    return words if len(words) <= 80 else words[:79] + "…"


def _language(reader: _Reader) -> str:
    found = reader.text("language")
    if not LANGUAGE.fullmatch(found):
        reader.fault("language", 'a language tag (BCP 47) such as "en", "fr-CA" or "zh-Hant"', 'write language = "en"')
    return found


def _base_url(reader: _Reader) -> str:
    try:
        return checked_base_url(reader.text("base_url"))
    except ValueError:
        expected = "an address that begins with https:// or http://"
        reader.fault("base_url", expected, 'write base_url = "https://me.github.io/art/" or leave it out')
        return ""


def _encoder(reader: _Reader) -> str:
    found = reader.text("encoder")
    if not found:
        reader.fault(
            "encoder", "the name of an encoder", f"write encoder = {_shown(reader.defaults['encoder'])} or leave it out"
        )
    return found


def _weights(reader: _Reader, folder: Path) -> Path | None:
    found = reader.text("weights")
    if not found:
        return None
    path = folder / found
    if not path.is_file():
        reader.fault("weights", f"a file, looked for at {path}", "put the file there, or leave weights out")
    return path


def _facets(reader: _Reader) -> tuple[str, ...]:
    found = reader.value("facets", list)
    fix = f"write facets = {_shown(reader.defaults['facets'])}"
    if not all(isinstance(name, str) and COLUMN.fullmatch(name.strip()) for name in found):
        reader.fault("facets", "names of columns of works.csv", fix)
        return tuple(reader.defaults["facets"])
    names = tuple(re.sub(r"[\s-]+", "_", name.strip().casefold()) for name in found)
    if not 1 <= len(names) <= 3 or len(set(names)) < len(names):
        reader.fault("facets", "one to three different columns", fix)
        return tuple(reader.defaults["facets"])
    return names


def _colors(reader: _Reader, table: str) -> Colors:
    """Return the three colors of a table; text in them must be readable on its ground."""
    colors = {}
    for part in ("accent", "paper", "ink"):
        name = f"{table}.{part}"
        colors[part] = reader.text(name).lower()
        if not COLOR.fullmatch(colors[part]):
            reader.fault(name, 'a color such as "#8c2f1b"', f"write {part} = {_shown(reader.defaults[name])}")
            colors[part] = reader.defaults[name]
    for part in ("accent", "ink"):
        ratio = contrast(parse(colors[part]), parse(colors["paper"]))
        if ratio < CONTRAST:
            default = _shown(reader.defaults[f"{table}.{part}"])
            found = f"{part} {colors[part]} on paper {colors['paper']}, a contrast of {ratio:.1f} to 1"
            fix = f"make one of them lighter or darker, or leave both out ({part} is then {default})"
            reader.fault(f"{table}.{part}", f"at least {CONTRAST} to 1, to be readable", fix, found=found)
    return Colors(**colors)
