"""The Merkle tree of RFC 6962 over the record, kept as its right edge: plain Python, no database.

A leaf is SHA-256 of 0x00 and what it says, an inner node SHA-256 of 0x01 and its two children. A tree of n leaves is
carried on by the roots of the perfect trees that n is made of (at most one a binary digit), so that adding a leaf costs
two sums however many there are. `witness.py` checks what is proved here, by code of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256

LEAF, NODE = b"\x00", b"\x01"
SUM = 32
"""Bytes of a sum."""
Range = tuple[int, int]
"""Leaves from the first up to, not with, the second, counted from 0."""


def leaf(said: bytes) -> bytes:
    """The sum of one leaf."""
    return sha256(LEAF + said).digest()


def node(left: bytes, right: bytes) -> bytes:
    """The sum of two sub-trees that stand side by side."""
    return sha256(NODE + left + right).digest()


class Tree:
    """A tree as far as it has grown: its size and the roots of its perfect sub-trees, the largest first."""

    def __init__(self, size: int = 0, edge: bytes = b"") -> None:
        """Raises ValueError when `edge` (sums one after the other) is none of a tree of that size."""
        if len(edge) != SUM * size.bit_count():
            raise ValueError("the edge does not fit the size")
        self.size = size
        self._edge = [edge[at : at + SUM] for at in range(0, len(edge), SUM)]

    def add(self, leaf_sum: bytes) -> None:
        self._edge.append(leaf_sum)
        self.size += 1
        size = self.size
        while not size & 1:
            right = self._edge.pop()
            self._edge[-1] = node(self._edge[-1], right)
            size >>= 1

    @property
    def edge(self) -> bytes:
        return b"".join(self._edge)

    @property
    def root(self) -> bytes:
        """MTH of RFC 6962."""
        if not self._edge:
            return sha256().digest()
        *others, root = self._edge
        for left in reversed(others):
            root = node(left, root)
        return root

    def parts(self) -> dict[Range, bytes]:
        """The perfect sub-trees by the leaves they stand on."""
        found, first = {}, 0
        for one in self._edge:
            width = 1 << ((self.size - first).bit_length() - 1)
            found[first, first + width] = one
            first += width
        return found


def inclusion(index: int, size: int) -> list[Range]:
    """The sub-trees whose sums lead from leaf `index` to the root of a tree of `size`: PATH of RFC 6962."""
    return _path(index, 0, size)


def _path(index: int, first: int, end: int) -> list[Range]:
    if end - first == 1:
        return []
    half = first + _split(end - first)
    if index < half:
        return [*_path(index, first, half), (half, end)]
    return [*_path(index, half, end), (first, half)]


def consistency(size: int, later: int) -> list[Range]:
    """The sub-trees that show a tree of `later` leaves to begin with that of `size`: PROOF of RFC 6962."""
    return _subproof(size, 0, later, True) if 0 < size < later else []


def _subproof(size: int, first: int, end: int, is_whole: bool) -> list[Range]:
    if size == end:
        return [] if is_whole else [(first, end)]
    half = first + _split(end - first)
    if size <= half:
        return [*_subproof(size, first, half, is_whole), (half, end)]
    return [*_subproof(size, half, end, False), (first, half)]


def _split(size: int) -> int:
    """The largest power of two smaller than `size`."""
    return 1 << ((size - 1).bit_length() - 1)


def sums(ranges: Sequence[Range], known: dict[Range, bytes], first: int, leaves: Iterable[bytes]) -> list[bytes]:
    """The sums of `ranges` in their order: those `known`, the others from `leaves`, which begin with number `first`.

    One journey along the leaves; the ranges of one proof never overlap.
    """
    wanted = sorted(one for one in ranges if one not in known)
    made: dict[Range, bytes] = {}
    here, tree = first, Tree()
    for one in leaves:
        if not wanted:
            break
        if here >= wanted[0][0]:
            tree.add(one)
        here += 1
        if here == wanted[0][1]:
            made[wanted.pop(0)] = tree.root
            tree = Tree()
    return [known[one] if one in known else made[one] for one in ranges]
