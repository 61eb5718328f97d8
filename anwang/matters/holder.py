"""The acting pair as one value."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from .models import Matter


@dataclass(frozen=True)
class Holder:
    """Who acts: a unit with exactly one of a worker or a duty desk."""

    unit_id: UUID
    worker_id: UUID | None = None
    desk_id: UUID | None = None

    def __post_init__(self) -> None:
        if (self.worker_id is None) == (self.desk_id is None):
            raise ValueError("a holder is a worker or a desk, exactly one")

    @classmethod
    def of(cls, matter: Matter) -> Holder:
        """The pair that acts on a matter now."""
        return cls(matter.acting_unit_id, matter.acting_worker_id, matter.acting_desk_id)
