"""Words of the special zone are sealed in their columns, as notes are (ADR 0091)."""

from __future__ import annotations

from uuid import UUID

from anwang.access.states import Zone
from anwang.foundation.sealing import Column
from anwang.people import seals

SEALED = (
    Column("plans_line", "id", "text", "seals", "plans.line.text", is_words=True),
    Column("plans_step", "id", "words", "seals", "plans.step.words", is_words=True),
)


def words(text: str, zone: str, column: str, row_id: UUID) -> str:
    """Words as their row keeps them; `column` is line.text or step.words."""
    return seals.keyring().seal_text(text, f"plans.{column}:{row_id}") if zone == Zone.SPECIAL and text else text


def opened(text: str, column: str, row_id: UUID) -> str:
    """Words to read. Raises `foundation.sealing.SealBroken`."""
    return seals.keyring().open_text(text, f"plans.{column}:{row_id}")
