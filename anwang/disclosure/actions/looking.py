"""Looking somebody up across agencies, ringing about a hit, and writing down what was agreed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from anwang.access.throttle import knock
from anwang.access.viewer import Viewer
from anwang.audit.actions import reading, record
from anwang.directory.models import Unit
from anwang.disclosure import policies, receipts, rules
from anwang.disclosure.alerting import tell_officers
from anwang.disclosure.models import ContactStep, Conversation, LookUp
from anwang.disclosure.queries.grounds import file_in_hand
from anwang.disclosure.states import StepState
from anwang.enactments.queries import held
from anwang.foundation import clock, names
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.foundation.uuid7 import uuid7
from anwang.people import seals

HOUR = timedelta(hours=1)
LOOK_SQL = "SELECT disclosure_look(%s, %s, %s, %s, %s, %s, %s, %s)"
HIT_SQL = "SELECT look_id, reach, for_file FROM disclosure_standing_hit(%s)"


@dataclass(frozen=True)
class Asked:
    """Whom to look up: a number, or an exact name with a day of birth."""

    number: str = ""
    name: str = ""
    born_on: date | None = None

    @property
    def by_what(self) -> str:
        return "number" if self.number else "name"

    @property
    def words(self) -> str:
        return self.number or f"{names.search_key(self.name)} {self.born_on}"


@dataclass(frozen=True)
class Looked:
    """The look, or None when there were too many in the hour: nothing was asked then, and an alarm was raised."""

    look: LookUp | None


@transaction.atomic
def look_up(*, asked: Asked, purpose: str, basis: str, for_number: str, by: Viewer, at: datetime) -> Looked:
    """Look one person up for a purpose, on a basis, for a call or matter in hand. A reading of that file.

    Finding nothing and finding what is closed to the asker are the same rows and statements.
    """
    policies.may_look(by).enforce()
    with held():
        network, file_id = _check(asked, purpose, basis, for_number, by)
        number = receipts.number(receipts.LOOK, at)
        most = rules.most("disclosure.most_an_hour", by.county)
        if knock("disclosure.look", str(by.worker_id), most=most, within=HOUR).is_over:
            tell_officers(number=number, by=by, at=at)
            record("disclosure.throttled", by=by, at=at, number=number)
            return Looked(None)
        use = rules.rules_of_use("zh")
        look = LookUp(
            id=uuid7(), number=number, by=by.worker_id, unit_id=by.unit_id, county=by.county, network=network,
            purpose=purpose, basis=basis, for_number=file_id[0], for_file_id=file_id[1],
            asked=bytes.fromhex(seals.text_lookup(asked.words)), by_what=asked.by_what, rules_from=use.since,
            rules_hash=use.hash, at=at, expires_at=rules.ends("disclosure.flag_valid", at, by.county),
        )  # fmt: skip
        reach = rules.reaches(purpose, network, by.county)
    since = rules.began("disclosure.ended_since", at, by.county)
    told = _row(look, ended_since=since.isoformat())
    given = [told, seals.number_lookup(asked.number) if asked.number else b"", names.search_key(asked.name),
             asked.born_on, reach.kinds, reach.networks, reach.reaches, reach.as_other]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(LOOK_SQL, given)
    reading("disclosure.look", by=by, file_id=look.for_file_id, zone="work", because=number)
    record("disclosure.looked", by=by, at=at, subject_id=look.id, number=number, purpose=purpose, basis=basis,
           by_what=asked.by_what)  # fmt: skip
    return Looked(look)


def _row(look: LookUp, **more: str) -> str:
    """The look as the database writes it, together with what it finds; `more` is what it must know besides."""
    told = {field.column: getattr(look, field.attname) for field in LookUp._meta.concrete_fields}
    return json.dumps({**told, **more, "asked": "\\x" + bytes(look.asked).hex()}, default=str)


def _check(asked: Asked, purpose: str, basis: str, for_number: str, by: Viewer) -> tuple[str, tuple[str, UUID]]:
    if not asked.number and not (asked.name.strip() and asked.born_on):
        raise BadInput(_("請填證號；沒有證號，請填全名和出生日。"), field="name")
    if not rules.fits(purpose, basis):
        raise BadInput(_("這個依據不能用在這個目的。請再選一次。"), field="basis")
    unit = Unit.objects.get(id=by.unit_id)
    network = rules.own_network(unit.kind, by.county)
    if network == "none":
        raise Refused(_("你的單位不跨機關查詢。請由承辦社工查，或發函請求。"))
    found = file_in_hand(by, for_number)
    if found is None:
        raise BadInput(_("這個編號不在你手上，或已經結束。請填你承辦的編號。"), field="for_number")
    return network, found


@transaction.atomic
def ask_contact(*, hit_id: UUID, by: Viewer, at: datetime) -> ContactStep:
    """The second step: whom to ring about a hit. On duty or as a supervisor it is told at once."""
    policies.may_look(by).enforce()
    _standing(hit_id)
    if ContactStep.objects.filter(hit_id=hit_id).exists():
        raise Conflict(_("聯繫窗口已經問過。請重新整理看最新情形。"))
    own = rules.approves("contact") == "rule" or policies.confirms_himself(by)
    step = ContactStep(
        id=uuid7(), number=receipts.number(receipts.LOOK, at), hit_id=hit_id, unit_id=by.unit_id,
        asked_by=by.worker_id, asked_at=at, state=StepState.GIVEN if own else StepState.ASKED,
        decided_by=by.worker_id if own else None, decided_at=at if own else None,
        expires_at=rules.ends("disclosure.contact_valid", at, by.county) if own else None,
    )  # fmt: skip
    step.save(force_insert=True)
    record("disclosure.contact_asked", by=by, at=at, subject_id=step.id, number=step.number, state=step.state)
    return step


@transaction.atomic
def confirm_contact(*, step_id: UUID, is_given: bool, by: Viewer, at: datetime) -> None:
    """A supervisor of the asker's unit confirms that the contact is needed, or not. The first to decide decides."""
    step = ContactStep.objects.filter(id=step_id, unit_id__in=list(by.roles)).first()
    if step is None:
        raise NotFound(_("找不到這一筆。請從清單重新進入。"))
    policies.may_confirm(by, step.unit_id, step.asked_by).enforce()
    state = StepState.GIVEN if is_given else StepState.REFUSED
    until = rules.ends("disclosure.contact_valid", at, by.county) if is_given else None
    changed = ContactStep.objects.filter(id=step_id, state=StepState.ASKED).update(
        state=state, decided_by=by.worker_id, decided_at=at, expires_at=until
    )
    if not changed:
        raise Conflict(_("這一筆剛剛已經決定。請重新整理看最新情形。"))
    record(f"disclosure.contact_{state}", by=by, at=at, subject_id=step_id, number=step.number)


