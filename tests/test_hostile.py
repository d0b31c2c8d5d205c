"""Content made to do harm: what `check` says of it, and what a visitor gets where it is allowed."""

import io
import json
import os
import zlib
from html.parser import HTMLParser

import pytest
from PIL import Image
from support.hostile import PAYLOAD, build, check
from support.making import SITE, draw, make_content, make_row, write_cells, write_table
from support.sites import POLICY

FIELDS = (
    "title",
    "creator",
    "date",
    "culture",
    "medium",
    "materials",
    "museum",
    "accession_number",
    "credit",
    "rights",
    "rights_basis",
    "image_alt_text",
    "motif",
)


class Read(HTMLParser):
    """What a browser makes of a page: its elements, and the text of each kind of element."""

    def __init__(self, path):
        super().__init__()
        self.elements, self.links, self.open, self.texts = [], [], [], {}
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        self.links += [address for name, address in attributes if name == "href"]
        if tag not in ("img", "link", "meta", "br"):
            self.open.append(tag)
            self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag):
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, text):
        if self.open:
            self.texts[self.open[-1]][-1] += text


def sound(out):
    """Assert that no page holds code, an element or a link that the templates did not write."""
    for path in sorted(out.rglob("*.html")):
        for tag, given in Read(path).elements:
            assert tag not in ("style", "iframe", "object", "embed", "base", "svg", "math"), path
            assert (
                tag != "script"
                or given == {"type": "application/ld+json"}
                or (set(given) <= {"src", "type", "defer"} and given["src"].startswith(("..", "a")))
            ), path
            assert not any(name.startswith("on") or name in ("style", "srcdoc", "action") for name in given), path
            assert given.get("src", "").partition("?")[0].endswith((".webp", ".js", "")), path
            if tag == "a" and ":" in given.get("href", ""):
                assert given["href"].startswith(("https://example.org/", "http://example.org/")), path
            if given.get("http-equiv"):
                assert given["content"] == POLICY, path


def text_of(out, identity, tag):
    return Read(out / "works" / identity / "index.html").texts[tag]


def changed(tmp_path, *changes, n=6, site=SITE):
    return make_content(tmp_path / "content", n, site=site, changes=dict(enumerate(changes)))


def test_code_in_every_field_column_and_setting_is_text_to_the_visitor(tmp_path):
    folder = make_content(tmp_path / "content", 6)
    rows = [make_row(i) | {name: f"{PAYLOAD} {name}" for name in FIELDS} | {f"x {PAYLOAD}": PAYLOAD} for i in range(6)]
    write_table(folder / "works.csv", rows)
    quoted = json.dumps(PAYLOAD)
    (folder / "site.toml").write_text(f"title = {quoted}\nsubtitle = {quoted}\nabout = {quoted}\ncredits = {quoted}\n")
    out = build(folder)

    sound(out)
    assert text_of(out, "w000", "h1") == [f"{PAYLOAD} title"]
    assert PAYLOAD in text_of(out, "w000", "dd")
    assert json.loads((out / "data/cards/0.json").read_bytes())[0][1].startswith(PAYLOAD[:60])


SHOWN = [  # a title as it is written, and as the visitor reads it
    ('=HYPERLINK("http://evil.example","x")', '=HYPERLINK("http://evil.example","x")'),
    ("+1+cmd|' /C calc'!A0", "+1+cmd|' /C calc'!A0"),
    ("@SUM(A1)", "@SUM(A1)"),
    ("javascript:alert(1)", "javascript:alert(1)"),
    ("مزهرية (زرقاء)", "مزهرية (زرقاء)"),
    ("safe\u202egpj.exe", "safegpj.exe"),
    ("a\u2066b\u2069c\u200fd\ufeff", "abcd"),
    ("👩🏽\u200d🎨 🏺 \U0001f1eb\U0001f1f7", "👩🏽\u200d🎨 🏺 \U0001f1eb\U0001f1f7"),
    ("Z̸͔̈́a̷l̴g̶o̸" * 20, "Z̸͔̈́a̷l̴g̶o̸" * 20),
    ("x" * 10_000, "x" * 10_000),
    ("word " * 2_000, ("word " * 2_000).strip()),
    ("<" * 10_000, "<" * 10_000),
    ("../../etc/passwd", "../../etc/passwd"),
]


NAMES = ["con.png", "nul.jpg", "a b'\"<x>&%41?#.png", "-rf.png", "=1.png", "🏺.png", "…/…/a.png"]


@pytest.fixture(scope="module")
def odd(tmp_path_factory):
    """A site of which each work has another odd title or name of its picture file; the last has neither."""
    n = len(SHOWN) + len(NAMES) + 1
    changes = [*({"title": written} for written, _ in SHOWN), *({"image": name} for name in NAMES)]
    folder = changed(tmp_path_factory.mktemp("odd"), *changes, n=n)
    for i, name in enumerate(NAMES, len(SHOWN)):
        (folder / "images" / name).parent.mkdir(parents=True, exist_ok=True)
        draw(i, (96, 72)).save(folder / "images" / name, "PNG")
    return build(folder)


