"""Completing or correcting who somebody is: a name found out, a birth date, a sex. What stood before is kept."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.states import Zone
from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.audit.rows import write
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Refused
from anwang.foundation.roc import PartialDate
from anwang.foundation.uuid7 import uuid7
from anwang.people.models import Correction, NameSeal, Person
from anwang.people.queries.zones import writing_zones_of_person
from anwang.people.states import NameKind, Sex, Source

from .persons import require
from .planning import birth_columns, name_columns, name_seals_of


@transaction.atomic
def correct_person(
    *,
    person_id: UUID,
    by: Viewer,
    at: datetime,
    source: str,
    name: str = "",
    name_kind: str = NameKind.FULL,
    birth: PartialDate | None = None,
    sex: str = "",
    real_name: str = "",
    because: str = "",
) -> Person:
    """Write what is known now; an empty value leaves what stands. Other records are compared anew with the result.

    To replace something that was known, and not only complete it, `because` must say why. A 代號 keeps its code:
    `real_name` is sealed behind it, once.
    """
    require(person_id, by)
    person = Person.objects.select_for_update().get(id=person_id)
    if source not in Source.values:
        raise BadInput(_("請選是誰說的。"), field="source")
    changes = _changes(person, name.strip(), name_kind, birth, sex)
    if not changes and not real_name.strip():
        raise BadInput(_("沒有要改的。請填知道的那一項。"))
    if _replaces(person, changes) and not because.strip():
        raise BadInput(_("原來的資料會被換掉，請寫為什麼。"), field="because")
    if changes:
        _keep(person, source, because.strip(), by)
        Person.objects.filter(id=person_id).update(**changes)
    if real_name.strip():
        _seal(person, real_name.strip(), by)
    told = sorted({key.split("_")[0] for key in changes} | ({"real_name"} if real_name.strip() else set()))
    record("person.corrected", by=by, at=at, subject_id=person_id, what=told, source=source)
    person.refresh_from_db()
    return person


def _changes(person: Person, name: str, kind: str, birth: PartialDate | None, sex: str) -> dict[str, object]:
    wanted: dict[str, object] = {}
    if name and person.name_kind == NameKind.CODE:
        raise BadInput(_("代號不改。真實姓名請填在封存的那一格。"), field="name")
    if name:
        if kind not in (NameKind.FULL, NameKind.PARTIAL, NameKind.CALLED):
            raise BadInput(_("請選這是全名、部分姓名還是稱呼。"), field="name_kind")
        wanted |= name_columns(name, kind)
    if birth is not None:
        if person.is_unborn:
            raise BadInput(_("還沒出生。孩子出生了請用「孩子出生了」。"), field="birth")
        if birth.earliest > clock.today():
            raise BadInput(_("這一天還沒到。請填今天或以前的日期。"), field="birth")
        wanted |= birth_columns(birth)
    if sex:
        if sex not in Sex.values:
            raise BadInput(_("請選性別。"), field="sex")
        wanted["sex"] = sex
    return {key: value for key, value in wanted.items() if getattr(person, key) != value}


def _replaces(person: Person, changes: dict[str, object]) -> bool:
    """Whether something known gives way: a full name, an exact birth date, a sex; the rest is completing."""
    is_exact = person.born_earliest is not None and person.born_earliest == person.born_latest
    return (
        ("name" in changes and bool(person.name) and person.name_kind == NameKind.FULL)
        or ("born_earliest" in changes and is_exact and not person.birth_is_approximate)
        or ("sex" in changes and person.sex != Sex.UNKNOWN)
    )


def _keep(person: Person, source: str, because: str, by: Viewer) -> None:
    Correction(
        id=uuid7(), person_id=person.id, name=person.name, name_key=person.name_key,
        name_kind=person.name_kind, sex=person.sex,
        born_earliest=person.born_earliest, born_latest=person.born_latest,
        birth_is_approximate=person.birth_is_approximate, source=source, because=because[:120], by=by.worker_id,
        recorded_at=clock.now(),
    ).save(force_insert=True)  # fmt: skip


def _seal(person: Person, real_name: str, by: Viewer) -> None:
    if person.name_kind != NameKind.CODE:
        raise BadInput(_("不是代號，姓名請直接填。"), field="name")
    if Zone.SPECIAL not in writing_zones_of_person(by, person.id):
        raise Refused(_("真實姓名由承辦人封存。請洽承辦人。"))
    if NameSeal.objects.filter(person_id=person.id).exists():
        raise Refused(_("真實姓名已經封存過。要更正請洽系統管理。"))
    write(*name_seals_of(person, real_name))
