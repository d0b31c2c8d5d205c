"""attested.csv -> works: which motif is attested in which culture and medium, and the pictures drawn of it."""

import csv
import re
from dataclasses import dataclass, field
from pathlib import Path

from drawing.materials import MATERIALS, SHAPES, VARIETIES
from drawing.palettes import PALETTES

TABLE = Path(__file__).with_name("attested.csv")
MEDIA = {
    "mosaic": "Mosaic",
    "textile-weave": "Woven textile",
    "embroidery": "Embroidery",
    "ceramic": "Ceramic",
    "woodblock": "Woodblock print",
    "stone": "Carved stone and stucco",
    "glass": "Stained glass",
    "inlay": "Inlay",
    "metal": "Metalwork",
    "fresco": "Painting",
    "manuscript": "Manuscript",
    "batik": "Dyed textile",
    "lacquer": "Wood and lacquer",
}
WOODEN = ("wood", "ivory")  # varieties of carving that a museum keeps apart from stone


@dataclass(frozen=True, slots=True, kw_only=True)
class Attested:
    """A row of the table: a motif known from a culture and a material."""

    culture: str
    motif: str  # key of MOTIFS
    material: str  # key of MATERIALS
    variety: str  # one of VARIETIES[material]
    name: str  # what the motif or the technique is called there; may be empty
    tradition: str  # what the pictures follow, a plural or a mass noun
    materials: str  # the museum's words for the stuff
    date: str
    year: int  # the first year of the range, negative before our era
    fact: str  # one sentence

    @property
    def medium(self) -> str:
        """The medium as a museum files it."""
        if self.material == "stone" and self.variety in WOODEN:
            return MEDIA["lacquer"]
        return MEDIA[self.material]


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One picture of the collection."""

    objectid: str
    attested: Attested = field(repr=False)
    variant: int  # which of the motif's drawings
    shape: str  # one of SHAPES[material]
    palette: str  # key of PALETTES
    number: int  # among the works of this culture, medium and motif, from 1


def read(table: Path = TABLE) -> list[Work]:
    """Return all works in the order of the table; raise ValueError for a row that cannot be drawn."""
    works: list[Work] = []
    taken: dict[str, int] = {}
    with table.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            attested = _attested(row)
            for spec in row["works"].split(";"):
                works.append(_work(attested, spec, taken))
    return works


def _attested(row: dict[str, str]) -> Attested:
    return Attested(
        culture=row["culture"],
        motif=row["motif"],
        material=row["material"],
        variety=row["variety"],
        name=row["name"],
        tradition=row["tradition"],
        materials=row["materials"],
        date=row["date"],
        year=int(row["year"]),
        fact=row["fact"],
    )


def _work(attested: Attested, spec: str, taken: dict[str, int]) -> Work:
    variant, shape, palette = spec.split()
    stem = "-".join(_slug(word) for word in (attested.culture, attested.medium, attested.motif))
    taken[stem] = taken.get(stem, 0) + 1
    _check(attested, shape, palette)
    return Work(
        objectid=f"{stem}-{taken[stem]}",
        attested=attested,
        variant=int(variant),
        shape=shape,
        palette=palette,
        number=taken[stem],
    )


def _check(attested: Attested, shape: str, palette: str) -> None:
    where = f"{TABLE.name}: {attested.culture}, {attested.motif}, {attested.material}"
    if attested.material not in MATERIALS:
        raise ValueError(f"{where}: no such material")
    if attested.variety not in VARIETIES[attested.material]:
        raise ValueError(f"{where}: variety is {attested.variety!r}, not one of {VARIETIES[attested.material]}")
    if shape not in SHAPES[attested.material]:
        raise ValueError(f"{where}: shape is {shape!r}, not one of {SHAPES[attested.material]}")
    if palette not in PALETTES:
        raise ValueError(f"{where}: no palette {palette!r}")


_SHORT = {
    "Andalusi and Maghrebi": "andalusi",
    "Pueblo and Navajo": "southwest",
    "West and Central African": "african",
    "Woven textile": "weaving",
    "Woodblock print": "woodblock",
    "Carved stone and stucco": "stone",
    "Stained glass": "glass",
    "Wood and lacquer": "wood",
    "Dyed textile": "dyed",
}


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", _SHORT.get(text, text).lower()).strip("-")
