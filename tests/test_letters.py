"""Letters in many fonts: which fonts are found, which are left out, and what is drawn. The fonts are matplotlib's."""

import io
import json
import re
import shutil
import tarfile
from pathlib import Path
from string import ascii_lowercase

import matplotlib
import numpy as np
import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from generator.core.errors import StudyError
from generator.core.progress import Console
from generator.evaluation.intuition import letters
from generator.evaluation.intuition.letters import fonts, fontsource, glyphs
from generator.evaluation.intuition.letters.fonts import Font, FontLeftOut, FontSet
from generator.evaluation.intuition.letters.fontsource import FAMILIES, VERSION

SHIPPED = Path(matplotlib.get_data_path(), "fonts", "ttf")
QUIET = Console(verbosity=-1)


def font(file, family=None):
    return Font(family=family or file, path=SHIPPED / f"{file}.ttf", license="OFL-1.1")


THREE = FontSet(fonts=(font("DejaVuSans"), font("cmr10"), font("STIXGeneral")))


def draw(found, to, **asked):
    return letters.make_letters(found, to, progress=QUIET, **asked)


def reasons(folder):
    return {one.family: one.reason for one in letters.left_out(folder)}


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    folder = tmp_path_factory.mktemp("letters") / "three"
    return draw(THREE, folder), folder


def pixels(picture):
    return np.asarray(Image.open(picture.path))


def test_each_letter_of_each_family_is_a_picture(drawn):
    made, _ = drawn

    assert made.contents == tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    assert made.styles == ("DejaVuSans", "cmr10", "STIXGeneral")
    assert len(made.pictures) == 3 * 26
    assert [source.license for source in made.sources] == ["OFL-1.1"] * 3
    assert {(picture.width, picture.height) for picture in made.pictures} == {(64, 64)}


def test_a_letter_is_black_on_white_and_its_longer_side_fills_the_box_in_the_middle(drawn):
    for picture in drawn[0].pictures:
        rows, columns = np.nonzero(pixels(picture) < 128)
        top, bottom, left, right = rows.min(), 63 - rows.max(), columns.min(), 63 - columns.max()

        assert min(top, left) in (7, 8, 9)
        assert abs(top - bottom) <= 1
        assert abs(left - right) <= 1


def test_the_edges_of_a_letter_are_gray(drawn):
    found = pixels(drawn[0].pictures[drawn[0].contents.index("O")])

    assert len(np.unique(found)) > 20
    assert found.min() == 0 and found.max() == 255


def test_the_same_fonts_give_the_same_files_wherever_they_are_drawn(drawn, tmp_path):
    again = draw(THREE, tmp_path / "again")

    assert again.digest() == drawn[0].digest()


def test_what_is_drawn_is_not_drawn_again(drawn, monkeypatch):
    monkeypatch.setattr(glyphs, "inks", None)

    assert draw(THREE, drawn[1]).digest() == drawn[0].digest()


def test_drawing_that_was_stopped_goes_on_and_ends_the_same(drawn, tmp_path, monkeypatch):
    written, put = [], glyphs.png

    def stop_at_the_fortieth(ink, path):
        if len(written) == 40:
            raise KeyboardInterrupt
        written.append(path)
        put(ink, path)

    monkeypatch.setattr(glyphs, "png", stop_at_the_fortieth)
    with pytest.raises(KeyboardInterrupt):
        draw(THREE, tmp_path)
    monkeypatch.setattr(glyphs, "png", lambda ink, path: (written.append(path), put(ink, path)))
    made = draw(THREE, tmp_path)

    assert len(written) == 3 * 26
    assert made.digest() == drawn[0].digest()


def test_the_last_family_gives_only_its_first_letters_where_a_number_is_asked_for(tmp_path):
    made = draw(THREE, tmp_path, count=26 + 8)

    assert [made.contents[i] for i in made.content[26:]] == list("ABCDEFGH")
    assert made.styles == ("DejaVuSans", "cmr10")


def test_the_pictures_are_as_large_as_is_asked_for(tmp_path):
    made = draw(FontSet(fonts=THREE.fonts[:1]), tmp_path, size=100)

    assert {(picture.width, picture.height) for picture in made.pictures} == {(100, 100)}


def test_a_family_drawn_like_one_before_it_is_left_out(tmp_path):
    draw(FontSet(fonts=(font("DejaVuSans"), font("DejaVuSans", "Twin"), font("DejaVuSansMono"))), tmp_path)

    assert reasons(tmp_path) == {"Twin": "drawn like DejaVuSans (differs by 0.0%)"}


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        ("STIXSizOneSymReg", "has no A, B, C and 23 more"),
        ("LastResortHE-Regular", "draws A and B alike"),
    ],
)
def test_a_family_without_letters_is_left_out(tmp_path, file, reason):
    draw(FontSet(fonts=(font("cmr10"), font(file))), tmp_path)

    assert reasons(tmp_path) == {file: reason}


