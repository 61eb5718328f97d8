"""What the worker does for this room by itself: keeps the body of every version that is in the book."""

from __future__ import annotations

from django.db import transaction

from anwang.access.viewer import service_viewer
from anwang.rulebook import Rulebook

from . import actions, queries

_kept: list[Rulebook] = []
"""The book this process looked at last."""


def keep_versions() -> int:
    """After a start, and when the book has changed; returns how many were new."""
    with transaction.atomic():
        book = queries.book()
        if _kept and _kept[0] is book:
            return 0
        new = actions.keep_versions(by=service_viewer("policy"))
        _kept[:] = [book]
        return new
