"""Marks on facts that the person himself disputes. Nothing is overwritten."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.people.models import DisputedFact
from anwang.people.states import Fact

from .persons import require


@transaction.atomic
def dispute_fact(
    *, person_id: UUID, fact: str, words: str, because: str, row_id: UUID | None = None, by: Viewer, at: datetime
) -> DisputedFact:
    """What the person says instead. A further dispute of the same fact replaces the earlier mark."""
    require(person_id, by)
    if fact not in Fact.values:
        raise BadInput(_("請選哪一項有爭執。"), field="fact")
    if not words.strip():
        raise BadInput(_("請寫當事人的說法。"), field="words")
    DisputedFact.objects.filter(person_id=person_id, fact=fact, row_id=row_id, until_at=None).update(until_at=at)
    row = DisputedFact(
        id=uuid7(), person_id=person_id, fact=fact, row_id=row_id, words=words.strip()[:200], because=because[:20],
        since_at=at, by=by.worker_id, recorded_at=clock.now(),
    )  # fmt: skip
    row.save(force_insert=True)
    record("person.disputed", by=by, at=at, subject_id=person_id, fact=fact)
    return row


@transaction.atomic
def settle_fact(*, dispute_id: UUID, by: Viewer, at: datetime) -> None:
    """The mark goes."""
    row = DisputedFact.objects.filter(id=dispute_id, until_at=None).first()
    if row is None:
        raise NotFound(_("查無這項爭執。"))
    require(row.person_id, by)
    DisputedFact.objects.filter(id=dispute_id).update(until_at=at)
    record("person.dispute_settled", by=by, at=at, subject_id=row.person_id, fact=row.fact)
