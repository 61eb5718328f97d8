"""緊急處置: where he is acts, where he is registered follows; between them the kernel lets nothing fall."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.care import events, policies, rules
from anwang.care.models import Emergency, Escort
from anwang.care.states import Danger
from anwang.cases.actions import NewSubject, open_case
from anwang.directory.models import Desk, Jurisdiction, Unit
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.foundation.roc import PartialDate
from anwang.foundation.uuid7 import uuid7
from anwang.matters.actions import happened, offer
from anwang.matters.holder import Holder
from anwang.matters.models import Matter, Offer
from anwang.matters.promises import keep, lock
from anwang.matters.states import OfferKind
from anwang.people.actions import add_person
from anwang.people.states import IdentifierKind

from .elsewhere import let_his_county_follow, untold
from .records import health_case, person_of
from .telling import tell_her_side

BASIS = "精神衛生法"


@dataclass(frozen=True, kw_only=True)
class Found:
    """What was told: who found him, where, what he does. Of an unknown person at least a word for whom it is about.

    With a number, or a name and a day of birth, whoever serves him elsewhere and whoever must be warned is found.
    """

    found_by: str
    place: str
    what: str
    danger: str
    received_at: datetime
    name: str = ""
    sex: str = "unknown"
    birth: PartialDate | None = None
    number: str = ""


@dataclass(frozen=True, kw_only=True)
class EscortGiven:
    """護送就醫單: who took him where, when, how; yes, no or unknown where it is asked so."""

    hospital: str
    escorted_by: str
    left_at: datetime
    arrived_at: datetime
    received_by: str
    condition: str
    restrained: str
    searched: str
    injured: str
    told_why: str
    family_told: str
    restraint_words: str = ""
    belongings: str = ""


@dataclass(frozen=True, kw_only=True)
class Settled:
    """What was done: how the authority was there, what came of it, where he is registered (empty: not known)."""

    on_scene: str
    done: str
    done_at: datetime
    registered: str = ""


@transaction.atomic
def report_emergency(*, found: Found, by: Viewer, at: datetime, matter_id: UUID | None = None) -> Emergency:
    """Somebody is in danger here: this county acts, whoever follows him. On his own case here, or a case opened now.

    Held by the desk that is kept now, else by whoever takes it. Nobody is refused because he is not competent.
    """
    policies.may_take_emergency(by).enforce()
    _check_found(found, at)
    if matter_id is None:
        matter_id, person = _open_here(found, by)
    else:
        policies.may_triage(by, matter_id).enforce()
        person = person_of(matter_id)
    matter = lock(matter_id)
    if Emergency.objects.filter(matter=matter, person_id=person, done_at=None).exists():
        raise Conflict(_("這個人的緊急處置正在進行。請在那一頁接著記。"))
    made = Emergency(
        id=uuid7(), matter=matter, person_id=person, county_id=matter.county, found_by=found.found_by,
        place=found.place.strip(), what=found.what.strip(), danger=found.danger, received_at=found.received_at,
        by=by.worker_id, recorded_at=clock.now(),
    )  # fmt: skip
    made.save(force_insert=True)
    facts = {"received_at": found.received_at, "danger": found.danger}
    happened(matter_id=matter_id, event=events.EMERGENCY_REPORTED, at=at, by=by, facts=facts)
    record("emergency.reported", by=by, at=at, matter_id=matter_id, emergency=made.id)
    keep()
    return made


@transaction.atomic
def answer_check(*, emergency_id: UUID, known: str, by: Viewer, at: datetime) -> None:
    """查明回覆 to police or fire service: whether he is a patient (yes, not found, identity unknown)."""
    found = _open(emergency_id, by)
    if rules.code(rules.KNOWN, known, clock.local(at).date()) is None:
        raise BadInput(_("請選查到的結果。"), field="known")
    Emergency.objects.filter(id=found.id).update(known=known, known_at=at)
    happened(matter_id=found.matter_id, event=events.EMERGENCY_CHECKED, at=at, by=by, facts={"known": known})
    record("emergency.checked", by=by, at=at, matter_id=found.matter_id, emergency=found.id, known=known)
    keep()


@transaction.atomic
def fill_escort(*, emergency_id: UUID, given: EscortGiven, by: Viewer, at: datetime) -> Escort:
    """護送就醫單 as filled in; a corrected one is a further row."""
    found = _read(emergency_id, by)
    if given.left_at > given.arrived_at or given.arrived_at > clock.now() or given.left_at < found.received_at:
        raise BadInput(_("出發要在接獲之後，到院要在出發之後，也不能在未來。"), field="arrived_at")
    if given.restrained == "yes" and not given.restraint_words.strip():
        raise BadInput(_("用了約束，請寫用什麼、為什麼、多久。"), field="restraint_words")
    form = Escort(
        id=uuid7(), emergency=found, matter_id=found.matter_id, at=at, by=by.worker_id, recorded_at=clock.now(),
        **asdict(given),
    )  # fmt: skip
    form.save(force_insert=True)
    record("emergency.escorted", by=by, at=at, matter_id=found.matter_id, emergency=found.id, escort=form.id)
    return form


@transaction.atomic
def settle(*, emergency_id: UUID, settled: Settled, by: Viewer, at: datetime) -> Emergency:
    """處置告一段落. An escort has its form; unless he is a known patient, somebody was there.

    Whoever he may hurt is told when he goes home. The case stays here until the county of registration follows.
    """
    found = _open(emergency_id, by)
    _check_settled(found, settled)
    Emergency.objects.filter(id=found.id).update(
        on_scene=settled.on_scene, done=settled.done, done_at=settled.done_at, registered_id=settled.registered or None
    )
    elsewhere = bool(settled.registered) and settled.registered != found.county_id
    happened(
        matter_id=found.matter_id, event=events.EMERGENCY_SETTLED, at=at, by=by,
        facts={"done": settled.done, "elsewhere": "yes" if elsewhere else "no", "ended_at": settled.done_at},
    )  # fmt: skip
    on = clock.local(settled.done_at).date()
    if rules.mark(rules.DONE, settled.done, "home", on) == "yes":
        tell_her_side(
            matter_id=found.matter_id, person_id=found.person_id, notice_id=found.id, expected_at=settled.done_at,
            by=by, at=at,
        )  # fmt: skip
    record("emergency.settled", by=by, at=at, matter_id=found.matter_id, emergency=found.id, done=settled.done)
    keep()
    found.refresh_from_db()
    return found


@transaction.atomic
def tell_county(*, emergency_id: UUID, how: str, by: Viewer, at: datetime) -> bool:
    """結果通知保護人與戶籍地. Where that county serves him already, its own case hears of it and follows: True.

    Both are true at once then: this case ends as served elsewhere, that one goes on. Otherwise the follow-up is handed
    over by `hand_over_follow_up`, and until it is accepted this county follows.
    """
    found = _read(emergency_id, by)
    if found.done_at is None:
        raise Refused(_("請先記緊急處置的結果，再通知戶籍地。"))
    if not how.strip():
        raise BadInput(_("請寫通知了誰、文號或電話。"), field="how")
    Emergency.objects.filter(id=found.id).update(told_at=at, told_how=how.strip()[:120])
    happened(
        matter_id=found.matter_id, event=events.EMERGENCY_COUNTY_TOLD, at=at, by=by, facts={"untold": untold(found)}
    )
    record("emergency.county_told", by=by, at=at, matter_id=found.matter_id, emergency=found.id)
    follows = let_his_county_follow(found, how, by, at)
    keep()
    return follows


@transaction.atomic
def hand_over_follow_up(*, emergency_id: UUID, to_unit_id: UUID, words: str, by: Viewer, at: datetime) -> Offer:
    """後續交給戶籍地: a transfer in the kernel's terms. Until it is accepted, this county goes on."""
    found = _read(emergency_id, by)
    if found.done_at is None:
        raise Refused(_("緊急處置還在進行，由所在地處理完再交接。"))
    unit = Unit.objects.filter(id=to_unit_id, closed_on=None).first()
    if unit is None or unit.jurisdiction_id != found.registered_id:
        raise BadInput(_("請選戶籍地的衛生單位。"), field="to_unit")
    asked = offer(
        matter_id=found.matter_id, kind=OfferKind.TRANSFER, to_unit_id=to_unit_id, by=by, at=at, words=words,
        subject_id=found.person_id, topic="mental_health",
    )  # fmt: skip
    record("emergency.follow_up_offered", by=by, at=at, matter_id=found.matter_id, emergency=found.id, offer=asked.id)
    return asked


