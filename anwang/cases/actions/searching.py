"""Searching for a child whose whereabouts are unknown: begin, take steps, look into what the police told, end."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.actions import involve
from anwang.access.states import Circle
from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.cases import events, policies, rules
from anwang.cases.models import Case, Search, SearchStep, Sighting, SightingChecked
from anwang.cases.queries.searching import may_be_searched_for, required_steps, stays_here
from anwang.cases.states import SearchEnd
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.foundation.numbers import new_number
from anwang.foundation.uuid7 import uuid7
from anwang.matters.actions import happened
from anwang.matters.promises import keep
from anwang.people.models import Person

LETTER = "A"
"""First letter of a search's number: it names the search to the police and nothing else."""
STEPS = "search.step"


@transaction.atomic
def begin_search(
    *, case_id: UUID, person_id: UUID, missing_since: datetime, by: Viewer, at: datetime, last_known: str = ""
) -> Search:
    """Nobody knows where this child of a case is. Starts the clock of the steps; the case stays with who holds it.

    Raises Refused for an adult and on a file of the other party's side, BadInput for times that cannot be, Conflict
    when he is being searched for already.
    """
    policies.may_work(by, case_id).enforce()
    person = Person.objects.filter(id=person_id).first()
    if person is None:
        raise NotFound(_("這個人不在這個案件裡。"))
    _check_times(missing_since, at)
    if Case.objects.get(id=case_id).circle == Circle.OTHER:
        raise Refused(_("相對人的案件不能發動協尋。請通報，由受理中心處理。"))
    if not rules.is_under_age(person.born_latest, clock.local(at).date()):
        raise Refused(_("這裡只協尋兒少。成年人請向警察機關報失蹤。"))
    if Search.objects.filter(matter_id=case_id, person_id=person_id, ended_at=None).exists():
        raise Conflict(_("已經在協尋這個孩子了。"))
    if person_id not in {child for child, _name in may_be_searched_for(by, case_id)}:
        raise NotFound(_("這個人不在這個案件裡。"))
    involve(file_id=case_id, person_id=person_id, by=by)
    search = Search(
        id=uuid7(), number=new_number(LETTER, clock.local(at).year - 1911), matter_id=case_id,
        person_id=person_id, missing_since=missing_since, last_known=last_known.strip(), begun_at=at,
        begun_by=by.worker_id, recorded_at=clock.now(),
    )  # fmt: skip
    search.save(force_insert=True)
    _tell(search, events.SEARCH_BEGUN, at, by, missing_since_at=missing_since)
    record("search.begun", by=by, at=at, matter_id=search.matter_id, subject_id=search.person_id, search=search.id)
    keep()
    return search


@transaction.atomic
def take_step(*, search_id: UUID, step: str, words: str, by: Viewer, at: datetime) -> SearchStep:
    """One thing was done to find him. The last of the required ones discharges the duty of the steps."""
    search = _open(search_id, by)
    if rules.code(STEPS, step, clock.local(at).date()) is None:
        raise BadInput(_("請從清單選做了哪一步。"), field="step")
    if not words.strip():
        raise BadInput(_("請寫查到什麼；沒查到也寫。"), field="words")
    _check_times(search.missing_since, at)
    taken = SearchStep(
        id=uuid7(), search=search, matter_id=search.matter_id, step=step, words=words.strip(), at=at,
        by=by.worker_id, recorded_at=clock.now(),
    )  # fmt: skip
    taken.save(force_insert=True)
    if not steps_open(search):
        _tell(search, events.SEARCH_STEPS_DONE, at, by)
    record("search.step", by=by, at=at, matter_id=search.matter_id, search=search.id, step=step)
    keep()
    return taken


@transaction.atomic
def check_sighting(*, sighting_id: UUID, words: str, by: Viewer, at: datetime) -> None:
    """Somebody looked into what the police told, and says what he found."""
    sighting = Sighting.objects.select_related("search").filter(id=sighting_id).first()
    if sighting is None:
        raise NotFound(_("查無這則警方消息。"))
    policies.may_work(by, sighting.matter_id).enforce()
    if not words.strip():
        raise BadInput(_("請寫查證的結果。"), field="words")
    if SightingChecked.objects.filter(sighting=sighting).exists():
        raise Conflict(_("這則消息已經有人查證過了。"))
    SightingChecked(
        id=uuid7(), sighting=sighting, matter_id=sighting.matter_id, words=words.strip(), at=at, by=by.worker_id
    ).save(force_insert=True)
    checked = SightingChecked.objects.filter(matter_id=sighting.matter_id).values("sighting_id")
    if not Sighting.objects.filter(search=sighting.search).exclude(id__in=checked).exists():
        _tell(sighting.search, events.SEARCH_SIGHTING_CHECKED, at, by)
    record("search.sighting_checked", by=by, at=at, matter_id=sighting.matter_id, sighting=sighting.id)
    keep()


@transaction.atomic
def end_search(*, search_id: UUID, how: str, words: str, by: Viewer, at: datetime) -> None:
    """He was found, or was never missing. That he was found is no sight of him: the visit is owed as before."""
    search = _open(search_id, by)
    if how not in SearchEnd.values:
        raise BadInput(_("請選協尋怎麼結束。"), field="how")
    if not words.strip():
        raise BadInput(_("請寫誰、在什麼情形下確認的。"), field="words")
    _check_times(search.missing_since, at)
    search.ended_at, search.ended_how, search.ended_words, search.ended_by = at, how, words.strip(), by.worker_id
    search.save(update_fields=["ended_at", "ended_how", "ended_words", "ended_by"])
    case = Case.objects.get(id=search.matter_id)
    _tell(search, events.SEARCH_ENDED, at, by, how=how, kind=case.kind, phase=case.phase)
    record("search.ended", by=by, at=at, matter_id=search.matter_id, search=search.id)
    keep()


def steps_open(search: Search) -> list[str]:
    """Codes of the required steps nobody has taken yet, in the order of the list.

    A mark takes those away that would tell others where he is sought.
    """
    taken = set(SearchStep.objects.filter(search=search).values_list("step", flat=True))
    return [code for code in required_steps(is_marked=stays_here(search.id)) if code not in taken]


def _open(search_id: UUID, by: Viewer) -> Search:
    search = Search.objects.select_for_update().filter(id=search_id).first()
    if search is None:
        raise NotFound(_("查無這次協尋。"))
    policies.may_work(by, search.matter_id).enforce()
    if search.ended_at is not None:
        raise Conflict(_("這次協尋已經結束。"))
    return search


def _check_times(missing_since: datetime, at: datetime) -> None:
    if at > clock.now():
        raise BadInput(_("這個時間還沒到。請填已經發生的時間。"), field="at")
    if missing_since > at:
        raise BadInput(_("最後知道行蹤的時間不能晚於這個時間。"), field="missing_since")


def _tell(search: Search, event: str, at: datetime, by: Viewer, **facts: object) -> None:
    happened(matter_id=search.matter_id, event=event, at=at, by=by, facts=facts, subject_id=search.person_id)
