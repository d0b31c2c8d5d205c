"""Who may import what: layers go down, siblings never meet, each heavy library has one home, one name one meaning."""

import ast
import sys
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from generator.cli import commands

HOME = Path(__file__).resolve().parent.parent
GENERATOR = HOME / "generator"
MODULES = sorted(set(GENERATOR.rglob("*.py")) - {GENERATOR / "__init__.py"})
LAYERS = [  # from the top; parts of one layer do not know one another
    {"cli"},
    {"pipeline", "evaluation"},
    {"ingest", "embedding", "content", "site", "catalog", "publish"},
    {"analysis", "images"},
    {"core", "condtree"},
]
TELL = {"cli", "pipeline", "evaluation", "site", "catalog"}  # who reads what analysis found; the others do without
SHARED = 3  # as many parts at least import a module of core
NOT_SHARED = {  # but these lie in core for another reason
    "artefacts": "how the store keeps a record of arrays: beside the store, though analysis alone keeps such today",
    "colors": "config reads colors, site mixes them: core may not import site",
    "files": "written whole or not at all, by ingest and by evaluation, of which neither may know the other",
    "i18n": "the home of Babel; site today, the printed catalog next",
    "progress": "the home of tqdm; the command line makes one, core.model says what it does",
    "works_table": "what ingest writes and content reads: the same table, and siblings do not meet",
}
ANYWHERE = ""
HOMES = {  # a library, and the only packages or modules that may import it
    "PIL": "images evaluation",
    "anyascii": "content",
    "babel": "core/i18n",
    "click": "cli",
    "faiss": "evaluation/speed/peers",
    "filelock": "ingest",
    "fontTools": "evaluation/intuition/letters",
    "font_source_serif_pro": "images/share_card",
    "httpcore2": "ingest/http",
    "httpx2": "ingest/http",
    "huggingface_hub": "embedding/weights",
    "jinja2": "site/render",
    "llvmlite": "condtree",
    "markupsafe": "site",
    "matplotlib": "evaluation",
    "numba": "condtree",
    "numpy": ANYWHERE,
    "openTSNE": "analysis/layout",
    "open_clip": "embedding/openclip",
    "platformdirs": "core/store",
    "safetensors": "embedding/weights",
    "sklearn": "evaluation/speed/peers",
    "threadpoolctl": "evaluation",
    "timm": "embedding/dinov2 embedding/efficientnet",
    "torch": "embedding evaluation",
    "tqdm": "core/progress",
    "usearch": "evaluation/speed/peers",
    "watchfiles": "publish/dev_server",
}
LAZY = {"openTSNE", "torch", "open_clip", "timm"}  # inside functions: an unchanged build does without
LAZY |= {"faiss", "sklearn", "usearch", "matplotlib", "threadpoolctl"}  # optional: a study says what is missing
KNOWN = sys.stdlib_module_names | {"generator"}


