"""Locking a matter, and asking the database to check its promises now instead of at commit."""

from __future__ import annotations

from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from anwang.foundation.errors import Conflict, NotFound

from .models import Matter


def lock(matter_id: UUID) -> Matter:
    """The open matter, locked until the transaction ends. Take instants after this, never before.

    Raises NotFound when there is none and Conflict when it has ended meanwhile.
    """
    matter = Matter.objects.select_for_update(no_key=True, of=("self",)).filter(id=matter_id).first()
    if matter is None:
        raise NotFound(_("查無這件事。請確認編號，或洽給你編號的單位。"))
    if matter.ended_at is not None:
        raise Conflict(_("這件事已經結束。要繼續處理，請由它另開一件。"))
    return matter


def keep() -> None:
    """Check every promise now; the last line of each action. Afterwards checking is deferred again."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
