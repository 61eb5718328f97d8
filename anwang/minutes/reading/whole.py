"""A paper read from its first line to its last."""

from __future__ import annotations

from .blocks import Blocks
from .doubts import doubts
from .follow import follow_all
from .head import read_head
from .lines import lines
from .paper import Minutes, Node
from .parts import Builder


def read(text: str) -> Minutes:
    """A paper taken apart. What it does not say stays None; what is doubtful is in `uncertain`."""
    said, furniture = lines(text)
    blocks = Blocks(said).found
    minutes = Minutes()
    head = [line for block in blocks if block.kind == "head" for line in block.lines]
    if head:
        read_head(minutes, head)
    builder = Builder(minutes)
    for block in blocks:
        if block.kind != "head":
            builder.take(block)
    builder.end()
    kinds = [(line, block.kind) for block in blocks for line in block.lines] + [(one, "furniture") for one in furniture]
    minutes.nodes = [Node(line.number, kind, line.raw) for line, kind in sorted(kinds, key=lambda one: one[0].number)]
    for item in minutes.items:
        follow_all(item)
    minutes.uncertain += doubts(minutes, blocks)
    return minutes
