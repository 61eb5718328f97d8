"""由哪句話改的: what a page of a rule shows of the sentences that changed it. Include `tracking/said_by.html`."""

from __future__ import annotations

from anwang.access.viewer import Viewer
from anwang.tracking.queries import SaidBy
from anwang.tracking.queries import said_by as _said_by

__all__ = ["SaidBy", "said_by"]


def said_by(viewer: Viewer, rule_id: str) -> tuple[SaidBy, ...]:
    """The sentences of minutes that changed a rule, form or indicator; one statement. Give it to the partial."""
    return _said_by(viewer, rule_id)