def remapped(to, letters_of):
    """Write a font that draws DejaVu Sans's form of letters_of[x] for x, and its sign for what is missing for None."""
    with TTFont(SHIPPED / "DejaVuSans.ttf") as made:
        for table in made["cmap"].tables:
            forms = {ord(letter): table.cmap[ord(other)] for letter, other in letters_of.items() if other}
            table.cmap = {code: form for code, form in table.cmap.items() if chr(code) not in letters_of} | forms
        made.save(to)
    return Font(family=to.stem, path=to, license=fonts.NOT_STATED)


def test_a_sign_for_what_is_missing_is_not_taken_for_a_letter(tmp_path):
    lacking = remapped(tmp_path / "lacking.ttf", {"Q": None})
    draw(FontSet(fonts=(font("cmr10"), lacking)), tmp_path / "drawn")

    assert reasons(tmp_path / "drawn") == {"lacking": "has no Q"}


def test_small_letters_that_are_capitals_are_found(tmp_path):
    capitals = remapped(tmp_path / "capitals.ttf", {letter: letter.upper() for letter in ascii_lowercase})
    draw(FontSet(fonts=(font("cmr10"), capitals)), tmp_path / "lower", cases="lower")
    draw(FontSet(fonts=(font("cmr10"), capitals)), tmp_path / "upper", cases="upper")

    assert reasons(tmp_path / "lower") == {"capitals": "draws capitals for small letters"}
    assert reasons(tmp_path / "upper") == {}


def test_of_both_cases_small_letters_are_left_out_that_differ_from_others_by_size_alone(tmp_path):
    made = draw(FontSet(fonts=THREE.fonts[:2]), tmp_path, cases="both")

    assert "".join(made.contents) == "ABCDEFGHIJKLMNOPQRSTUVWXYZabdefghijkmnpqrtuy"
    assert len({str(picture.path).lower() for picture in made.pictures}) == 2 * 44


def test_fewer_letters_than_asked_for_are_an_error_that_says_why_and_more_fonts_mend_it(tmp_path):
    few = FontSet(fonts=THREE.fonts[:1], left_out=(FontLeftOut(family="Closed", reason="licensed under no terms"),))
    with pytest.raises(StudyError, match=r"(?s)1 families give 26 letters, but 30 .* 1, such as\n  Closed: licensed"):
        draw(few, tmp_path, count=30)

    assert len(draw(THREE, tmp_path, count=30).pictures) == 30


def test_a_folder_with_something_else_in_it_is_not_touched(tmp_path, drawn):
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(StudyError, match="contains something else"):
        draw(THREE, tmp_path)
    with pytest.raises(StudyError, match="letters of other fonts"):
        draw(THREE, drawn[1], size=32)

    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize(("asked", "said"), [({"size": 4}, "4 pixels"), ({"cases": "title"}, "expected one of upper")])
def test_letters_that_cannot_be_drawn_are_refused(tmp_path, asked, said):
    with pytest.raises(StudyError, match=said):
        draw(THREE, tmp_path, **asked)


def test_the_difference_of_two_drawings_is_the_share_of_ink_they_do_not_share():
    one, other = np.array([[255, 255, 0, 0]], np.uint8), np.array([255, 0, 255, 0], np.uint8)

    assert glyphs.difference(one, one[0]) == [0]
    assert glyphs.difference(one, other) == [pytest.approx(2 / 3)]
    assert glyphs.difference(one, 255 - one[0]) == [1]


@pytest.fixture
def folder(tmp_path):
    """Return a folder with three cuts of one family, another with its terms beside it, and no font."""
    for name in ("DejaVuSans-Bold", "DejaVuSans", "DejaVuSans-Oblique"):
        shutil.copy(SHIPPED / f"{name}.ttf", tmp_path)
    (tmp_path / "below").mkdir()
    shutil.copy(SHIPPED / "cmr10.ttf", tmp_path / "below")
    (tmp_path / "below" / "OFL.txt").write_text("This is the SIL Open Font License, Version 1.1.")
    (tmp_path / "broken.woff2").write_bytes(b"wOF2 and no more")
    return tmp_path


def test_a_folder_gives_the_plainest_cut_of_each_family(folder):
    found = fonts.find([folder], seed=0, progress=QUIET)

    assert {(font.family, font.path.stem) for font in found.fonts} == {
        ("DejaVu Sans", "DejaVuSans"),
        ("cmr10", "cmr10"),
    }
    assert found.left_out == (FontLeftOut(family="broken.woff2", reason="the file cannot be opened as a font"),)


def test_a_license_is_what_the_font_says_or_the_file_beside_it(folder):
    found = {font.family: font.license for font in fonts.find([folder], seed=0, progress=QUIET).fonts}

    assert found["cmr10"] == "OFL-1.1"
    assert found["DejaVu Sans"].startswith("Fonts are (c) Bitstream")


