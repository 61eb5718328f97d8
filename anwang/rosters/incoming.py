"""A roster file as it is handed to `receive_roster`, from the page or from the command."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class RowIn:
    """One record. `cells`: code of `roster.column`, or `=` and the head as written → the text as it came."""

    line: int
    cells: Mapping[str, str]
    spoilt: tuple[tuple[str, str], ...] = ()
    """(code, column) of what reading alone found wrong: a formula, too many cells, too few."""


@dataclass(frozen=True)
class RosterIn:
    """A file that was read, with what its sender said of it.

    `declared` and `declared_sha256` come from the sender's letter or form; `about` is the number of an earlier file
    of which this one brings the rejected or missing rows again.
    """

    kind: str
    sender: str
    declared: int
    body: bytes
    rows: tuple[RowIn, ...]
    received_at: datetime
    declared_sha256: str = ""
    period: str = ""
    about: str = ""
    name: str = ""
    media_type: str = ""
    encoding: str = "utf-8"
    form: str = "csv"
