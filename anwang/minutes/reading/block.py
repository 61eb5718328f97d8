"""Lines that belong together, and whether one only names somebody who speaks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .lines import Line, joined
from .marks import PLAIN, Mark

_SPEAKS = re.compile(
    r"(?:司|署|部|局|處|院|會|中心|大學|學系|政府|聯盟|團體|公會|工作站|學會|委員|立委|議員|代表|[里村]長|理事長|教授)"
    r"[^,;。]{0,14}$"
)


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


def speaks(words: str) -> bool:
    """Whether a line names somebody who speaks: an office and a person, no sentence."""
    plain = words.translate(PLAIN).strip()
    return len(plain) <= 45 and not re.search(r"[。;?,:]", plain) and bool(_SPEAKS.search(plain.split("(")[0].strip()))


def named(words: str) -> tuple[str, str]:
    """Who speaks, and what stands behind the colon on the same line: 東門里陳里長：路燈故障。"""
    bare = re.sub(r"^發言人\s*[:：]\s*", "", words)
    name, _colon, _said = bare.replace("：", ":").partition(":")
    return (name.strip(), bare[len(name) + 1 :].strip()) if speaks(name) else (bare, "")
