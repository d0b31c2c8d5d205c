"""Scripts are announced with all that they import, so that a browser asks for them at once."""

import re

import pytest

from generator.core.resources import STATIC
from generator.site import scripts


@pytest.fixture(scope="module")
def known():
    return scripts.imports(STATIC)


@pytest.mark.parametrize("name", ["any-pair", "map", "paths", "search", "wall"])
def test_a_page_announces_all_that_its_script_imports_however_deep(known, name):
    tags = scripts.tags([name], "../", known)
    announced = set(re.findall(r'<link rel="modulepreload" href="\.\./assets/([^"]*)">', tags))
    reached, before = {f"{name}.js"}, set()
    while reached != before:
        before = set(reached)
        reached |= {
            other
            for one in before
            if (STATIC / one).exists()
            for other in re.findall(r'from "\./(.*?)"', (STATIC / one).read_text())
        }

    assert announced == reached - {f"{name}.js"} and "words.js" in announced
    assert re.findall(r'src="\.\./assets/([^"]*)"', tags) == [f"{name}.js"]


def test_what_runs_is_not_announced_besides_and_circles_end(tmp_path):
    (tmp_path / "a.js").write_text('import {\n  one,\n} from "./b.js";\nconst late = () => import("./late.js");\n')
    (tmp_path / "b.js").write_text('import "./a.js";\nimport { two } from "./c.js";\n')
    known = scripts.imports(tmp_path)

    assert re.findall(r'="([\w./]+\.js)', scripts.tags(["b", "a"], "", known)) == [
        "assets/b.js",
        "assets/a.js",
        "assets/c.js",
    ]