def test_no_odd_title_or_name_writes_anything_into_a_page_but_text(odd):
    sound(odd)


@pytest.mark.parametrize("number", range(len(SHOWN)))
def test_an_odd_title_is_shown_as_it_is_written(number, odd):
    assert text_of(odd, f"w{number:03}", "h1") == [SHOWN[number][1]]


def test_other_works_pages_show_a_part_of_a_long_title(odd):
    last = len(SHOWN) + len(NAMES)

    assert (odd / f"works/w{last:03}/index.html").stat().st_size < 30_000


@pytest.mark.parametrize("number", range(len(NAMES)), ids=NAMES)
def test_odd_names_of_picture_files_never_reach_the_site(number, odd):
    name = NAMES[number].rpartition("/")[2]

    assert (odd / f"images/1/w{len(SHOWN) + number:03}.webp").is_file()
    assert not [path for path in odd.rglob("*") if path.name == name or not path.name.isascii()]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        " javascript:alert(1)",
        "vbscript:x",
        "data:text/html,<script>alert(1)</script>",
        "file:///etc/passwd",
        "//evil.example/x",
        "http:evil",
        "https://a@evil.example",
        "https://evil.example\\@good.example",
        "\x01javascript:alert(1)",
    ],
)
def test_only_whole_addresses_of_the_web_become_links(address, tmp_path):
    found, notes = check(changed(tmp_path, {"source_url": address}))

    assert found is None
    assert {note.column for note in notes if not note.warning} == {"source_url"}


def test_what_an_address_holds_cannot_leave_its_attribute(tmp_path):
    out = build(changed(tmp_path, {"source_url": "https://example.org/\"onclick='x'><b>?q=<i>"}))

    sound(out)
    assert "https://example.org/%22onclick='x'%3E%3Cb%3E?q=%3Ci%3E" in Read(out / "works/w000/index.html").links


@pytest.mark.parametrize(
    "identity", ["paypаl", "ｗ1", "w\u200b1", "ω", "w١", "w1\u0301", "./w1", "w1/", "%2e%2e", "w1\x00", "aux.x"]
)
def test_an_id_that_looks_like_another_or_names_a_place_is_refused(identity, tmp_path):
    found, notes = check(changed(tmp_path, {"objectid": identity}))

    assert found is None
    assert {(note.row, note.column) for note in notes if not note.warning} == {(2, "objectid")}


def test_values_that_look_alike_are_kept_apart_and_warned_of(tmp_path):
    folder = changed(
        tmp_path, {"culture": "Grееk"}, {"culture": "Greek\u200b"}, {"culture": "Ｇreek"}, {"culture": "Greek"}
    )
    found, notes = check(folder)
    (warning,) = [note for note in notes if note.column == "culture"]

    assert len(set(found.facets[0].slugs)) == len(found.facets[0].values)
    assert "CYRILLIC SMALL LETTER IE" in warning.found and "ZERO WIDTH SPACE" in warning.found
    sound(build(folder))


def polyglots():
    """Yield pictures that are something else as well."""
    buffer = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = PAYLOAD
    draw(1, (96, 72)).save(buffer, "JPEG", exif=exif, comment=PAYLOAD.encode())
    yield "script in the metadata", buffer.getvalue()
    yield "a page behind the picture", buffer.getvalue() + b"<html>" + PAYLOAD.encode()
    yield "an archive behind the picture", buffer.getvalue() + b"PK\x03\x04" + PAYLOAD.encode()
    buffer = io.BytesIO()
    draw(1, (96, 72)).save(buffer, "GIF", comment=b"*/=1;" + PAYLOAD.encode() + b"//")
    yield "a script that is a GIF", buffer.getvalue()


def test_of_a_picture_that_is_something_else_too_only_the_picture_is_published(tmp_path):
    made = dict(polyglots())
    folder = changed(tmp_path, *({"image": f"{name}.jpg"} for name in made))
    for name, raw in made.items():
        (folder / "images" / f"{name}.jpg").write_bytes(raw)
    out = build(folder)

    for i in range(len(made)):
        with Image.open(out / f"images/1/w{i:03}.webp") as published:
            assert published.format == "WEBP"
    assert [path for path in out.rglob("*") if path.is_file() and b"alert(1)" in path.read_bytes()] == []


def svg():
    return b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'


def bomb():
    """Return a PNG of 50,000 x 50,000 pixels in few bytes."""

    def chunk(name, data):
        return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")

    side = (50_000).to_bytes(4, "big")
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", side + side + b"\x08\x00\x00\x00\x00")
        + chunk(b"IDAT", zlib.compress(bytes(10_000_000)))
        + chunk(b"IEND", b"")
    )


def text_bomb():
    """Return a PNG whose comment unfolds to 4 MB."""
    buffer = io.BytesIO()
    draw(0, (8, 8)).save(buffer, "PNG")
    data = b"c\x00\x00" + zlib.compress(bytes(4_000_000), 9)
    chunk = len(data).to_bytes(4, "big") + b"zTXt" + data + zlib.crc32(b"zTXt" + data).to_bytes(4, "big")
    return buffer.getvalue()[:33] + chunk + buffer.getvalue()[33:]


