"""A fact he says is wrong and that cannot be settled: marked where it is shown, not overwritten."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.foundation.errors import Refused
from anwang.people import actions as people
from anwang.subjects.states import Asks

from .taking import open_request


def dispute(*, request_id: UUID, fact: str, words: str, row_id: UUID | None = None, by: Viewer, at: datetime) -> UUID:
    """Mark a fact of the person the request is about; the mark names the request. Its key."""
    request = open_request(request_id, by)
    if request.person_id is None:
        raise Refused(_("請先認定是哪一筆資料。"))
    if request.asks not in (Asks.CORRECT, Asks.SUPPLEMENT, Asks.STOP):
        raise Refused(_("加註爭執限更正、補充或停止的請求。"))
    return people.dispute_fact(
        person_id=request.person_id, fact=fact, words=words, row_id=row_id, because=request.matter.number, by=by, at=at
    ).id


def settle_dispute(*, dispute_id: UUID, by: Viewer, at: datetime) -> None:
    """The dispute is settled; the mark goes, what was said stays in the record of acts."""
    people.settle_fact(dispute_id=dispute_id, by=by, at=at)
