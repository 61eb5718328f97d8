"""The invented county by short names, and becoming one of its workers."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from anwang.access.viewer import Viewer, viewer_for
from anwang.directory.models import Desk, Shift
from anwang.foundation import clock


@dataclass(frozen=True)
class County:
    """Ids by the keys of `county.yaml`."""

    units: dict[str, UUID]
    workers: dict[str, UUID]
    desks: dict[str, UUID]

    def become(self, worker: str, *, purpose: str = "casework") -> Viewer:
        """Look with a worker's eyes until the next `become` or the end of the transaction."""
        return viewer_for(self.workers[worker], purpose=purpose)

    def on_shift(self, desk: str, rank: int = 1) -> str:
        """The key of whoever is on the desk's roster now."""
        now = clock.now()
        worker_id = Shift.objects.values_list("worker_id", flat=True).get(
            desk_id=self.desks[desk], rank=rank, starts_at__lte=now, ends_at__gt=now
        )
        return next(key for key, found in self.workers.items() if found == worker_id)

    def desk_unit(self, desk: str) -> UUID:
        """The unit a desk belongs to."""
        return Desk.objects.values_list("unit_id", flat=True).get(id=self.desks[desk])