def scan_bomb():
    """Return a JPEG whose last scan is repeated, each time over all pixels."""
    buffer = io.BytesIO()
    draw(0, (96, 72)).save(buffer, "JPEG", progressive=True)
    raw = buffer.getvalue()
    last = raw[raw.rfind(b"\xff\xc4", 0, raw.rfind(b"\xff\xda")) : -2]
    return raw[:-2] + last * 1_000 + raw[-2:]


@pytest.mark.parametrize(
    ("name", "raw", "found"),
    [
        ("a.svg", svg(), "an SVG drawing"),
        ("a.png", svg(), "an SVG drawing"),
        ("a.svgz", b"\x1f\x8b" + svg(), "an SVG drawing"),
        ("bomb.png", bomb(), "too many pixels"),
        ("scans.jpg", scan_bomb(), "101 scans"),
        ("text.png", text_bomb(), "cannot be decoded"),
        ("page.jpg", b"<!doctype html><script>alert(1)</script>", "a web page"),
        ("nothing.jpg", b"\x00" * 999, "not a picture"),
    ],
)
def test_what_is_no_plain_picture_is_refused(name, raw, found, tmp_path):
    folder = changed(tmp_path, {"image": name})
    (folder / "images" / name).write_bytes(raw)
    collection, notes = check(folder)
    (fault,) = [note for note in notes if not note.warning]

    assert collection is None
    assert (fault.row, fault.column) == (2, "image") and found in fault.found


@pytest.mark.parametrize("name", ["works.csv", "site.toml", "images/w000.png"])
@pytest.mark.parametrize("kind", ["pipe", "device", "folder"])
def test_what_never_ends_is_not_read(name, kind, tmp_path):
    folder = changed(tmp_path)
    (folder / name).unlink()
    if kind == "pipe":
        os.mkfifo(folder / name)
    elif kind == "device":
        (folder / name).symlink_to("/dev/zero")
    else:
        (folder / name).mkdir()
    found, notes = check(folder)

    assert found is None
    assert name.partition("/")[0] in {note.file for note in notes} or notes[0].column == "image"


def test_a_sparse_file_is_not_read_to_its_end(tmp_path):
    folder = changed(tmp_path)
    os.truncate(folder / "images" / "w000.png", 1 << 40)
    os.truncate(folder / "site.toml", 1 << 40)
    _, notes = check(folder)

    assert [note.file for note in notes if not note.warning] == ["site.toml", "works.csv"]


def test_signs_that_steer_a_terminal_are_not_repeated(tmp_path):
    folder = changed(
        tmp_path, {"image": "\x1b]0;x\x07.png"}, {"image": "evil"}, {"title": "\x1b[2J"}, {"objectid": "\x9b31m"}
    )
    (folder / "images" / "evil\x1b[31m\n.png").write_bytes(b"")
    (folder / "site.toml").write_text('"a\\u001b" = 1\ntitle = "\\u001b[2J"\n')
    _, notes = check(folder)

    assert len([note for note in notes if not note.warning]) >= 5
    assert all(str(note).isprintable() for note in notes)


def test_very_many_columns_are_shown_on_the_page_of_their_work_only(tmp_path):
    folder = make_content(tmp_path / "content", 6)
    extra = {f"column {number}": f"value {number}" for number in range(3_000)}
    write_table(folder / "works.csv", [make_row(i) | (extra if i == 0 else dict.fromkeys(extra, "")) for i in range(6)])
    out = build(folder)

    assert "value 2999" in text_of(out, "w000", "dd")
    assert (out / "works/w003/index.html").stat().st_size < 30_000


def test_as_many_combinations_as_works_are_refused_where_they_could_not_be_kept(tmp_path):
    n = 12_000
    folder = make_content(tmp_path / "content", 1)
    rows = [make_row(0) | {"objectid": f"w{i}", "culture": f"c{i}"} for i in range(n)]
    write_table(folder / "works.csv", rows)
    (folder / "site.toml").write_text('title = "T"\nneighbors = 10\n')
    _, notes = check(folder)
    (fault,) = [note for note in notes if not note.warning]

    assert "12,000 different combinations of culture and medium" in fault.found
    assert "8,333" in fault.expected


def test_a_value_too_long_to_choose_is_refused(tmp_path):
    _, notes = check(changed(tmp_path, {"culture": "long " * 2_000}))
    (fault,) = [note for note in notes if not note.warning]

    assert (fault.row, fault.column, fault.expected[:11]) == (2, "culture", "at most 200")


def test_a_header_of_noise_is_told_and_no_more(tmp_path):
    folder = changed(tmp_path)
    write_cells(folder / "works.csv", [[f"\x00{i}\u202e" for i in range(5_000)], ["x"] * 5_000])
    _, notes = check(folder)

    assert {note.column for note in notes if not note.warning} >= {"objectid", "title", "image"}
    assert sum(len(str(note)) for note in notes) < 100_000