def _open_here(found: Found, by: Viewer) -> tuple[UUID, UUID]:
    """A case of this county for somebody who has none here."""
    here = uuid7()
    name = found.name.strip()
    person = add_person(
        name=name or _("身分不明"), name_kind="full" if name else "unknown", sex=found.sex, birth=found.birth, by=by,
        at=found.received_at, file_id=here,
        identifiers=((IdentifierKind.NATIONAL, found.number.strip()),) if found.number.strip() else (),
    )  # fmt: skip
    holder = _holder(by)
    case = open_case(
        kind=rules.MIND, county=by.county, accountable_id=_accountable(holder.unit_id), acting=holder,
        subjects=[NewSubject(person.id, "client")], opened_at=found.received_at, by=by, legal_basis=BASIS,
        facts={"received_at": found.received_at, "known_at": found.received_at}, matter_id=here,
    )  # fmt: skip
    return case.id, person.id


def _holder(by: Viewer) -> Holder:
    kept = (
        Desk.objects.filter(id__in=by.desks, unit__jurisdiction_id=by.county).order_by("-covers_county", "id").first()
    )
    if kept is not None:
        return Holder(kept.unit_id, desk_id=kept.id)
    return Holder(by.unit_id, by.worker_id)  # type: ignore[arg-type]


