"""A worker declares who he is and who his relatives are; the database bars him from their records at once."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.directory.models import ServiceArea
from anwang.foundation import clock, names
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.oversight import rules
from anwang.oversight.models import Declaration
from anwang.people import seals


@transaction.atomic
def declare(
    *, relation: str, name: str, by: Viewer, number: str = "", born_on: date | None = None, address: str = ""
) -> Declaration:
    """Keep that somebody is the worker himself (`self`) or a relative. Needs a number or a birth date to recognise
    him by; of number and address only keyed hashes are kept.

    Raises BadInput, and Conflict when the worker has declared himself already.
    """
    name, number = name.strip()[:120], number.strip()
    _check(relation, name, number, born_on)
    row = Declaration(
        id=uuid7(), worker_id=by.worker_id, relation=relation, name=name, name_key=names.search_key(name)[:120],
        born_on=born_on, number_lookup=seals.number_lookup(number) if number else b"", last_three=number[-3:],
        place_lookup=seals.place_lookup(address) if address.strip() else b"", township=_township(address),
        declared_at=clock.now(),
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict(_("你已經登記過本人。要改就先結束原來那一筆。")) from error
    record("oversight.declared", by=by, subject_id=row.id, relation=relation)
    return row


@transaction.atomic
def end_declaration(*, declaration_id: UUID, by: Viewer) -> None:
    """The relation is over, or was declared by mistake; reading opens again from now on."""
    mine = Declaration.objects.filter(id=declaration_id, worker_id=by.worker_id, ended_at=None)
    if not mine.update(ended_at=clock.now()):
        raise NotFound(_("找不到這一筆申報。"))
    record("oversight.declaration_ended", by=by, subject_id=declaration_id)


def _check(relation: str, name: str, number: str, born_on: date | None) -> None:
    today = clock.local(clock.now()).date()
    if relation not in {one.code for one in rules.codes(rules.RELATIONS, today)}:
        raise BadInput(_("請選關係。"), field="relation")
    if not name:
        raise BadInput(_("請填姓名。"), field="name")
    if not number and born_on is None:
        raise BadInput(_("請填證號或出生日期，系統才認得出來。"), field="number")
    if born_on and born_on > today:
        raise BadInput(_("出生日期不會在今天之後。"), field="born_on")


def _township(address: str) -> str:
    """The code of the township an address names, among those some unit serves; empty when none fits."""
    found = dict(ServiceArea.objects.values_list("area_name", "area_code"))
    return next((code[:8] for name, code in sorted(found.items()) if name and name in address), "")
