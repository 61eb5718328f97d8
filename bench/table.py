"""What was measured, as lines for the terminal and as one JSON document."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any  # a JSON document

HEAD = ("size", "what", "a second", "p50 ms", "p95 ms", "statements", "site ms", "db ms", "load ms", "errors",
        "SQL alone a second", "of it", "× without rules")  # fmt: skip


def row(size: int, name: str, got: dict[str, Any]) -> tuple[str, ...]:
    """One line: figures of one page or of intake at one size."""
    floor = got.get("sql_prepared_a_second") or 0
    return (
        f"{size:,}" if size else "demo",
        name,
        f"{got['a_second']:.0f}",
        f"{got['p50_ms']:.1f}" if "p50_ms" in got else "",
        f"{got['p95_ms']:.1f}" if "p95_ms" in got else "",
        str(got.get("statements", "")),
        f"{got['site_cpu_ms']:.2f}",
        f"{got['database_cpu_ms']:.2f}" if "database_cpu_ms" in got else "",
        f"{got['generator_cpu_ms']:.2f}" if "generator_cpu_ms" in got else "",
        str(got["errors"]),
        f"{floor:.0f}" if floor else "",
        f"{got['a_second'] / floor:.0%}" if floor else "",
        f"{got['times_unguarded']:.2f}" if "times_unguarded" in got else "",
    )


def lines(rows: Iterable[tuple[str, ...]]) -> list[str]:
    """Columns as wide as they must be, names to the left and figures to the right."""
    every = [HEAD, *rows]
    widths = [max(len(one[at]) for one in every) for at in range(len(HEAD))]
    return ["  ".join(_set(at, text, widths[at]) for at, text in enumerate(one)).rstrip() for one in every]


def _set(at: int, text: str, width: int) -> str:
    return text.ljust(width) if at == 1 else text.rjust(width)


def growth(document: dict[str, Any]) -> list[str]:
    """How much dearer each page is at the largest size than at the smallest above the demonstration."""
    sizes = [one for one in document["sizes"] if one["size"]]
    if len(sizes) < 2:
        return []
    small, large = sizes[0], sizes[-1]
    said = []
    for name, got in large["pages"].items():
        before = small["pages"].get(name)
        if before and (spent := before["site_cpu_ms"] + before["database_cpu_ms"]):
            times = (got["site_cpu_ms"] + got["database_cpu_ms"]) / spent
            said.append(f"{name}: {times:.2f} × the processor time at {large['size']:,} of that at {small['size']:,}")
    return said
