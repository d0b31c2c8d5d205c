"""The scripts of static/: their own tests by node, what Python must answer alike, their types, what is served of them.

Cases that both languages share lie in tests/javascript/cases/; tests/javascript/*.test.js run the same ones.
"""

import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import typescript
from support.sites import make, write

from generator.analysis import closeness, paths
from generator.analysis.closeness import SAME, Scale, encode
from generator.analysis.paths import Conditions
from generator.core import i18n
from generator.core.findings import Analogies, Graph
from generator.core.resources import STATIC
from generator.site import cards, records, scripts, theme
from generator.site.data import browser, title_index

HERE = Path(__file__).parent / "javascript"
OLDEST = (20, 19)  # of Node.js


def cases(name: str) -> Any:
    return json.loads((HERE / "cases" / f"{name}.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def node() -> str:
    """Return the path of Node.js; the tests fail where there is none, or an old one."""
    path = shutil.which("node")
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout if path else "none"
    version = tuple(map(int, re.findall(r"\d+", said)[:2]))

    assert version >= OLDEST, (
        f"the scripts are tested by Node.js 20.19 or newer; here is {said.strip()}. Install nodejs"
    )
    return str(path)


def test_scripts_pass_their_own_tests(node):
    own = sorted(map(str, HERE.glob("*.test.js")))
    done = subprocess.run([node, "--test", *own], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
    assert int(re.findall(r"pass (\d+)", done.stdout)[-1]) > 100


def test_the_types_that_scripts_declare_are_kept():
    assert typescript.faults() == ""


def test_the_check_of_types_finds_what_is_wrong(tmp_path):
    (tmp_path / "wrong.js").write_text("/** @param {number} n */\nexport const twice = (n) => n.length + asked;\n")
    (tmp_path / "unsaid.js").write_text("export const twice = (n) => 2 * n;\n")
    config = json.loads((HERE / "tsconfig.json").read_text())
    (tmp_path / "tsconfig.json").write_text(json.dumps(config | {"include": ["*.js"]}))
    said = typescript.faults(tmp_path / "tsconfig.json")

    assert all(code in said for code in ("TS2339", "TS2304", "TS7006")), said


def test_no_script_hides_from_the_check():
    for path in STATIC.glob("*.js"):
        assert "@ts-" not in path.read_text(encoding="utf-8"), path


def test_scripts_are_served_as_the_programs_they_are(tmp_path):
    """What is served is the same to a compiler, which prints both without comments and in its own form."""
    (tmp_path / "served").mkdir()
    for path in STATIC.glob("*.js"):
        served = scripts.served(path.read_text(encoding="utf-8"))
        (tmp_path / "served" / path.name).write_text(served, encoding="utf-8")

        assert len(served) <= len(path.read_text(encoding="utf-8")) and "@param" not in served, path
    typescript.plainly(sorted(STATIC.glob("*.js")), tmp_path / "plain")
    typescript.plainly(sorted((tmp_path / "served").glob("*.js")), tmp_path / "served-plain")
    for path in STATIC.glob("*.js"):
        printed = [re.sub(r"\s+", "", (tmp_path / name / path.name).read_text()) for name in ("plain", "served-plain")]

        assert printed[0] and printed[0] == printed[1], path


@pytest.mark.parametrize(
    ("script", "served"),
    [
        ("// One line.\n/**\n * More,\n * of them.\n */\nlet a = 1; // and here\n\n  let b;\n", "let a=1;\nlet b;\n"),
        ("const a = /** @type {A} */ (b);\n", "const a=(b);\n"),
        ("const a = /** @type {A} */ (b), c = /* no */ d;\n", "const a=(b),c=d;\n"),
        ("f('// no', \"/* no */\", `// no\n  /* no */`);\n", "f('// no',\"/* no */\",`// no\n  /* no */`);\n"),
        ("const a = `${f(`// ${b} `)} // no`; // yes\n", "const a=`${f(`// ${b} `)} // no`;\n"),
        ("x.replace(/[/*]\\/\\/ =/g, 1) // yes\n", "x.replace(/[/*]\\/\\/ =/g,1)\n"),
        ('const r = /" /u; const s = " \' "; // it\'s\n', 'const r=/" /u;const s=" \' ";\n'),
        ("a = b / c; // d / e\n", "a=b / c;\n"),
        ("a = 1 - -b + +c;\nreturn a ? .5 : c;\n", "a=1 - -b + +c;\nreturn a?.5:c;\n"),
    ],
)
def test_what_only_readers_need_is_not_served(script, served):
    assert scripts.served(script) == served


@given(st.lists(st.sampled_from(["('// d')", '("/* e")', "(`f // ${g} /* h`)", "(/i'\\/\\*[/]/)", "[k]"]), min_size=1))
def test_what_stands_in_quotes_is_served_as_it_is_whatever_stands_around_it(kept):
    script = "".join(f"// say '{number}\n/** \"more */{one}; // `end\n" for number, one in enumerate(kept))

    assert scripts.served(script) == "".join(f"{one};\n" for one in kept)


def test_no_facet_has_the_name_of_what_scripts_put_into_addresses():
    for path in STATIC.glob("*.js"):
        put = set(
            re.findall(r"""(?:[pP]arams\.(?:get|set)\("|[?&])([a-z]+)(?:"|=)""", path.read_text(encoding="utf-8"))
        )

        assert put <= browser.RESERVED or path.name == "search.js", path  # whose names search.js keeps apart itself


@pytest.mark.parametrize("given", cases("buckets"), ids=lambda given: given["text"])
def test_ids_and_words_are_in_the_buckets_of_the_cases(given):
    assert browser.bucket(given["text"], given["buckets"]) == given["bucket"]


@pytest.mark.parametrize("given", cases("shortened"), ids=lambda given: given["text"][:20])
def test_texts_are_shortened_as_in_the_cases(given):
    most = (given["most"],) if "most" in given else ()

    assert i18n.shortened(given["text"], *most) == given["shortened"]


@pytest.mark.parametrize("given", cases("ratios"), ids=lambda given: given["class"])
def test_ratios_have_the_classes_of_the_cases_and_these_the_ratios_in_the_style_sheet(given, tmp_path):
    ratio = given["width"] / given["height"]

    assert cards.ratio_class(given["width"], given["height"]) == given["class"]
    bound = theme.FACTOR ** (theme.STEPS / 2)
    shown = theme.FACTOR ** (int(given["class"][1:]) - theme.STEPS // 2)
    assert shown == pytest.approx(min(max(ratio, 1 / bound), bound), rel=0.006)


@pytest.mark.parametrize("given", cases("titles"), ids=lambda given: given["text"])
def test_titles_have_the_words_of_the_cases_in_their_buckets(given):
    found = title_index.words(given["text"])

    assert found == given["words"]
    assert [browser.bucket(word[: title_index.SIGNS], given["buckets"]) for word in found] == given["places"]


def scale(given: Any) -> np.ndarray:
    """Return the cosines of a scale whose codes are evenly apart."""
    return cosine(given["first"] + given["step"] * np.arange(1_001))


def cosine(codes: Any) -> np.ndarray:
    return (np.asarray(codes, np.float64) / 32767.5 - 1).astype(np.float32)


def analogies(scale: np.ndarray, near: Any = (), n: int = 1) -> Analogies:
    """Return analogies of n works, of which some have neighbors: (row, [[other, code]])."""
    k = max([1, *(len(others) for _, others in near)])
    rows, similarity = np.full((n, 1, k), -1, np.int32), np.full((n, 1, k), -np.inf, np.float32)
    for row, others in near:
        for place, (other, code) in enumerate(others):
            rows[row, 0, place], similarity[row, 0, place] = other, cosine(code)
    return Analogies(rows=rows, similarity=similarity, scale=scale)


def test_codes_have_the_ranks_and_levels_of_the_cases():
    given = cases("closeness")
    codes = np.array([case["code"] for case in given["cases"]], np.uint16)
    made = Scale(analogies(scale(given["scale"])))
    ranks = made.ranks(codes)

    assert (given["limits"], given["same"]) == ([*closeness.LIMITS], closeness.SAME)
    assert ranks.tolist() == [case["rank"] for case in given["cases"]]
    assert made.levels(ranks).tolist() == [case["level"] for case in given["cases"]]
    assert (codes >= SAME).tolist() == [case["same"] for case in given["cases"]]
    assert [f"{rank / 10:.1f}" for rank in ranks] == [case["percent"] for case in given["cases"]]
    assert (encode(cosine(codes)) == codes).all()


@pytest.mark.parametrize("language", cases("words"))
def test_words_are_filled_in_and_counted_as_in_the_cases(language, tmp_path):
    forms = "".join(f'{form} = "{form}"\n' for form in ("zero", "one", "two", "few", "many", "other"))
    for name in ("en", language):
        (tmp_path / f"{name}.toml").write_text(f"[n]\n{forms}", encoding="utf-8")
    words, given = i18n.Words(tmp_path, language), cases("words")[language]

    assert words.direction == given["direction"]
    assert {number: words.number(int(number)) for number in given["figures"]} == given["figures"]
    assert {share: words.percent(int(share)) for share in given["percent"]} == given["percent"]
    for form, ranges in given["forms"].items():
        for first, last in ranges:
            assert {words.count("n", number) for number in range(first, last + 1)} == {form}
    for case in given["filled"]:
        words.texts["case"] = case["text"]

        assert words("case", **case["given"]) == case["filled"]


def test_records_share_what_the_cases_say():
    given = cases("records")
    for case in given["shared"]:
        other = dict(case["other"])
        facts = [records.Fact(label, text, other.get(label, "")) for label, text in case["one"]]

        assert records.shared(facts, frozenset(given["untold"])) == case["shared"]
    assert given["longest"] == records.LONGEST


def test_as_many_years_lie_between_two_works_as_the_cases_say(tmp_path):
    collection, *_ = make(tmp_path, n=2)
    for case in cases("records")["years"]:
        works = [replace(work, year=case[name]) for work, name in zip(collection.works, ("one", "other"), strict=True)]

        assert records.years_between(0, 1, replace(collection, works=tuple(works))) == case["years"]


@pytest.mark.parametrize("given", cases("paths")["cases"], ids=lambda given: given["why"])
def test_paths_are_those_of_the_cases(given, tmp_path):
    n, ends = given["works"], given["ends"]
    one, other, codes = np.array(given["steps"]).T
    graph = Graph(
        one=one.astype(np.int32),
        other=other.astype(np.int32),
        codes=codes.astype(np.uint16),
        times=np.array(given.get("times", [0] * n), np.uint16),
    )
    collection = make(tmp_path, n=n)[0]
    labels = np.array(given.get("labels", [0] * n), np.int32)
    collection = replace(collection, labels=np.stack([labels, labels], axis=1))
    near = [(int(row), others) for row, others in given.get("near", {}).items()]
    conditions = Conditions(
        through=np.isin(np.arange(n), given["through"]) if "through" in given else None,
        differing=0 if "labels" in given else None,
        in_time=given.get("inTime", False),
    )
    found = analogies(scale(cases("paths")["scale"]), near, n)
    path = paths.find(collection, found, graph, *ends, conditions)

    assert path == (given["path"] and tuple(given["path"]))
    assert (cases("paths")["limits"], cases("paths")["same"]) == ([*closeness.LIMITS], SAME)


def test_steps_cost_what_the_cases_say(tmp_path):
    given = cases("paths")
    ends, codes = np.arange(len(given["prices"]), dtype=np.int32), [code for code, _ in given["prices"]]
    graph = Graph(one=ends, other=ends, codes=np.array(codes, np.uint16), times=np.zeros(len(ends), np.uint16))
    cost = paths._steps([graph], analogies(scale(given["scale"]))).cost

    assert cost[: len(codes)].tolist() == [price for _, price in given["prices"]]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Return the folder of a site with paths, and what it was made from."""
    home = tmp_path_factory.mktemp("scripts")
    collection, near, pictures = make(home / "made", n=120)
    years = [None if row % 9 == 0 else 1500 + 10 * (row * 7 % 20) for row in range(120)]
    works = tuple(replace(work, year=year) for work, year in zip(collection.works, years, strict=True))
    collection = replace(collection, works=works)
    graph = paths.graph(collection, near)
    write(home, (collection, near, pictures), out=home / "site", found={"graph": graph})
    return home / "site", collection, near, graph


def asked(node: str, folder: Path, **questions: Any) -> Any:
    """Return what the scripts of a site answer."""
    given = json.dumps({"paths": [], "titles": []} | questions)
    command = [node, str(HERE / "on-site.js"), str(folder)]
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_scripts_and_python_find_the_same_paths_under_all_conditions(node, site):
    folder, collection, near, graph = site
    random, questions, wanted = np.random.default_rng(1), [], []
    facts = json.loads((folder / "data/collection.json").read_text(encoding="utf-8"))
    periods = np.array([ord(sign) - ord("1") for sign in facts["dated"]])
    for number in range(240):
        ends = random.choice(len(collection.works), 2, replace=False).tolist()
        facet = int(random.integers(len(collection.facets)))
        value = int(random.integers(len(collection.facets[facet].values)))
        period = int(random.integers(len(facts["periods"]["values"])))
        choice = [value if number % 4 in (1, 3) and place == facet else None for place in range(len(collection.facets))]
        choice.append(period if number % 7 == 0 else None)
        inside = np.ones(len(collection.works), bool)
        if number % 4 in (1, 3):
            inside &= collection.labels[:, facet] == value
        if number % 7 == 0:
            inside &= periods == period
        conditions = Conditions(
            through=None if choice == [None] * 3 else inside,
            differing=facet if number % 5 == 0 else None,
            in_time=number % 3 == 0,
        )
        wanted.append(paths.find(collection, near, graph, *ends, conditions))
        ids = [collection.works[row].id for row in ends]
        questions.append({"ids": ids, "choice": choice, "fresh": conditions.differing, "inTime": conditions.in_time})
    answers = asked(node, folder, paths=questions)["paths"]

    assert [path and tuple(path) for path in answers] == wanted
    assert 120 < sum(path is not None for path in wanted) < 240


def test_scripts_find_every_work_by_its_title(node, site):
    folder, collection, *_ = site
    named = [
        row for row, work in enumerate(collection.works) if len(work.title.split()[-1]) > 1
    ]  # a sign says too little
    found = asked(node, folder, titles=[collection.works[row].title for row in named])["titles"]

    assert len(named) > 100 and all(row in rows for row, rows in zip(named, found, strict=True))
