"""Plots: measurements -> SVG, time against one size while the others stay. The home of matplotlib."""

import importlib.util
import io
from collections.abc import Sequence
from typing import NamedTuple

from generator.evaluation.speed.peers import ENGINES
from generator.evaluation.speed.records import FILTERS, Measurement

MARKERS = "os^vDP*Xph<>d"


class Axis(NamedTuple):
    """One size that may vary."""

    name: str  # in the file's name
    label: str
    field: str  # of Measurement; what else must be the same is all of the others


AXES = (
    Axis("n", "n, rows", "n"),
    Axis("cells", "c, cells", "asked"),
    Axis("d", "d, dimensions", "d"),
    Axis("k", "k, neighbors", "k"),
    Axis("selectivity", "rows that pass the filter, %", "share"),
)


def drawn(measurements: Sequence[Measurement]) -> list[tuple[str, str]]:
    """Return name and content of a plot for every size that was varied; nothing where matplotlib is not installed."""
    if importlib.util.find_spec("matplotlib") is None:
        return []
    plots = []
    for axis in AXES:
        for group in varied(measurements, axis):
            others = [a for a in AXES if a is not axis and not (a.field == "share" and group[0].workload == FILTERS)]
            held = "-".join(f"{a.name}{_asked(group[0], a.field):g}" for a in others)
            batch = f"-x{group[0].batch}" if group[0].batch else ""
            name = f"{group[0].workload}-by-{axis.name}-{group[0].source}-{held}{batch}.svg"
            plots.append((name, figure(group, axis)))
    return plots


def varied(measurements: Sequence[Measurement], axis: Axis) -> list[list[Measurement]]:
    """Return the groups of measurements in which nothing but this size and the engine varies."""
    groups: dict[tuple[object, ...], list[Measurement]] = {}
    for one in measurements:
        rest = tuple(getattr(one, other.field) for other in AXES if other is not axis)
        groups.setdefault((one.workload, one.source, one.batch, *rest), []).append(one)
    return [g for g in groups.values() if len({_value(one, axis.field) for one in g if one.seconds is not None}) > 1]


def figure(group: Sequence[Measurement], axis: Axis) -> str:
    """Return one plot as SVG, a line an engine, both axes logarithmic; the same group gives the same bytes."""
    import matplotlib
    from matplotlib.figure import Figure
    from matplotlib.ticker import NullLocator

    scale = 1.0 if group[0].workload == FILTERS else 1e6
    with matplotlib.rc_context(
        {"svg.hashsalt": "tesserae", "svg.fonttype": "none", "font.family": "sans-serif", "font.size": 10}
    ):
        drawing = Figure(figsize=(8, 4.8), layout="constrained")
        plot = drawing.add_subplot()
        palette = matplotlib.colormaps["tab20"]
        for i, engine in enumerate(ENGINES):
            mine = [one for one in group if one.engine == engine.name and one.seconds is not None]
            points = sorted((_value(one, axis.field), scale * (one.seconds or 0.0)) for one in mine)
            if points:
                plot.plot(
                    *zip(*points, strict=True),
                    label=engine.name,
                    marker=MARKERS[i % len(MARKERS)],
                    markersize=5,
                    color="black" if engine.reference else palette(i),
                    linewidth=2.5 if engine.reference else 1.2,
                )
        plot.set(xscale="log", yscale="log", xlabel=axis.label, title=_title(group[0], axis))
        plot.set_ylabel("seconds for all rows" if scale == 1.0 else "microseconds per query")
        ticks = sorted({_value(one, axis.field) for one in group})
        figures = 3 if axis.field == "share" else 6
        plot.set_xticks(ticks, [f"{tick:,.{figures}g}" for tick in ticks], rotation=30 if len(ticks) > 5 else 0)
        plot.xaxis.set_minor_locator(NullLocator())
        plot.grid(alpha=0.3)
        drawing.legend(loc="outside right upper", frameon=False)
        buffer = io.StringIO()
        drawing.savefig(buffer, format="svg", metadata={"Date": None})
    return buffer.getvalue()


def _title(one: Measurement, axis: Axis) -> str:
    sizes = {"n": f"n = {one.n:,}", "d": f"d = {one.d:,}", "cells": f"{one.cells:,} cells", "k": f"k = {one.k}"}
    if one.batch:
        sizes["selectivity"] = f"{one.share * 100:g} % allowed"
    held = [text for name, text in sizes.items() if name != axis.name]
    return f"{one.workload}: {one.source}, {', '.join(held)}" + (f", {one.batch} at once" if one.batch > 1 else "")


def _asked(one: Measurement, field: str) -> float:
    """Return a size as it was asked for, a share in %; file names are made of these."""
    value = getattr(one, field)
    return 100 * value if field == "share" else float(value)


def _value(one: Measurement, field: str) -> float:
    """Return a size; cells and shares as they came out, not as they were asked for."""
    exact = {"asked": one.cells, "share": 100 * one.allowed / one.n}
    return float(exact.get(field, getattr(one, field)))
