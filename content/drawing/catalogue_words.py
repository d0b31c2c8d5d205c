"""What a work's record says in words: title, description, alternative text, makers. Only strings in and out."""

from drawing.catalogue import MEDIA, WOODEN, Work
from drawing.palettes import PALETTES

# What each of a motif's variants shows, in the order of the motif's drawings.
PHRASES: dict[str, tuple[str, ...]] = {
    "meander": ("running meander", "meander and squares", "double meander", "counterchanged meanders"),
    "guilloche": ("two-strand guilloche", "three-strand guilloche", "guilloche with rosettes"),
    "interlace": ("beaded rope interlace", "knotwork panels", "four-strand interlace", "endless knotwork"),
    "scales": ("wave scales", "overlapping scales", "feather scales"),
    "asanoha": ("hemp-leaf pattern", "hemp leaf in two tones", "hemp-leaf lattice"),
    "shippo": ("overlapping circles", "intersecting circles and squares", "linked rings", "flowers of six circles"),
    "eight-fold-star": ("star-and-cross pattern", "woven eight-pointed stars", "slender eight-pointed stars"),
    "girih": ("ten-pointed star girih", "ten-pointed rosette girih", "twelve-pointed star girih"),
    "hexagon-lattice": ("flowers in hexagons", "hexagons and woven stars", "cube-patterned hexagons", "honeycomb"),
    "step-fret": ("stepped frets", "fitted stepped frets", "field of stepped frets"),
    "wave-scroll": ("wave scroll", "foaming wave scroll", "confronted wave scrolls"),
    "chevron": ("zigzag stripes", "outlined chevrons", "columns of chevrons"),
    "herringbone": ("herringbone of bricks", "inlaid herringbone", "herringbone twill"),
    "checker": ("checkers with lozenges", "nested checkers", "gyronny checkers", "checkerboard"),
    "lozenge": ("nested lozenges", "feathered lozenges", "stepped lozenges", "flowers in a lozenge net"),
    "lotus-palmette": ("lotus and palmette frieze", "lotus flowers and buds", "enclosed palmettes"),
    "rosette": ("eight-petaled rosettes", "six-petaled rosettes", "twelve-petaled rosettes", "chrysanthemum rosettes"),
    "egg-and-dart": ("egg-and-dart", "egg-and-tongue and bead-and-reel", "leaf-and-dart"),
    "tartan": ("tartan", "fine-lined check", "even check", "irregular plaid"),
    "basket-weave": ("basket weave", "twilled basket weave", "open hexagonal basket weave", "basket weave in squares"),
    "cracked-ice": ("cracked ice and plum blossom", "ice-ray lattice", "crackled ice"),
    "quatrefoil": ("barbed quatrefoils", "interlocking quatrefoils", "quatrefoil tracery"),
    "cloud-band": ("trailing clouds", "winding cloud bands", "ranks of clouds"),
    "arabesque": ("scrolling vine", "split-leaf arabesque", "ogee net of split leaves"),
    "spiral": ("running spirals", "fourfold linked spirals", "triple spirals"),
    "key-lattice": ("squared-spiral thunder pattern", "key lattice", "key-filled lozenges", "T-shaped key fret"),
}
_THINGS = {
    "mosaic": {"full": "Floor", "panel": "Mosaic panel", "roundel": "Mosaic roundel", "fragment": "Mosaic fragment"},
    "textile-weave": {
        "fringe": "Hanging",
        "full": "Length of cloth",
        "panel": "Woven panel",
        "fragment": "Textile fragment",
    },
    "embroidery": {"panel": "Embroidered panel", "full": "Embroidery", "fringe": "Fringed cover", "roundel": "Roundel"},
    "ceramic": {
        "tiles": "Tile field",
        "tile": "Tile",
        "plate": "Dish",
        "bowl": "Bowl",
        "star": "Star tile",
        "fragment": "Sherd",
    },
    "woodblock": {"sheet": "Print", "full": "Printed length", "fan": "Folding fan", "uchiwa": "Round fan"},
    "stone": {"panel": "Panel", "full": "Relief", "roundel": "Roundel", "fragment": "Fragment", "arch": "Arch"},
    "glass": {"full": "Window panel", "roundel": "Glass roundel", "arch": "Arched window", "lancet": "Lancet window"},
    "inlay": {"panel": "Inlaid panel", "full": "Inlaid field", "roundel": "Inlaid roundel"},
    "metal": {"panel": "Plaque", "full": "Sheet", "roundel": "Disc", "fragment": "Fragment"},
    "fresco": {
        "full": "Painted wall",
        "panel": "Painted panel",
        "fragment": "Painted fragment",
        "arch": "Painted arch",
    },
    "manuscript": {"sheet": "Leaf", "full": "Carpet page", "fragment": "Leaf fragment"},
    "batik": {"full": "Dyed cloth", "panel": "Dyed panel", "fringe": "Fringed cloth"},
    "lacquer": {"panel": "Lacquer panel", "full": "Lacquer field", "roundel": "Lacquer dish"},
}
_SPECIAL = {  # (variety, shape)
    ("glass", "full"): "Wall mosaic",
    ("velvet", "full"): "Velvet",
    ("bark", "full"): "Bark cloth",
    ("bark", "panel"): "Bark cloth panel",
    ("secco", "full"): "Painted beam",
    ("block-print", "full"): "Printed cloth",
    ("strip", "full"): "Strip cloth",
    ("strip", "fringe"): "Fringed strip cloth",
    ("ivory", "panel"): "Ivory panel",
    ("ivory", "roundel"): "Ivory roundel",
    ("wood", "panel"): "Carved panel",
    ("wood", "full"): "Carved board",
    ("wood", "roundel"): "Carved roundel",
    ("plaster", "arch"): "Stucco arch",
}
_CLOTHS = {  # a fringed cloth after a tradition that has the word in its name
    "carpet": "Rug",
    "kilim": "Kilim",
    "blanket": "Blanket",
    "coverlet": "Coverlet",
    "sarong": "Sarong",
    "tartan": "Shawl",
    "tweed": "Shawl",
    "twill": "Shawl",
    "phulkari": "Shawl",
    "mats": "Mat",
    "mantle": "Mantle",
}
_PLAITED = ("pandanus leaf", "palm leaf and raffia")
_MAKERS = {
    "mosaic": "mosaicists",
    "textile-weave": "weavers",
    "embroidery": "embroiderers",
    "ceramic": "potters",
    "woodblock": "printmakers",
    "stone": "carvers",
    "glass": "glaziers",
    "inlay": "inlayers",
    "metal": "metalworkers",
    "fresco": "painters",
    "manuscript": "illuminators",
    "batik": "dyers",
    "lacquer": "lacquerers",
}
_CLASSES = {
    "mosaic": "Mosaics",
    "textile-weave": "Textiles",
    "embroidery": "Textiles",
    "batik": "Textiles",
    "ceramic": "Ceramics",
    "woodblock": "Prints",
    "stone": "Sculpture and architecture",
    "glass": "Glass",
    "inlay": "Furniture and inlay",
    "metal": "Metalwork",
    "fresco": "Paintings",
    "manuscript": "Manuscripts",
    "lacquer": "Lacquer",
}
assert _THINGS.keys() == _MAKERS.keys() == _CLASSES.keys() == MEDIA.keys()


