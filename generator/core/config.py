"""Configuration: site.toml over the defaults -> Config. The only reader of both, by way of toml_file."""

import hashlib
import re
import tomllib
import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from generator.core import rights
from generator.core.colors import contrast, parse
from generator.core.errors import ConfigError, Fault
from generator.core.toml_file import CONTROL, FILE, NOTES, Reader, read, shown
from generator.core.web import is_web_address

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{3}){0,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-[A-Za-z0-9]{1,8})*")
COLUMN = re.compile(r"[^\W_][\w -]{0,59}")
COLOR = re.compile(r"#[0-9A-Fa-f]{6}")
NARROWEST, WIDEST = 120, 4_000  # pixels of a published picture
LONGEST = 300  # characters of a content note
CARDS = ("pairs", "works", "none")
CONTRAST = 4.5  # WCAG 2.2, 1.4.3: text against its ground


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
    language: str  # of the records, BCP 47
    interface: str  # of everything else a visitor reads, BCP 47
    base_url: str  # http(s) with a final slash, or empty
    credits: str
    data_license: str  # of the tables of open data: a license that core.rights knows, or empty
    published: str  # the day as ISO 8601, or empty: then there is no feed
    share_cards: str  # one of CARDS
    facets: tuple[str, ...]  # one to three columns of works.csv, or "period", which is made from the year
    not_recorded: str  # the value of an empty facet; empty: such a work is refused
    truth: str  # the column of ground truth; empty: there is none
    encoder: str
    weights: Path | None
    neighbors: int  # k, 1 to 50
    per_page: int  # works on a browse page
    tiles: bool  # pictures at their full size are published too, cut into tiles
    map: bool  # all works are laid out on a map
    widths: tuple[int, ...]  # about so many pixels wide each work's pictures are made, one to three, the least first
    paths: bool  # there are pages of paths between works
    budget_mb: int  # most megabytes of the whole site
    veil: bool  # pictures of works with a content note are veiled until a visitor asks for them
    notes: tuple[tuple[str, str], ...]  # facet=value, and the content note of every work that has the value
    light: Colors
    dark: Colors

    def digest(self) -> str:
        """Return the SHA-256 of all of it but the weights, whose content counts and not their place."""
        return hashlib.sha256(repr(replace(self, weights=None)).encode()).hexdigest()


def load(folder: Path, defaults: Path) -> tuple[Config, tuple[Fault, ...]]:
    """Return the configuration of a content folder, and warnings. Raises ConfigError with every fault."""
    config, notes = examine(folder, defaults)
    if faults := [note for note in notes if not note.warning]:
        raise ConfigError(faults)
    return config, notes


def examine(folder: Path, defaults: Path) -> tuple[Config, tuple[Fault, ...]]:
    """Return the configuration with the default for whatever is at fault, and every fault and warning."""
    text, given, faults = read(folder / FILE)
    reader = Reader(text or "", given, tomllib.loads(defaults.read_text(encoding="utf-8")))
    config = _config(reader, folder)
    notes = (*faults, *reader.faults, *_unspoken(config, defaults.parent / "strings"))
    if given.get("title") or faults:  # of a file that cannot be read nobody knows whether it says a title
        return config, notes
    what, write = ("no such file", "create it with") if text is None else ("no title", "write")
    found, fix = f"{what}; the site will be called {config.title}", f"{write} title = {shown(config.title)}"
    return config, (*notes, Fault(file=FILE, found=found, expected="a title for the collection", fix=fix, warning=True))


def _unspoken(config: Config, strings: Path) -> tuple[Fault, ...]:
    """Return a warning where the interface has no words in the language of the site."""
    language, setting = config.interface, "interface" if config.interface != config.language else "language"
    if any((strings / f"{name}.toml").is_file() for name in (language, language.split("-")[0])):
        return ()
    found = f"{shown(language)}, for which there is no translation; the interface stays English"
    fix = f"translate templates/strings/en.toml into {language}.toml beside it"
    return (Fault(file=FILE, column=setting, found=found, expected="a translation", fix=fix, warning=True),)


def checked_base_url(text: str) -> str:
    """Return the address with a final slash, or "" for "". Raises ValueError where it is none to publish at."""
    if not text:
        return ""
    unfit = re.search(r"[^!-~]|[\"'<>\\^`{|}]", text) or not is_web_address(text)
    if unfit or urlsplit(text).query or urlsplit(text).fragment:
        raise ValueError(f"{text!r} is not a web address; expected one such as https://me.github.io/art/")
    return text.rstrip("/") + "/"


def _config(reader: Reader, folder: Path) -> Config:
    reader.check_names()
    about = [" ".join(part.split()) for part in re.split(r"\n\s*\n", reader.text("about", lines=True))]
    return Config(
        title=reader.text("title") or _name(folder) or "Collection",
        subtitle=reader.text("subtitle"),
        about=tuple(filter(None, about)),
        language=(language := _language(reader, "language")),
        interface=_language(reader, "interface") or language,
        base_url=_base_url(reader),
        credits=reader.text("credits"),
        data_license=_data_license(reader),
        published=_published(reader),
        share_cards=_share_cards(reader),
        facets=_facets(reader),
        not_recorded=reader.text("not_recorded"),
        truth=reader.text("truth").casefold(),
        encoder=_encoder(reader),
        weights=_weights(reader, folder),
        neighbors=reader.number("neighbors", 1, 50),
        per_page=reader.number("per_page", 12, 500),
        tiles=reader.value("tiles", bool),
        map=reader.value("map", bool),
        widths=_widths(reader),
        paths=reader.value("paths", bool),
        budget_mb=reader.number("budget_mb", 1, 1_000_000),
        veil=reader.value("veil", bool),
        notes=_notes(reader),
        light=_colors(reader, "theme"),
        dark=_colors(reader, "theme.dark"),
    )


