"""Lines that belong together."""

from __future__ import annotations

from dataclasses import dataclass, field

from .lines import Line, joined
from .marks import Mark


@dataclass
class Block:
    """Lines that belong together. `words` are those after the mark and keyword; `depth` and `above` of a point."""

    kind: str
    line: int
    mark: Mark | None = None
    label: str | None = None
    depth: int = 0
    above: tuple[str, ...] = ()
    parts: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    jumps: bool = False

    @property
    def words(self) -> str:
        return joined(self.parts)