@transaction.atomic
def log_conversation(
    *, look_id: UUID, spoke_with: str, spoke_at: datetime, agreed: str, words: str, by: Viewer, at: datetime
) -> Conversation:
    """Who spoke with whom, when, and what was agreed. Also that nobody was reached."""
    look = LookUp.objects.filter(id=look_id, by=by.worker_id).first()
    if look is None:
        raise NotFound(_("找不到這次查詢。請從清單重新進入。"))
    if not spoke_with.strip():
        raise BadInput(_("請寫和誰談，例如單位和職稱。"), field="spoke_with")
    if not rules.knows("disclosure.agreed", agreed):
        raise BadInput(_("請選約定了什麼。"), field="agreed")
    if spoke_at > at:
        raise BadInput(_("這個時間還沒到。請填實際談的時間。"), field="spoke_at")
    if spoke_at < look.at.replace(second=0, microsecond=0):
        raise BadInput(_("談話早於查詢。請再看一次時間。"), field="spoke_at")
    talk = Conversation(
        id=uuid7(), look=look, file_id=look.for_file_id, spoke_with=spoke_with.strip()[:80], at=spoke_at,
        agreed=agreed, words=words.strip()[:500], by=by.worker_id, recorded_at=clock.now(),
    )  # fmt: skip
    talk.save(force_insert=True)
    record("disclosure.talked", by=by, at=spoke_at, subject_id=look.id, number=look.number, agreed=agreed)
    return talk


def _standing(hit_id: UUID) -> UUID:
    with connection.cursor() as cursor:
        cursor.execute(HIT_SQL, [hit_id])
        row = cursor.fetchone()
    if row is None:
        raise NotFound(_("這次查詢的效期已過，或找不到。請重新查詢。"))
    return UUID(str(row[0]))
