"""Words of the special and the safety zone: sealed in the columns in which other notes stand open.

A note's zone is its author's choice; what he put into these two is health, sexual life or whereabouts, and a copy of
the database must not tell it. Everything else of a case is protected by row-level security alone (ADR 0091).
"""

from __future__ import annotations

from uuid import UUID

from anwang.access.states import Zone
from anwang.foundation.sealing import Column
from anwang.people import seals

ZONES = (Zone.SPECIAL, Zone.SAFETY)
SEALED = (
    Column("cases_note", "id", "text", "seals", "cases.note.text", is_words=True),
    Column("cases_observation", "seen_id", "text", "seals", "cases.observation.text", is_words=True),
)


def note(text: str, zone: str, note_id: UUID) -> str:
    """A note's words as its row keeps them."""
    return seals.keyring().seal_text(text, f"cases.note.text:{note_id}") if zone in ZONES else text


def note_words(text: str, note_id: UUID) -> str:
    """A note's words to read. Raises `foundation.sealing.SealBroken`."""
    return seals.keyring().open_text(text, f"cases.note.text:{note_id}")


def observation(text: str, seen_id: UUID) -> str:
    """What was seen on a person, as its row keeps it."""
    return seals.keyring().seal_text(text, f"cases.observation.text:{seen_id}")


def observation_words(text: str, seen_id: UUID) -> str:
    """What was seen on a person, to read. Raises `foundation.sealing.SealBroken`."""
    return seals.keyring().open_text(text, f"cases.observation.text:{seen_id}")
