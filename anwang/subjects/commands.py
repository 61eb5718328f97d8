"""`anwang dictionary`: the data dictionary as the documents hold it."""

from __future__ import annotations

from anwang.subjects import dictionary


def main(arguments: list[str]) -> int:
    """Every field with its class, as docs/data-dictionary.md holds it."""
    print(dictionary.markdown(), end="")
    return 0