def _name(folder: Path) -> str:
    """Return the folder's name as text; a resolved path has one even where the folder is given as "."."""
    text = unicodedata.normalize("NFC", folder.resolve().name.encode("utf-8", "replace").decode())
    return " ".join(CONTROL.sub("", text).split())


def _language(reader: Reader, name: str) -> str:
    found, default = reader.text(name), str(reader.defaults[name])
    if LANGUAGE.fullmatch(found) or found == default:
        return found
    reader.fault(name, 'a language tag (BCP 47) such as "en", "fr-CA" or "zh-Hant"', f'write {name} = "en"')
    return default


def _base_url(reader: Reader) -> str:
    try:
        return checked_base_url(reader.text("base_url"))
    except ValueError:
        expected = "an address that starts with https:// or http://"
        reader.fault("base_url", expected, 'write base_url = "https://me.github.io/art/" or leave it out')
        return ""


def _data_license(reader: Reader) -> str:
    found = reader.text("data_license")
    if not found or rights.address(found):
        return found
    reader.fault(
        "data_license", 'a license such as "CC0 1.0" or its address', 'write data_license = "CC0 1.0" or leave it out'
    )
    return ""


def _published(reader: Reader) -> str:
    found = reader.text("published")
    try:
        return date.fromisoformat(found).isoformat() if found else ""
    except ValueError:
        reader.fault("published", "a date as year-month-day", 'write published = "2026-11-25" or leave it out')
        return ""


def _share_cards(reader: Reader) -> str:
    found = reader.text("share_cards")
    if found in CARDS:
        return found
    reader.fault("share_cards", "one of " + ", ".join(map(shown, CARDS)), 'write share_cards = "pairs" or leave it out')
    return str(reader.defaults["share_cards"])


def _encoder(reader: Reader) -> str:
    found, default = reader.text("encoder"), str(reader.defaults["encoder"])
    if not found:
        reader.fault("encoder", "the name of an encoder", f"write encoder = {shown(default)} or leave it out")
    return found or default


def _weights(reader: Reader, folder: Path) -> Path | None:
    found = reader.text("weights")
    if not found:
        return None
    path = folder / found
    if not path.is_file():
        reader.fault("weights", f"a file at {path}", "put the file there, or leave weights out")
    return path


def _facets(reader: Reader) -> tuple[str, ...]:
    found = reader.value("facets", list)
    given = [name.strip() for name in found if isinstance(name, str) and COLUMN.fullmatch(name.strip())]
    names = tuple(re.sub(r"[\s-]+", "_", name.casefold()) for name in given)
    if 1 <= len(found) <= 3 and len(set(names)) == len(found):
        return names
    default = reader.defaults["facets"]
    reader.fault("facets", "one to three different columns of works.csv", f"write facets = {shown(default)}")
    return tuple(default)


def _widths(reader: Reader) -> tuple[int, ...]:
    found = reader.value("widths", list)
    good = all(type(width) is int and NARROWEST <= width <= WIDEST for width in found)
    if good and 1 <= len(found) <= 3 and found == sorted(set(found)):
        return tuple(found)
    default = reader.defaults["widths"]
    expected = f"one to three widths from {NARROWEST} to {WIDEST} pixels, smallest first"
    reader.fault("widths", expected, f"write widths = {shown(default)} or leave it out")
    return tuple(default)


def _notes(reader: Reader) -> tuple[tuple[str, str], ...]:
    """Return the content notes of values; whether there are such values, works.csv says."""
    notes = []
    for name, text in reader.table(NOTES).items():
        if "=" in name and isinstance(text, str) and 0 < len(text.strip()) <= LONGEST:
            notes.append((name, " ".join(CONTROL.sub("", text).split())))
        else:
            expected = f"facet=value and a text of at most {LONGEST} characters"
            reader.fault(f"{NOTES}.{name}", expected, 'write "facet=value" = "the note for visitors"')
    return tuple(notes)


def _colors(reader: Reader, table: str) -> Colors:
    """Return the three colors of a table; text in them must be readable on its ground."""
    colors = {}
    for part in ("accent", "paper", "ink"):
        name = f"{table}.{part}"
        colors[part] = reader.text(name).lower()
        if not COLOR.fullmatch(colors[part]):
            reader.fault(name, 'a color such as "#8c2f1b"', f"write {part} = {shown(reader.defaults[name])}")
            colors[part] = reader.defaults[name]
    for part in ("accent", "ink"):
        ratio = contrast(parse(colors[part]), parse(colors["paper"]))
        if ratio < CONTRAST:
            default = shown(reader.defaults[f"{table}.{part}"])
            found = f"{part} {colors[part]} on paper {colors['paper']}, a contrast of {ratio:.1f} to 1"
            fix = f"make one of them lighter or darker, or leave both out ({part} is then {default})"
            reader.fault(f"{table}.{part}", f"at least {CONTRAST} to 1, to be readable", fix, found=found)
    return Colors(accent=colors["accent"], paper=colors["paper"], ink=colors["ink"])