def test_the_order_of_families_is_drawn_with_the_seed(folder):
    found = [fonts.find([folder], seed=seed, progress=QUIET).fonts for seed in (0, 0, 1, 2, 3)]

    assert found[0] == found[1]
    assert len(set(found)) == 2


def test_a_folder_without_fonts_is_said_to_have_none(tmp_path):
    with pytest.raises(StudyError, match="no font in"):
        fonts.find([tmp_path], seed=0, progress=QUIET)


def package(to, name, license="OFL-1.1", weight=400):
    """Write what npm packs: a font, its terms, and much that is not wanted."""
    about = json.dumps({"name": f"@fontsource/{name}", "version": VERSION, "license": license}).encode()
    files = {
        "package.json": about,
        "LICENSE": b"terms",
        "index.css": b"x",
        "../outside": b"x",
        f"files/{name}-latin-{weight}-normal.woff2": (SHIPPED / "cmr10.ttf").read_bytes(),
        f"files/{name}-greek-400-normal.woff2": b"x",
    }
    with tarfile.open(to, "w:gz") as archive:
        for path, content in files.items():
            member = tarfile.TarInfo(f"package/{path}")
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({}, None),
        ({"license": "UNLICENSED"}, "licensed under UNLICENSED, not under one of OFL-1.1, Apache-2.0, UFL-1.0"),
        ({"weight": 700}, "no upright Latin font of weight 400 in its package"),
    ],
)
def test_of_a_package_one_font_and_its_terms_are_kept_if_these_are_open(tmp_path, given, reason):
    package(tmp_path / "abel.tgz", "abel", **given)
    kept = tmp_path / "abel"
    kept.mkdir()
    fontsource.unpack(tmp_path / "abel.tgz", "abel", kept)

    names = {"LICENSE", "package.json", "refused.txt" if reason else "abel-latin-400-normal.woff2"}
    assert {path.name for path in kept.iterdir()} == names
    assert not reason or (kept / "refused.txt").read_text() == reason


def npm(tmp_path, monkeypatch, script):
    """Put a program named npm first in the path that does as the shell script says."""
    program = tmp_path / "bin" / "npm"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent), prepend=":")


def fetch(folder, count):
    return fontsource.fetch(folder, count=count, seed=0, progress=QUIET)


def test_families_are_fetched_in_the_order_of_the_seed_and_only_once(tmp_path, monkeypatch):
    names = fonts.shuffled(FAMILIES, 0)[:3]
    for name in names:
        package(tmp_path / f"{name}.tgz", name, license="Proprietary" if name == names[1] else "Apache-2.0")
    npm(
        tmp_path,
        monkeypatch,
        f"name=${{2#@fontsource/}}; cp {tmp_path}/${{name%@*}}.tgz . && echo $2 >> {tmp_path}/asked",
    )
    fetch(tmp_path / "fonts", 1)
    found = fetch(tmp_path / "fonts", 3)

    assert [font.family for font in found.fonts] == [names[0], names[2]]
    assert [font.license for font in found.fonts] == ["Apache-2.0"] * 2
    assert [one.family for one in found.left_out] == [names[1]]
    assert sorted((tmp_path / "asked").read_text().split()) == sorted(f"@fontsource/{name}@{VERSION}" for name in names)
    assert sorted(path.name for path in (tmp_path / "fonts").iterdir()) == sorted(names)


def test_what_npm_says_is_told_and_what_was_fetched_stays(tmp_path, monkeypatch):
    first, second = fonts.shuffled(FAMILIES, 0)[:2]
    package(tmp_path / f"{first}.tgz", first)
    npm(
        tmp_path,
        monkeypatch,
        f"case $2 in *{first}@*) cp {tmp_path}/{first}.tgz .;; *) echo npm error no route >&2; exit 1;; esac",
    )
    fetch(tmp_path / "fonts", 1)
    with pytest.raises(StudyError, match=f"could not download @fontsource/{second}@{VERSION}: no route"):
        fetch(tmp_path / "fonts", 2)

    assert [path.name for path in (tmp_path / "fonts").iterdir()] == [first]


def test_without_npm_the_error_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(StudyError, match=r"npm.* is not installed.*give a folder"):
        fetch(tmp_path / "fonts", 2)


def test_no_more_families_are_promised_than_are_listed(tmp_path):
    with pytest.raises(StudyError, match=f"only {len(FAMILIES)} fonts are available"):
        fetch(tmp_path, len(FAMILIES) + 1)


def test_the_listed_families_are_names_of_packages_each_once():
    assert len(set(FAMILIES)) == len(FAMILIES)
    assert all(re.fullmatch("[a-z0-9-]+", name) for name in FAMILIES)
