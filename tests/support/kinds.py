"""Every kind of page a site has, found in its folder: a new kind of page is tested without being named anywhere."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

FEW = 11  # a folder with fewer subfolders has a kind of page in each; one with more has many pages of one kind
ANY = 1_000  # folders that a site may have at its top, each with pages of its own kind


def kinds(folder: Path) -> dict[str, list[Path]]:
    """Return the pages of each kind, the largest first: "works/*/index.html" are the pages of works."""
    works = {path.name for path in folder.glob("works/*/")}
    pages = [(_starred(path.relative_to(folder).parts, works), path) for path in sorted(folder.rglob("*.html"))]
    return {
        "/".join(name): sorted(paths, key=lambda path: -path.stat().st_size)
        for name, paths in sorted(_grouped(pages, many=ANY))
    }


def _starred(parts: tuple[str, ...], works: set[str]) -> tuple[str, ...]:
    """Return a path with a star for every folder that has its name from a work: it is one of as many as there are works."""
    return (parts[0], *("*" if part in works else part for part in parts[1:]))


def _grouped(
    pages: Iterable[tuple[tuple[str, ...], Path]], many: int = FEW
) -> Iterator[tuple[tuple[str, ...], list[Path]]]:
    """Yield the pages by their paths, with a star for every folder that is one of many."""
    below: dict[str, list[tuple[tuple[str, ...], Path]]] = defaultdict(list)
    for parts, path in pages:
        below["page-*" if parts[0].startswith("page-") else parts[0]].append((parts[1:], path))
    ends = {name for name, held in below.items() if not held[0][0]}
    yield from (((name,), [path for _, path in below[name]]) for name in ends)
    folders = sorted(below.keys() - ends)
    if len(folders) >= many:
        folders, below = ["*"], {"*": [page for name in folders for page in below[name]]}
    for name in folders:
        yield from (((name, *rest), paths) for rest, paths in _grouped(below[name]))


def some(folder: Path) -> dict[str, Path]:
    """Return one page of each kind, the largest: what is longest breaks first."""
    return {name: paths[0] for name, paths in kinds(folder).items()}


def asked(folder: Path) -> dict[str, str]:
    """Return addresses within the site at which scripts show something: two works, the words of a title."""
    one, other = sorted(path.name for path in (folder / "works").iterdir())[:2]
    queries = {
        "pair": f"a={one}&b={other}",
        "wall": f"work={one}",
        "map": f"work={one}",
        "paths": f"from={one}&to={other}",
        "search": "q=a",
    }
    return {f"{name}?": f"{name}/index.html?{query}" for name, query in queries.items() if (folder / name).is_dir()}