def _accountable(unit_id: UUID) -> UUID:
    """The unit itself when it is a public one; policies let nobody else come this far."""
    return Unit.objects.values_list("id", flat=True).get(id=unit_id, is_public=True)


def _check_found(found: Found, at: datetime) -> None:
    on = clock.local(at).date()
    if rules.code(rules.FOUND_BY, found.found_by, on) is None:
        raise BadInput(_("請選誰發現或通知的。"), field="found_by")
    if found.danger not in Danger.values:
        raise BadInput(_("請選有沒有傷害之虞；不知道就選還不知道。"), field="danger")
    if not found.what.strip() or not found.place.strip():
        raise BadInput(_("請寫在哪裡、發生什麼事。"), field="what" if found.place.strip() else "place")
    if found.received_at > clock.now():
        raise BadInput(_("接獲的時間不能在未來。"), field="received_at")


def _check_settled(found: Emergency, settled: Settled) -> None:
    on = clock.local(settled.done_at).date()
    if rules.code(rules.DONE, settled.done, on) is None or rules.code(rules.ON_SCENE, settled.on_scene, on) is None:
        raise BadInput(_("請選怎麼到場、結果是什麼。"), field="done")
    if not found.received_at <= settled.done_at <= clock.now():
        raise BadInput(_("結束的時間要在接獲之後，也不能在未來。"), field="done_at")
    if settled.on_scene == "none" and found.known != "yes":
        raise Refused(_("查不到他是病人，或身分不明：要派員到場或用視訊共同處理，才能決定。"))
    if (
        rules.mark(rules.DONE, settled.done, "escorted", on) == "yes"
        and not Escort.objects.filter(emergency=found).exists()
    ):
        raise Refused(_("護送就醫要先填護送就醫單。"))
    if settled.registered and not Jurisdiction.objects.filter(code=settled.registered).exists():
        raise BadInput(_("請選戶籍地的縣市；不知道就不選。"), field="registered")


def _read(emergency_id: UUID, by: Viewer) -> Emergency:
    found = Emergency.objects.filter(id=emergency_id).first()
    if found is None:
        raise NotFound(_("查無這件緊急處置。"))
    health_case(found.matter_id)
    policies.may_triage(by, found.matter_id).enforce()
    lock(found.matter_id)
    found.refresh_from_db()
    return found


def _open(emergency_id: UUID, by: Viewer) -> Emergency:
    found = _read(emergency_id, by)
    if found.done_at is not None:
        raise Conflict(_("這件緊急處置剛剛已經告一段落。請重新整理看最新情形。"))
    return found


def followed_when_accepted(matter: Matter, at: datetime, by: Viewer) -> None:
    """The county of registration accepted the transfer: it follows from now on. Heard from the kernel."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT care_emergency_taken(%s, %s)", [matter.id, at])
        if cursor.fetchone()[0]:
            happened(matter_id=matter.id, event=events.EMERGENCY_FOLLOWED, at=at, by=by, facts={"untold": "no"})
