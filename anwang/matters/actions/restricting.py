"""限閱案件: close a file to all but named readers for a time, agree to it, name another reader, end it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from anwang.access.models import Restriction, RestrictionReader
from anwang.access.states import RestrictionReason
from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.directory.models import Worker
from anwang.enactments.queries import book
from anwang.foundation import clock, days
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.matters.models import Matter
from anwang.matters.policies import restricting as policies

__all__ = ["agree_to_restriction", "drop_reader", "end_restriction", "name_reader", "restrict"]


@transaction.atomic
def restrict(
    *, matter_id: UUID, reason: str, until: datetime, readers: Collection[UUID], by: Viewer, at: datetime
) -> Restriction:
    """From now on only `readers` (and whoever asks) see the file; others as if they had no grant.

    Without a chief's agreement it ends after a few days by itself. The worker who acts must be among the readers, or
    nobody would do what is due.
    """
    matter = Matter.objects.filter(id=matter_id, ended_at=None).first()
    if matter is None:
        raise NotFound()
    policies.may_restrict(by, matter).enforce()
    named = {*readers, by.worker_id}
    _check(matter, reason, until, named, at)
    if Restriction.objects.filter(file_id=matter_id, ended_at=None, until_at__gt=at).exists():
        raise Conflict(_("這件已經是限閱案件。"))
    made = Restriction.objects.create(
        id=uuid7(), file_id=matter_id, reason=reason, kept_by=policies.kept_by(matter), asked_by=by.worker_id,
        starts_at=at, wished_until_at=until, until_at=min(until, _after(at, "restricted_unagreed", matter.county)),
        recorded_at=clock.now(),
    )  # fmt: skip
    RestrictionReader.objects.bulk_create(_reader(made, one, by, at) for one in sorted(named, key=str))
    record("restriction.asked", by=by, at=at, matter_id=matter_id, restriction=made.id, reason=reason,
           readers=[str(one) for one in sorted(named, key=str)], until=until.isoformat())  # fmt: skip
    return made


@transaction.atomic
def agree_to_restriction(*, restriction_id: UUID, by: Viewer, at: datetime) -> None:
    """A chief, not the one who asked: it holds until what was asked."""
    found = _found(restriction_id)
    policies.may_agree(by, found).enforce()
    Restriction.objects.filter(id=found.id).update(agreed_by=by.worker_id, until_at=found.wished_until_at)
    record("restriction.agreed", by=by, at=at, matter_id=found.file_id, restriction=found.id)


@transaction.atomic
def end_restriction(*, restriction_id: UUID, by: Viewer, at: datetime) -> None:
    """No longer needed, or not agreed to: the grants count again as they stand."""
    found = _found(restriction_id)
    policies.may_end_restriction(by, found).enforce()
    because = "not_agreed" if found.agreed_by is None and policies.may_agree(by, found) else "reviewed"
    Restriction.objects.filter(id=found.id).update(ended_at=at, ended_by=by.worker_id, ended_because=because)
    record("restriction.ended", by=by, at=at, matter_id=found.file_id, restriction=found.id, because=because)


@transaction.atomic
def name_reader(*, restriction_id: UUID, worker_id: UUID, by: Viewer, at: datetime) -> None:
    """Another reader; twice is the same as once. What he reads is still what he was granted."""
    found = _found(restriction_id)
    policies.may_name_reader(by, found).enforce()
    if not Worker.objects.filter(id=worker_id, left_on=None).exists():
        raise BadInput(_("找不到這位同仁。請從名單選。"), field="worker")
    if RestrictionReader.objects.filter(restriction=found, worker_id=worker_id, until_at=None).exists():
        return
    _reader(found, worker_id, by, at).save(force_insert=True)
    record("restriction.reader_named", by=by, at=at, matter_id=found.file_id, restriction=found.id,
           worker=str(worker_id))  # fmt: skip


@transaction.atomic
def drop_reader(*, restriction_id: UUID, worker_id: UUID, by: Viewer, at: datetime) -> None:
    """One reader less; whoever acts stays."""
    found = _found(restriction_id)
    policies.may_name_reader(by, found).enforce()
    if Matter.objects.filter(id=found.file_id, acting_worker_id=worker_id).exists():
        raise BadInput(_("承辦人要看得到自己的案件。要換人請先改派。"), field="worker")
    live = RestrictionReader.objects.filter(restriction=found, worker_id=worker_id, until_at=None)
    if live.update(until_at=at):
        record("restriction.reader_dropped", by=by, at=at, matter_id=found.file_id, restriction=found.id,
               worker=str(worker_id))  # fmt: skip


def _found(restriction_id: UUID) -> Restriction:
    """Locked; NotFound for whoever does not administer it and is no reader."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"restriction {restriction_id}"])
    found = Restriction.objects.filter(id=restriction_id).first()
    if found is None:
        raise NotFound()
    return found


def _reader(restriction: Restriction, worker_id: UUID | None, by: Viewer, at: datetime) -> RestrictionReader:
    return RestrictionReader(id=uuid7(), restriction=restriction, worker_id=worker_id, named_by=by.worker_id,
                             since_at=at)  # fmt: skip


def _check(matter: Matter, reason: str, until: datetime, named: set[UUID | None], at: datetime) -> None:
    if reason not in RestrictionReason.values:
        raise BadInput(_("請選限閱的原因。"), field="reason")
    if until <= at:
        raise BadInput(_("期限要在今天以後。"), field="until")
    if until > _after(at, "restricted_longest", matter.county):
        raise BadInput(_("期限太長。到期還需要，再提出一次。"), field="until")
    if matter.acting_worker_id is not None and matter.acting_worker_id not in named:
        raise BadInput(_("可閱人員要有承辦人；不給承辦人看，請先改派。"), field="readers")
    if Worker.objects.filter(id__in=named, left_on=None).count() != len(named):
        raise BadInput(_("可閱人員裡有離職的同仁。請重新選。"), field="readers")


def _after(at: datetime, rule: str, county: str) -> datetime:
    length = str(book().value(f"seeing.{rule}").on(clock.local(at).date(), county).value)
    return days.due(at, days.Length.parse(length))