def thing(work: Work) -> str:
    """Return what the picture shows as an object: Tile, Leaf, Lancet window."""
    attested = work.attested
    if attested.material == "mosaic" and attested.variety == "stone" and work.shape == "full":
        return "Floor"
    if work.shape == "fringe" or attested.materials in _PLAITED:
        for word, name in _CLOTHS.items():
            if word in attested.tradition.lower():
                return name
    if attested.variety == "block-print" and "papers" in attested.tradition:
        return "Printed paper"
    special = (attested.variety, work.shape)
    if special == ("glass", "full") and attested.material != "mosaic":
        return _THINGS[attested.material][work.shape]
    if special == ("plaster", "arch") and attested.material != "stone":
        return _THINGS[attested.material][work.shape]
    return _SPECIAL.get(special, _THINGS[attested.material][work.shape])


def phrase(work: Work) -> str:
    """Return what the pattern is."""
    phrases = PHRASES[work.attested.motif]
    return phrases[work.variant % len(phrases)]


def titles(works: list[Work]) -> dict[str, str]:
    """Return a title for each objectid, no two alike: works that would share one are told apart by color."""
    plain = {work.objectid: _title(work, "") for work in works}
    named = {work.objectid: _title(work, f" in {colors(work)}") for work in works}
    out: dict[str, str] = {}
    seen: set[str] = set()
    for work in works:
        title = plain[work.objectid] if plain[work.objectid] not in seen else named[work.objectid]
        count = 2
        while title in seen:
            title = f"{named[work.objectid]} ({count})"
            count += 1
        seen.add(title)
        out[work.objectid] = title
    return out


def _title(work: Work, extra: str) -> str:
    name, follows = work.attested.name, work.attested.tradition
    name = f" ({name})" if name and name.lower() not in follows.lower() else ""
    return f"{thing(work)} with {phrase(work)}{name}{extra}, after {follows}"


