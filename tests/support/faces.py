"""Two sets of faces, wide and narrow, that a page is set in whatever fonts the machine has."""

import base64
import io
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib
from font_source_serif_pro import SourceSerifPro
from fontTools import subset

DEJAVU = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
LATIN = [*range(0x20, 0x250), *range(0x2000, 0x2070)]
# The files of the serif and the sans. DejaVu's are wider than those of any system's that the style sheet names.
FACES = {
    "wide": (DEJAVU / "DejaVuSerif.ttf", DEJAVU / "DejaVuSans.ttf"),
    "narrow": (Path(SourceSerifPro), Path(SourceSerifPro)),
}
# The faces are made of bytes, and set by script: the site's policy lets in no style and no file that it does not know.
SET = """async (files) => {
  for (const [name, text] of Object.entries(files)) {
    const face = new FontFace(`tested-${name}`, Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0)));
    document.fonts.add(await face.load());
    document.documentElement.style.setProperty(`--${name}`, `tested-${name}`);
  }
}"""
UNSET = """() => {
  document.fonts.clear();
  for (const name of ["serif", "sans"]) document.documentElement.style.removeProperty(`--${name}`);
}"""


def dress(page: Any, faces: str) -> None:
    """Set the page in one of the sets of FACES."""
    page.evaluate(UNSET)
    serif, sans = FACES[faces]
    page.evaluate(SET, {"serif": latin(serif), "sans": latin(sans)})


@cache
def latin(file: Path) -> str:
    """Return the Latin letters of a font, in base64."""
    options = subset.Options(layout_features=["kern", "liga"], hinting=False, drop_tables=["FFTM"])
    subsetter, written = subset.Subsetter(options), io.BytesIO()
    subsetter.populate(unicodes=LATIN)
    with subset.load_font(str(file), options) as font:
        subsetter.subset(font)
        font.save(written)
    return base64.b64encode(written.getvalue()).decode()
