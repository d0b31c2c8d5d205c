"""Draws the shipped collection: images/*.webp and works.csv from the table of what is attested where."""

import argparse
import csv
import io
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from drawing.catalogue import Work, read
from drawing.catalogue_pieces import border_of, piece_of
from drawing.catalogue_words import alt_text, classification, description, maker, titles
from drawing.materials import make
from drawing.motifs import MOTIFS
from PIL import Image, ImageDraw

HERE = Path(__file__).resolve().parent
BUDGET = 26_500  # bytes of a picture, on average at most
QUALITIES = (86, 80, 74, 68, 62, 56, 50, 44)  # of WebP: the first that keeps a picture near the budget is taken
COLUMNS = (
    "objectid",
    "title",
    "creator",
    "date",
    "year",
    "culture",
    "medium",
    "materials",
    "classification",
    "museum",
    "accession_number",
    "credit",
    "rights",
    "rights_basis",
    "source_url",
    "image",
    "image_alt_text",
    "description",
    "motif",
)


def picture(work: Work) -> Image.Image:
    """Return the drawing of a work."""
    border = border_of(work)
    piece = piece_of(work, MOTIFS[border] if border else None)
    return Image.fromarray(make(work.attested.material, MOTIFS[work.attested.motif], piece))


def encode(image: Image.Image) -> bytes:
    """Return the picture as WebP of about BUDGET bytes; calm pictures take less, busy ones a little more."""
    for quality in QUALITIES:
        buffer = io.BytesIO()
        image.save(buffer, "WEBP", quality=quality, method=6)
        if buffer.tell() <= BUDGET * 1.1:
            break
    return buffer.getvalue()


def draw(work: Work) -> bytes:
    """Return the file of a work; runs in a worker."""
    return encode(picture(work))


def row_of(work: Work, title: str) -> dict[str, str]:
    """Return the work's line of works.csv."""
    attested = work.attested
    return {
        "objectid": work.objectid,
        "title": title,
        "creator": maker(work),
        "date": attested.date,
        "year": str(attested.year),
        "culture": attested.culture,
        "medium": attested.medium,
        "materials": attested.materials,
        "classification": classification(work),
        "museum": "Tesserae",
        "accession_number": "",
        "credit": "Tesserae, A Grammar of Ornament",
        "rights": "CC0 1.0",
        "rights_basis": "drawn by program for this project",
        "source_url": "",
        "image": f"{work.objectid}.webp",
        "image_alt_text": alt_text(work, border_of(work)),
        "description": description(work),
        "motif": attested.motif,
    }


def rows(works: list[Work]) -> list[dict[str, str]]:
    """Return works.csv as records."""
    title = titles(works)
    return [row_of(work, title[work.objectid]) for work in works]


def replace_file(path: Path, content: bytes) -> None:
    """Write a file under a temporary name, then rename it."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.write_bytes(content)
    temporary.replace(path)


def write_table(works: list[Work], path: Path) -> None:
    """Write works.csv."""
    text = io.StringIO()
    table = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    table.writeheader()
    table.writerows(rows(works))
    replace_file(path, text.getvalue().encode())


def write_images(works: list[Work], folder: Path, jobs: int) -> int:
    """Draw the works in that many processes and write the files; return their bytes."""
    folder.mkdir(exist_ok=True)
    total, begun = 0, time.monotonic()
    with ProcessPoolExecutor(jobs) as workers:
        for count, (work, content) in enumerate(zip(works, workers.map(draw, works), strict=True), 1):
            replace_file(folder / f"{work.objectid}.webp", content)
            total += len(content)
            spent = time.monotonic() - begun
            sys.stderr.write(f"\r{count}/{len(works)}  {spent:4.0f} s  {total / 1e6:5.1f} MB  {work.objectid:<50.50}")
            sys.stderr.flush()
    sys.stderr.write("\n")
    return total


def remove_strays(works: list[Work], folder: Path) -> None:
    """Delete pictures that no work has any more."""
    kept = {f"{work.objectid}.webp" for work in works}
    for path in sorted(folder.glob("*.webp")):
        if path.name not in kept:
            path.unlink()


def sheet(works: list[Work], folder: Path, path: Path, columns: int = 8, size: int = 200) -> None:
    """Write a contact sheet of the works' pictures."""
    lines = -(-len(works) // columns)
    page = Image.new("RGB", (columns * (size + 8), lines * (size + 22)), "#777")
    pen = ImageDraw.Draw(page)
    for place, work in enumerate(works):
        with Image.open(folder / f"{work.objectid}.webp") as image:
            image.thumbnail((size, size), Image.Resampling.LANCZOS)
            x, y = place % columns * (size + 8) + 4, place // columns * (size + 22) + 4
            page.paste(image, (x + (size - image.width) // 2, y + (size - image.height) // 2))
        pen.text((x, y + size), work.objectid, fill="#fff")
    page.save(path)


def main() -> None:
    """Read the arguments and draw."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--only", nargs="+", metavar="ID", help="draw these works; the table is written whole")
    arguments.add_argument("--jobs", type=int, default=os.cpu_count(), metavar="N", help="processes")
    arguments.add_argument("--sheet", type=Path, metavar="FILE", help="also write a contact sheet of the works drawn")
    arguments.add_argument(
        "--folder", type=Path, default=HERE, help="where images/ and works.csv go (here: %(default)s)"
    )
    options = arguments.parse_args()
    works = read()
    unknown = set(options.only or ()) - {work.objectid for work in works}
    if unknown:
        arguments.error(f"no such work: {', '.join(sorted(unknown))}")
    chosen = [work for work in works if not options.only or work.objectid in options.only]
    write_images(chosen, options.folder / "images", options.jobs)
    remove_strays(works, options.folder / "images")
    write_table(works, options.folder / "works.csv")
    if options.sheet:
        sheet(chosen, options.folder / "images", options.sheet)


if __name__ == "__main__":
    main()
