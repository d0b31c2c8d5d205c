"""Who may import what: layers go down, siblings never meet, each heavy library has one home."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.cli import commands

HOME = Path(__file__).resolve().parent.parent
GENERATOR = HOME / "generator"
BESIDE = "budget content coverage ingest embedding analogies agreement layout npm pictures regions search site serve tiles console output paths"
LAYERS = [
    {"cli"},
    {"pipeline", "evaluation"},
    set(BESIDE.split()),
    {"model", "config", "store", "workers", "images", "whitening", "overrides"},
    {"errors", "colors", "cosines", "licenses", "condtree"},
]
HOMES = {  # a library, and the only part that may import it
    "torch": "embedding evaluation",
    "torchvision": "embedding",
    "open_clip": "embedding",
    "timm": "embedding",
    "safetensors": "embedding",
    "numba": "condtree",
    "jinja2": "site",
    "PIL": "images evaluation",
    "font_source_serif_pro": "images",
    "click": "cli",
    "tqdm": "console",
    "watchfiles": "serve",
    "platformdirs": "store",
    "anyascii": "content",
    "babel": "site",
    "httpx2": "ingest",
    "httpcore2": "ingest",
    "faiss": "evaluation",
    "sklearn": "evaluation",
    "usearch": "evaluation",
    "matplotlib": "evaluation",
    "threadpoolctl": "evaluation",
    "openTSNE": "layout",
}
LAZY = {
    "openTSNE",
    "torch",
    "torchvision",
    "open_clip",
    "timm",
}  # imported inside functions: an unchanged build does without
LAZY |= {"faiss", "sklearn", "usearch", "matplotlib", "threadpoolctl"}  # optional: a study says what is missing
MODULES = sorted(GENERATOR.rglob("*.py"))


def part_of(module: Path) -> str:
    """Return the part of the program a module belongs to: content/table.py is of content."""
    return module.relative_to(GENERATOR).parts[0].removesuffix(".py")


def imports(module: Path) -> Iterator[tuple[str, bool]]:
    """Yield every imported name, dotted, and whether it is imported at the top of the module."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    top = set(tree.body)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node in top) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: relative import"
            yield from ((f"{node.module}.{alias.name}", node in top) for alias in node.names)


def layer_of(part: str) -> int:
    return next(i for i, layer in enumerate(LAYERS) if part in layer)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.relative_to(GENERATOR)))
def test_a_module_imports_only_from_layers_below_its_own(module):
    part = part_of(module)
    if part == "__init__":
        return
    for name, _ in imports(module):
        names = name.split(".")
        if names[0] != "generator" or names[1] == "__version__":
            continue
        other = names[1]

        assert other == part or layer_of(other) > layer_of(part), f"{module.name} imports {name}"


@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.relative_to(GENERATOR)))
def test_a_heavy_library_is_imported_only_in_its_home(module):
    for name, at_top in imports(module):
        library = name.split(".")[0]

        assert part_of(module) in HOMES.get(library, part_of(module)).split(), f"{module.name} imports {library}"
        assert not (at_top and library in LAZY), f"{module.name} imports {library} at its top"


def test_only_the_command_line_prints_or_exits():
    for module in MODULES:
        calls = [
            node.func for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)
        ]
        names = {call.id for call in calls if isinstance(call, ast.Name)}

        assert part_of(module) in ("cli", "console") or not names & {"print", "exit"}, module


def test_the_code_does_not_know_the_words_of_one_collection():
    known = GENERATOR / "ingest"  # the formats of museums have columns of these names
    scripts = [module for module in (*MODULES, *(HOME / "static").rglob("*.js")) if not module.is_relative_to(known)]
    for module in scripts:
        text = module.read_text(encoding="utf-8").lower()

        assert "culture" not in text and "medium" not in text, module


def test_every_module_is_in_the_readme():
    text = (HOME / "README.md").read_text(encoding="utf-8")
    for path in sorted(GENERATOR.iterdir()):
        if path.name not in ("__init__.py", "__pycache__"):
            assert path.name in text, f"README.md's map of the code lacks {path.name}"


def test_every_command_is_in_the_readme():
    text = (HOME / "README.md").read_text(encoding="utf-8")
    for name in commands.commands:
        assert f"`{name}`" in text, f"README.md does not name the command {name}"
