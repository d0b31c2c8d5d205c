"""The report: measurements -> table.md, table.csv, machine.json. Each file appears when it is complete."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from itertools import groupby
from pathlib import Path
from typing import Any

from generator.evaluation.common.files import put
from generator.evaluation.speed.peers import ENGINES
from generator.evaluation.speed.records import FILTERS, REFERENCE, SAME, Measurement

OURS = frozenset(engine.name for engine in ENGINES if engine.name.startswith("tesserae"))
QUIET = 0.03  # share of the machine that others may take without a word
READING = """
*filters*: for every row, the k nearest in every cell, without the row itself; seconds for one pass, including the time to
build indexes. GMAC/s counts the multiply-adds of all n x n pairs per second, computed or skipped; where half the products
are enough, only half were computed. "beyond" is the most memory used in addition to the vectors and the result; condtree
promises at most the size of the vectors plus 512 MiB. "merge" is the time to merge the lists into every wider filter, for
all rows.

*query*: the k nearest to a vector that is not a row, among the rows that pass a filter; microseconds per query, without the
time to build indexes. GB/s counts the bytes of the rows that pass, per second, read or skipped.

Times are medians (quartiles). The libraries took turns in random order. Every answer was compared with the first library's:
similarities within 1e-5, and rows unless they are tied; `differs` marks answers that are not the same.
"""


def write(
    to: Path, measurements: Sequence[Measurement], facts: dict[str, Any], plots: Iterable[tuple[str, str]]
) -> None:
    """Write the report into a folder; plots are names and contents of SVG files."""
    to.mkdir(parents=True, exist_ok=True)
    files = {"table.csv": table(measurements), "machine.json": json.dumps(facts, indent=2) + "\n", **dict(plots)}
    for name, text in files.items():
        put(to / name, text)
    put(to / "table.md", document(measurements, facts, [name for name in files if name.endswith(".svg")]))


def table(measurements: Sequence[Measurement]) -> str:
    """Return CSV, a row a measurement."""
    buffer = io.StringIO()
    names = [field.name for field in fields(Measurement)]
    writer = csv.DictWriter(buffer, [*names, "rate"], lineterminator="\n")
    writer.writeheader()
    writer.writerows({**asdict(one), "rate": one.rate} for one in measurements)
    return buffer.getvalue()


def document(measurements: Sequence[Measurement], facts: dict[str, Any], plots: Sequence[str]) -> str:
    """Return the report as Markdown."""
    blocks = [f"# Speed of the filtered search\n\n    {facts['command']}", header(facts), READING.strip()]
    blocks += [f"![{name.removesuffix('.svg')}]({name})" for name in plots]
    for _, group in groupby(measurements, lambda one: (*one.question[:6], one.batch)):
        same = list(group)
        blocks.append(filters_table(same) if same[0].workload == FILTERS else query_table(same))
    return "\n\n".join(block for block in blocks if block) + "\n"


def header(facts: dict[str, Any]) -> str:
    """Return the machine in a few lines."""
    libraries = ", ".join(f"{name} {version}" for name, version in facts["libraries"].items())
    pools = facts["pools"]
    kernels = (
        pools
        if isinstance(pools, str)
        else ", ".join(
            " ".join(str(pool[key]) for key in ("prefix", "version", "architecture") if pool.get(key))
            + f" ({pool['num_threads']} threads)"
            for pool in pools
        )
    )
    limits = facts["limits"]
    lines = [
        f"{facts['date']}; {facts['processor']}, {facts['processors']} processors, {facts['threads']} threads used, "
        f"{facts['memory_gib']} GiB; {', '.join(facts['caches'])}; {' '.join(facts['flags'])}",
        f"{facts['system']}; Python {facts['python']}; {libraries}",
        f"BLAS and OpenMP: {kernels}",
        f"seed {facts['seed']}; median of {facts['repeat']} runs, warm; limit {facts['seconds']:g} s per library and size",
        f"limits of the machine as numpy reaches them: {limits['float32_gmac_per_s']} GMAC/s in float32, "
        f"{limits['read_gb_per_s']} GB/s read, {limits['copy_gb_per_s']} GB/s copied (read and written)",
    ]
    compiled = facts.get("compiling")
    if isinstance(compiled, dict):
        lines.append(
            f"first answer of a new process, import included: {compiled['cold_s']} s while numba compiles, "
            f"{compiled['cached_s']} s from its cache"
        )
    elif compiled:
        lines.append(f"first answer of a new process: {compiled}")
    return "\n".join(f"- {line}" for line in lines)


def title(one: Measurement) -> str:
    cells = f"{one.cells:,} cells"
    batch = f", {one.batch} at once" if one.batch > 1 else ""
    return f"## {one.workload}: {one.source}, n = {one.n:,}, d = {one.d:,}, {cells}, k = {one.k}{batch}"


def filters_table(group: Sequence[Measurement]) -> str:
    """Return a table of engines."""
    rows = [["engine", "seconds", "/ tesserae", "GMAC/s", "beyond, MiB", "merge, s", "answer"]]
    ours = next((one.seconds for one in group if one.engine == "tesserae"), None)
    for one in group:
        if one.seconds is None:
            continue
        rows.append(
            [
                one.engine,
                f"{one.seconds:.3g} ({one.low:.3g}-{one.high:.3g})",
                f"{one.seconds / ours:.2f}" if ours else "",
                f"{one.rate:,.1f}",
                _number(one.beyond, ",.0f"),
                _number(one.merge, ".2f"),
                verdict(one),
            ]
        )
    promise = f"Promised: at most {group[0].promised:,.0f} MiB more."
    said = " ".join(part for part in (ratio(group), promise, disturbed(group)) if part)
    return "\n\n".join([title(group[0]), markdown(rows), said, left_out(group)]).strip()


def query_table(group: Sequence[Measurement]) -> str:
    """Return a table of engines by how much the condition lets through."""
    shares = list(dict.fromkeys(one.share for one in group))
    at = {(one.engine, one.share): one for one in group}
    allowed = [next(one.allowed for one in group if one.share == share) for share in shares]
    rows = [["µs per query", *(f"{share * 100:g} % ({count:,})" for share, count in zip(shares, allowed, strict=True))]]
    for engine in dict.fromkeys(one.engine for one in group):
        mine = [at.get((engine, share)) for share in shares]
        if any(one and one.seconds is not None for one in mine):
            rows.append([engine, *(_cell(one) for one in mine)])
    best = ["best other / tesserae"]
    best += [_number(advantage([one for one in group if one.share == share]), ".2f") for share in shares]
    speed = ["tesserae, GB/s"]
    speed += [_number(one.rate if (one := at.get(("tesserae", share))) else None, ".1f") for share in shares]
    blocks = [title(group[0]), markdown([*rows, best, speed]), disturbed(group), left_out(group)]
    return "\n\n".join(block for block in blocks if block)


def advantage(group: Sequence[Measurement]) -> float | None:
    """Return how many times as long as ours the fastest exact peer took."""
    ours = next((one.seconds for one in group if one.engine == "tesserae"), None)
    best = fastest(group)
    return best.seconds / ours if ours and best and best.seconds else None


def fastest(group: Sequence[Measurement]) -> Measurement | None:
    """Return the fastest peer whose answer is ours."""
    peers = [one for one in group if one.engine not in OURS and one.seconds is not None and one.answer == SAME]
    return min(peers, key=lambda one: one.seconds or 0.0, default=None)


def ratio(group: Sequence[Measurement]) -> str:
    best, times = fastest(group), advantage(group)
    return f"The fastest other exact library, {best.engine}, takes {times:.2f} times as long." if best and times else ""


def disturbed(group: Sequence[Measurement]) -> str:
    """Return a warning where others used the machine: an engine with a thread for every processor then waits for them."""
    share = max((one.others or 0.0 for one in group), default=0.0)
    return f"Other programs used {share:.0%} of the machine meanwhile: measure again." if share > QUIET else ""


def left_out(group: Sequence[Measurement]) -> str:
    """Return who was not measured, and why; or who differs, and how."""
    lines: dict[str, list[str]] = {}
    for one in group:
        said = one.note and f"not measured: {one.note}"
        if not said and one.answer not in (REFERENCE, SAME):
            said = f"differs: {one.answer}" if one.answer else "not compared"
        if said:
            where = f"{one.share * 100:g} %" if one.batch else ""
            lines.setdefault(f"{one.engine}: {said}", []).append(where)
    return "\n".join(f"- {line}" + (f" (at {', '.join(where)})" if any(where) else "") for line, where in lines.items())


def verdict(one: Measurement) -> str:
    return one.answer if one.answer in (REFERENCE, SAME, "") else "differs"


def lines(measurements: Sequence[Measurement]) -> list[str]:
    """Return measurements of one question for a terminal."""
    warning = disturbed(measurements)
    return [
        title(measurements[0]).removeprefix("## "),
        *map(line, measurements),
        *([f"  {warning}"] if warning else []),
    ]


def line(one: Measurement) -> str:
    """Return a measurement as one line of text."""
    where = f"{one.share * 100:g} % x{one.batch}" if one.batch else ""
    if one.seconds is None:
        return f"  {one.engine:17} {where:11} {one.note}"
    time = f"{micro(one.seconds):>12} µs" if one.batch else f"{one.seconds:12.3f} s "
    return f"  {one.engine:17} {where:11} {time}  {verdict(one)}"


def markdown(rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table; the first row is its head."""
    head, *body = rows
    rule = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, rule, *body))


def micro(seconds: float | None) -> str:
    """Return microseconds, to three figures where they are few."""
    value = (seconds or 0.0) * 1e6
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _cell(one: Measurement | None) -> str:
    if one is None or one.seconds is None:
        return ""
    text = f"{micro(one.seconds)} ({micro(one.low)}-{micro(one.high)})"
    return text + (" differs" if verdict(one) == "differs" else "")


def _number(value: float | None, form: str) -> str:
    return "" if value is None else format(value, form)
