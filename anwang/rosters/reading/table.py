"""A table as it stands in a file: lines of cells, before anybody asks what they mean."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from anwang.foundation.errors import BadInput


@dataclass(frozen=True)
class Line:
    """The cells of one record. `formulas` are the places of cells that were computed, not written."""

    cells: tuple[str, ...]
    formulas: frozenset[int] = field(default=frozenset())

    @property
    def is_empty(self) -> bool:
        return not any(cell.strip() for cell in self.cells) and not self.formulas


@dataclass(frozen=True)
class Table:
    """Every record that is not empty, the head first."""

    lines: tuple[Line, ...]
    encoding: str
    form: str


def too_many(most: int) -> BadInput:
    """The sentence for a table that is longer than one file may be."""
    return BadInput(_("檔案超過%(most)d筆。請分成幾個檔案，各有自己的應有筆數。") % {"most": most}, field="file")