def description(work: Work) -> str:
    """Return what the tradition is, and that the picture is a drawing."""
    follows = work.attested.tradition
    return f"{work.attested.fact} This picture follows {follows}; a program drew it, and it shows no particular object."


def alt_text(work: Work, border: str = "") -> str:
    """Return what is to be seen; border is the motif of a band round the field."""
    frame = f", framed by a band of {PHRASES[border][0]}" if border else ""
    if border == work.attested.motif:
        frame = ", the same running round the rim"
    return f"{thing(work)} with {phrase(work)}{manner(work)}{frame}."


def manner(work: Work) -> str:
    """Return the colors and the stuff: " in red and blue on white tesserae"."""
    attested = work.attested
    if attested.material == "stone":
        return f", carved in relief in {attested.materials.removeprefix('carved ')}"
    if attested.material == "metal":
        return f", worked in {attested.materials}"
    if attested.variety in _MANNERS:
        return _MANNERS[attested.variety]
    stuff = {
        "mosaic": " tesserae" if attested.variety != "pebble" else " pebbles",
        "glass": " glass between leads",
        "inlay": " inlaid pieces",
    }
    return f" in {colors(work)}{stuff.get(attested.material, '')}"


_MANNERS = {
    "celadon": ", carved and inlaid under gray-green glaze",
    "mother-of-pearl": ", inlaid in mother-of-pearl on a dark ground",
}


def colors(work: Work) -> str:
    """Return the colors of figure, second figure and ground in words."""
    roles = PALETTES[work.palette].roles
    names = [name_of(roles[role]) for role in (1, 2, 0)]
    figures = [names[0]] if names[1] in (names[0], names[2]) else names[:2]
    return f"{' and '.join(figures)} on {names[2]}"


_NAMES = {
    "black": "181614 2a2722",
    "dark brown": "3a2418 50301c 5a2f1f",
    "brown": "6f4a2c 7f5a2c 8a5a30 805020",
    "red": "a8322c b83229 c23f36 a22b28 b5532f",
    "dark red": "7a1f28 8e1f1c 801a2a 6e1816",
    "terracotta": "c8693a b4552f cd6f3f a5442c",
    "pink": "d0708a d99a9a e0b0b0",
    "orange": "d98f4a d6752f",
    "ochre": "c98f2d d39a34 b98f45 c8923a",
    "golden yellow": "d9a441 e2b23c e3c057 dcb24c e8bf4a",
    "tan": "c9a468 d6bb8c d9b184 b59c72",
    "cream": "e9dcc0 efe4c8 e6d3a4 ead9b8 f0ead9",
    "white": "f3efe6 f2efeb e6e1d6 ece6d8 f4f0e7",
    "gray": "8d8f88 a8a294 6a6f68 b9b4aa",
    "dark gray": "3a3a3e 46443f 2b2c30",
    "green": "3f8f5c 2f7a54 4f8a4c 2c5a3f 2c8a6a",
    "dark green": "1f4a3a 1d3f34 2e5a56",
    "gray-green": "8fa893 9bb79c 6f9378 7f9f8c",
    "turquoise": "2a9aa6 1f8f9c 2f9a94 6bb7b0",
    "blue": "2c5aa4 1f4f94 27509a 2f569f 3a6fb0",
    "dark blue": "1c2f5e 1f3358 16265c 1e3f80 22355a",
    "light blue": "7f9fd0 9fb4d6 93a9c0 6f94b0",
    "purple": "5a2a6a 5a3a6a 6a3350",
}
_SAMPLES = [(name, tuple(bytes.fromhex(code))) for name, codes in _NAMES.items() for code in codes.split()]


def name_of(color: str) -> str:
    """Return the word for a hex color: the nearest sample, weighted as the eye does."""
    red, green, blue = bytes.fromhex(color)
    weights = (3, 4, 2)
    return min(
        _SAMPLES,
        key=lambda sample: sum(
            w * (a - b) ** 2 for w, a, b in zip(weights, sample[1], (red, green, blue), strict=True)
        ),
    )[0]


def maker(work: Work) -> str:
    """Return whom the work follows: After Roman mosaicists."""
    attested = work.attested
    makers = "woodcarvers" if attested.variety in WOODEN else _MAKERS[attested.material]
    return f"After {attested.culture} {makers}"


def classification(work: Work) -> str:
    """Return the department."""
    return "Woodwork" if work.attested.variety in WOODEN else _CLASSES[work.attested.material]