@cache
def parsed(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"))


@cache
def nodes(module: Path) -> list[ast.AST]:
    return list(ast.walk(parsed(module)))


def place(module: Path) -> str:
    """Return where a module lies in the package: core/store, analysis/clusters/__init__."""
    return module.relative_to(GENERATOR).with_suffix("").as_posix()


def part_of(module: Path) -> str:
    """Return the part of the program a module belongs to: content/table.py is of content."""
    return place(module).partition("/")[0]


@cache
def imports(module: Path) -> list[tuple[str, bool]]:
    """Return every imported name, dotted, and whether it is imported at the top of the module."""
    top, found = set(parsed(module).body), []
    for node in nodes(module):
        if isinstance(node, ast.Import):
            found += [(alias.name, node in top) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found += [(f"{node.module}.{alias.name}", node in top) for alias in node.names]
    return found


def parts_imported(module: Path) -> Iterator[tuple[str, str]]:
    """Yield the other parts that a module imports from, and the whole name."""
    for name, _ in imports(module):
        names = name.split(".")
        if names[0] == "generator" and names[1] not in ("__version__", part_of(module)):
            yield names[1], name


def libraries(module: Path) -> Iterator[tuple[str, bool]]:
    """Yield the libraries of others that a module imports, and whether at its top."""
    for name, at_top in imports(module):
        library = name.split(".")[0]
        if library not in KNOWN:
            yield library, at_top


def at_home(library: str, module: Path) -> bool:
    return HOMES[library] == ANYWHERE or any(within(module, home) for home in HOMES[library].split())


def within(module: Path, home: str) -> bool:
    return f"{place(module)}/".startswith(f"{home}/")


def layer_of(part: str) -> int:
    return next(i for i, layer in enumerate(LAYERS) if part in layer)


def called(module: Path) -> set[str]:
    """Return the last names of the functions that a module calls by a bare name, and of import_module."""
    calls = [node.func for node in nodes(module) if isinstance(node, ast.Call)]
    return {
        call.id if isinstance(call, ast.Name) else call.attr
        for call in calls
        if isinstance(call, ast.Name) or (isinstance(call, ast.Attribute) and call.attr == "import_module")
    }


def test_every_part_of_the_program_has_one_layer():
    parts = {part_of(module) for module in MODULES}

    assert [part for part in sorted(parts) if sum(part in layer for layer in LAYERS) != 1] == []


def test_a_module_imports_only_from_layers_below_its_own():
    up = [
        (place(module), name)
        for module in MODULES
        for part, name in parts_imported(module)
        if layer_of(part) <= layer_of(part_of(module))
    ]

    assert up == []


def test_what_analysis_found_is_read_only_by_those_who_tell_it():
    readers = {part_of(module) for module in MODULES if "analysis" in dict(parts_imported(module))}

    assert readers <= TELL


def test_core_holds_what_three_parts_import_and_nothing_else():
    users = defaultdict(set)
    for module in MODULES:
        for name, _ in imports(module):
            if name.startswith("generator.core."):
                users[name.split(".")[2]].add(part_of(module))
    names = {module.stem for module in (GENERATOR / "core").glob("*.py")} - {"__init__"}

    assert [name for name in sorted(names - NOT_SHARED.keys()) if len(users[name]) < SHARED] == []
    assert [name for name in NOT_SHARED if name not in names or len(users[name]) >= SHARED] == [], "no exceptions now"


def test_every_library_is_imported_only_in_its_home():
    used = [(library, module) for module in MODULES for library, _ in libraries(module)]

    assert {library for library, _ in used} == HOMES.keys()
    assert [(library, place(module)) for library, module in used if not at_home(library, module)] == []


def test_no_home_of_a_library_stands_empty():
    empty = [
        (library, home)
        for library, homes in HOMES.items()
        for home in homes.split()
        if not any(within(module, home) and library in dict(libraries(module)) for module in MODULES)
    ]

    assert empty == []


def test_heavy_and_optional_libraries_are_imported_inside_functions():
    early = [
        (place(module), library)
        for module in MODULES
        for library, at_top in libraries(module)
        if at_top and library in LAZY
    ]

    assert early == []


def test_no_import_is_relative_or_hidden_from_those_who_read():
    relative = [
        place(module) for module in MODULES for node in nodes(module) if isinstance(node, ast.ImportFrom) and node.level
    ]
    hidden = [place(module) for module in MODULES if called(module) & {"import_module", "__import__", "exec", "eval"}]

    assert relative == []
    assert hidden == []


def test_every_module_says_what_it_is_for_in_its_first_line():
    said = {place(module): (ast.get_docstring(parsed(module)) or "").partition("\n")[0] for module in MODULES}

    assert [module for module, line in said.items() if len(line) < 20] == []


def test_the_name_of_a_class_is_given_once():
    places = defaultdict(list)
    for module in MODULES:
        for node in nodes(module):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(place(module))

    assert {name for name, found in places.items() if len(found) > 1} == set()


def test_only_the_command_line_and_its_progress_print_or_exit():
    for module in MODULES:
        calls = [node.func for node in nodes(module) if isinstance(node, ast.Call)]
        names = {call.id for call in calls if isinstance(call, ast.Name)}

        assert part_of(module) == "cli" or place(module) == "core/progress" or not names & {"print", "exit"}, module


def test_the_code_does_not_know_the_words_of_one_collection():
    known = GENERATOR / "ingest"  # the formats of museums have columns of these names
    scripts = [module for module in (*MODULES, *(HOME / "static").rglob("*.js")) if not module.is_relative_to(known)]
    for module in scripts:
        text = module.read_text(encoding="utf-8").lower()

        assert "culture" not in text and "medium" not in text, module


def test_every_part_of_the_program_is_in_the_map_of_the_readme():
    text = (HOME / "README.md").read_text(encoding="utf-8")
    for path in sorted(GENERATOR.iterdir()):
        if path.name not in ("__init__.py", "__pycache__"):
            assert path.name in text, f"README.md's map of the code lacks {path.name}"


def test_every_command_is_in_the_readme():
    text = (HOME / "README.md").read_text(encoding="utf-8")
    for name in commands.commands:
        assert f"`{name}`" in text, f"README.md does not name the command {name}"
