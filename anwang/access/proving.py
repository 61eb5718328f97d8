"""Step-up: before a dangerous act the person at the session proves anew that it is he.

Settings: `ANWANG_PROOF_MINUTES`, how long a proof counts. Jobs, commands and tests have no session and need no proof.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from anwang.foundation import clock
from anwang.foundation.errors import ProofNeeded

from .verdict import YES, Verdict

if TYPE_CHECKING:
    from .viewer import Viewer

PROVED = "proved"
"""In a session: seconds since the epoch of the last proof."""


@dataclass(frozen=True)
class Proof:
    """What the session of a viewer knows: the last instant at which he proved who he is; None when never."""

    at: datetime | None


@dataclass(frozen=True)
class Unproven(Verdict):
    """A refusal that a fresh proof lifts: the page asks for it, keeps what was typed, and goes on."""

    def enforce(self) -> None:
        raise ProofNeeded(self.reason)


ASK = Unproven(False, _("這一步要先確認是你本人。"), "stepped_up")


def stepped_up(viewer: Viewer) -> Verdict:
    """Whether whoever sits at the session proved it within `ANWANG_PROOF_MINUTES`.

    `stepped_up(by).enforce()` in an action raises `ProofNeeded`; the page of that error asks for the proof, keeps the
    fields that were sent, and sends them on afterwards.
    """
    if viewer.proof is None:
        return YES
    at, now = viewer.proof.at, clock.now()
    if at is None or at > now or now - at > timedelta(minutes=settings.ANWANG_PROOF_MINUTES):
        return ASK
    return YES


__all__ = ["ASK", "PROVED", "Proof", "stepped_up"]
