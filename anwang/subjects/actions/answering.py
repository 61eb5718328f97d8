"""Writing an answer, a second person's look at it, and handing it over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any  # an answer as it is stored
from uuid import UUID

from django.db import connection, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from anwang.access.states import Zone
from anwang.access.viewer import Viewer
from anwang.audit.actions import reading, record
from anwang.cases import words
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.foundation.uuid7 import uuid7
from anwang.matters.actions import end_matter, happened
from anwang.subjects import copying, events, letters, policies, rules, sealed
from anwang.subjects.answers import latest
from anwang.subjects.models import Answer, Request
from anwang.subjects.states import AskerRole, Asks, Handed, Outcome, RequestState, Verdict

from .taking import open_request, turn

UNSURE_GROUND = "third_party"


@transaction.atomic
def write_copy(
    *, request_id: UUID, by: Viewer, at: datetime, refuse: Mapping[str, str] | None = None, plain: bool = False
) -> Answer:
    """Write the copy. `refuse`: part → ground, beyond what is always refused. `plain`: the fixed answer is wanted.

    Somebody who asks for another gets the fixed answer unless his own record is known, stands on no other side and
    nobody near is shielded: it holds nothing of our records, so it says nothing of whether there are any.
    """
    request = open_request(request_id, by)
    if request.asks != Asks.COPY:
        raise Refused(_("這件不是要複製本。"))
    is_guarded = plain or request.person_id is None or _must_guard(request)
    parts = _guarded() if is_guarded else _own(request, by, refuse or {})
    said = letters.fixed()
    notes = said["guarded_notes"] if is_guarded else said["copy_notes"]
    document = {**_head(request, at), "parts": parts, "notes": notes}
    return _keep(request, document, is_guarded=is_guarded, outcome="", by=by)


@transaction.atomic
def write_answer(
    *, request_id: UUID, outcome: str, reason: str = "", ground: str = "", by: Viewer, at: datetime
) -> Answer:
    """Write what becomes of a correction, a supplement, a stop or a deletion. Never names a person or a place."""
    request = open_request(request_id, by)
    if request.asks == Asks.COPY:
        raise Refused(_("要複製本的請用複製本答復。"))
    if outcome not in Outcome.values:
        raise BadInput(_("請選怎麼答復。"), field="outcome")
    if outcome == Outcome.REFUSED and not rules.knows(rules.GROUNDS, ground):
        raise BadInput(_("不予准許請選依據。"), field="ground")
    said = [letters.fixed()["outcomes"][outcome]]
    if outcome == Outcome.REFUSED:
        with translation.override("zh-hant"):
            said.append(words.label(rules.GROUNDS, ground))
    if reason.strip():
        said.append(reason.strip())
    document = {**_head(request, at), "said": said, "notes": [letters.fixed()["guarded_notes"][1]]}
    return _keep(request, document, is_guarded=not reason.strip(), outcome=outcome, by=by)


@transaction.atomic
def look(*, answer_id: UUID, approve: bool, by: Viewer) -> Answer:
    """The second person: it may leave, or goes back to whoever wrote it."""
    answer = Answer.objects.select_related("request").select_for_update(of=("self",)).filter(id=answer_id).first()
    if answer is None:
        raise NotFound(_("查無這份答復。"))
    if answer.verdict or answer.request.state != RequestState.WRITTEN or answer != latest(answer.request):
        raise Conflict(_("這份答復剛剛已經有人看過或改寫。請重新整理。"))
    policies.may_look(by, answer).enforce()
    verdict = Verdict.APPROVED if approve else Verdict.SENT_BACK
    now = clock.now()
    Answer.objects.filter(id=answer_id).update(verdict=verdict, looked_by=by.worker_id, looked_at=now)
    turn(answer.request, RequestState.APPROVED if approve else RequestState.TAKEN)
    reading("subjects.answer", by=by, file_id=answer.request_id, zone=Zone.WORK, because="second_look")
    record("subject_request.looked_at", by=by, matter_id=answer.request_id, verdict=verdict)
    answer.refresh_from_db()
    return answer


@transaction.atomic
def hand_over(*, request_id: UUID, how: str, by: Viewer, at: datetime) -> None:
    """The answer reached him: the term is kept and the request ends."""
    request = open_request(request_id, by)
    if how not in Handed.values:
        raise BadInput(_("請選怎麼交付。"), field="how")
    if request.state != RequestState.APPROVED:
        raise Refused(_("答復要第二人看過才能交付。"))
    turn(request, RequestState.ANSWERED, handed=how, answered_at=at)
    happened(matter_id=request_id, event=events.ANSWERED, at=at, by=by)
    end_matter(matter_id=request_id, how="answered", at=at, by=by)
    record("subject_request.answered", by=by, at=at, matter_id=request_id, how=how)


def _must_guard(request: Request) -> bool:
    """Past the grants: whether anything of ours could tell one side where the other is."""
    if request.asker_role == AskerRole.SELF:
        return False
    if request.asker_person_id is None:
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT subjects_must_guard(%s, %s)", [request.matter_id, request.asker_person_id])
        row = cursor.fetchone()
    return row is None or row[0] is not False


def _guarded() -> list[dict[str, Any]]:
    grounds = letters.fixed()["guarded"]
    return [{"code": code, "ground": grounds[code], "rows": []} for code in letters.part_codes()]


@translation.override("zh-hant")
def _own(request: Request, by: Viewer, refuse: Mapping[str, str]) -> list[dict[str, Any]]:
    """Every part of his own record, but what is refused; other people never."""
    assert request.person_id is not None
    found = copying.of_person(by, request.person_id)
    if wrong := [code for code, ground in refuse.items() if ground and not rules.knows(rules.GROUNDS, ground)]:
        raise BadInput(_("請從清單選依據。"), field=wrong[0])
    parts = []
    for code in letters.part_codes():
        ground = refuse.get(code, "") or (UNSURE_GROUND if code == "others" else "")
        rows = [] if ground else [list(row) for row in found.get(code, ())]
        parts.append({"code": code, "ground": ground, "rows": rows})
    reading("subjects.copy", by=by, file_id=request.person_id, zone=Zone.CASE, because=request.matter.number)
    return parts


@translation.override("zh-hant")
def _head(request: Request, at: datetime) -> dict[str, Any]:
    """What he asked, as he asked it: typed at the counter, not taken from any record."""
    told = sealed.unseal(request.sealed, "request", request.matter_id)
    born = letters.written_on(date.fromisoformat(told["born_on"])) if told["born_on"] else "未填"
    return {
        "asks": request.asks, "to": told["asker"], "on": letters.written_on(clock.local(at).date()),
        "asked": [
            ["請求", str(Asks(request.asks).label)], ["資料是誰的", told["about"]], ["出生日（申請所載）", born],
            ["收件日", letters.written_on(clock.local(request.received_at).date())],
        ],
    }  # fmt: skip


def _keep(request: Request, document: Mapping[str, Any], *, is_guarded: bool, outcome: str, by: Viewer) -> Answer:
    answer_id = uuid7()
    assert by.worker_id is not None
    answer = Answer(
        id=answer_id, request=request, is_guarded=is_guarded, outcome=outcome,
        sealed=sealed.seal(document, "answer", answer_id), by=by.worker_id, recorded_at=clock.now(),
    )  # fmt: skip
    answer.save(force_insert=True)
    turn(request, RequestState.WRITTEN)
    record("subject_request.written", by=by, matter_id=request.matter_id, guarded=is_guarded, outcome=outcome)
    return answer
