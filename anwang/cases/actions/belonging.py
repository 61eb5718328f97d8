"""A case is attached to its case-family, and the people of the case are counted in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.cases import policies
from anwang.cases.models import Placement
from anwang.foundation.errors import BadInput, Conflict
from anwang.foundation.numbers import normalise
from anwang.matters.models import Matter
from anwang.matters.promises import keep, lock
from anwang.people.actions import count_in, open_family
from anwang.people.models import FamilyMember

from .coordinating import look_for_more_units
from .subjects import readable_case

FAMILY_SQL = "SELECT cases_family_to_join(%s, %s)"


@transaction.atomic
def join_family(*, case_id: UUID, number: str, people: Sequence[UUID], by: Viewer, at: datetime) -> UUID:
    """Attach an open case to the family with this number and count these people of the case in. Gives the family.

    Nobody reads anything more by it: grants stay as they are. BadInput where no such family can be joined by the
    viewer (alike whether there is one or not), Conflict where the case has a family.
    """
    policies.may_work(by, case_id).enforce()
    with connection.cursor() as cursor:
        cursor.execute(FAMILY_SQL, [_typed(number), case_id])
        family_id = cursor.fetchone()[0]
    if family_id is None:
        raise BadInput(_("找不到可以掛上的這一家。請確認編號，或新開一家。"), field="number")
    _attach(case_id, family_id, people, by, at)
    return family_id


@transaction.atomic
def join_new_family(*, case_id: UUID, label: str, people: Sequence[UUID], by: Viewer, at: datetime) -> UUID:
    """Open a family's file and attach the case to it at once."""
    policies.may_work(by, case_id).enforce()
    readable_case(case_id)
    family = open_family(label=label, county=Matter.objects.get(id=case_id).county, by=by, at=at)
    _attach(case_id, family.id, people, by, at)
    return family.id


def _attach(case_id: UUID, family_id: UUID, people: Sequence[UUID], by: Viewer, at: datetime) -> None:
    readable_case(case_id)
    matter = lock(case_id)
    if matter.ended_at is not None:
        raise Conflict(_("這個案件已經結束，不能再掛上案家。"))
    if matter.family_id is not None:
        raise Conflict(_("這個案件已經掛上案家。要分開，請在家庭頁分成兩家。"))
    placements = Placement.objects.filter(case_id=case_id).values_list("id", flat=True)
    Matter.objects.filter(id__in=[case_id, *placements], family_id=None).update(family_id=family_id)
    counted = set(FamilyMember.objects.filter(family_id=family_id, until_on=None).values_list("person_id", flat=True))
    for person_id in dict.fromkeys(people):
        if person_id not in counted:
            count_in(family_id=family_id, person_id=person_id, by=by, at=at)
    record("case.joined_family", by=by, at=at, matter_id=case_id, family=family_id, people=len(people))
    look_for_more_units(family_id=family_id, by=by, at=at)
    keep()


def _typed(number: str) -> str:
    try:
        return normalise(number)
    except BadInput:
        raise BadInput(_("找不到可以掛上的這一家。請確認編號，或新開一家。"), field="number") from None
