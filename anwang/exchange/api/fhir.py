"""`/api/v1/fhir`: case reports in, by the reader that imports files too; later, how each fares, as a Task."""

from __future__ import annotations

from typing import Any

from django.db import DataError, transaction
from django.utils.translation import gettext as _

from anwang.exchange import naming
from anwang.exchange.envelope import Envelope
from anwang.exchange.fhir import case_report, writing
from anwang.exchange.fhir.reading import Bundle, Resource, items, mapping, text
from anwang.foundation.errors import AnwangError, BadInput, Conflict
from anwang.intake.actions import receive_reports
from anwang.intake.incoming import Arrival
from anwang.intake.queries.numbers import number_of
from anwang.intake.queries.progress import progress_of
from anwang.systems.admission import Admitted
from anwang.systems.interface import PROBLEMS, PROGRESS

from .bodies import Body
from .problems import Problem, answer

JSON_OF_FHIR = "application/fhir+json"
TAKES = (JSON_OF_FHIR, "application/json")
LARGEST = 4 * 1024 * 1024
MOST = 50
"""Reports in one bundle: more belong in several, so that one answer is not awaited for minutes."""
TOGETHER = {"transaction", "document", "message"}
APART = {"batch", "collection"}
UNREADABLE = (ValueError, TypeError, AttributeError, OverflowError, RecursionError)
Fate = tuple[str, bool] | AnwangError
"""Of one report: our number and whether it is new, or what is wrong."""


def receive(came: Body, by: Admitted) -> tuple[int, Resource, dict[str, str]]:
    """Take the case reports of a bundle, or one by itself, inside the caller's transaction.

    All or nothing for a transaction, a document and a message; each by itself for a batch and a collection, unless
    none of them can be taken. Raises Problem when nothing was taken.
    """
    body, document = came.written, came.json()
    kind = _kind(document)
    try:
        found = case_report.each(document, body, MOST)
    except case_report.TooMany as error:
        raise Problem("too-large", str(error)) from None
    except BadInput as error:
        raise Problem("invalid", str(error)) from None
    except UNREADABLE:
        raise Problem("invalid") from None
    fates = _taken([envelope for _request, envelope in found], by)
    wrong = [fate for fate in fates if isinstance(fate, AnwangError)]
    if wrong and (kind in TOGETHER or len(wrong) == len(fates)):
        raise Problem("conflict" if all(isinstance(one, Conflict) for one in wrong) else "invalid", str(wrong[0]))
    told = _answers(Bundle(document), found, fates)
    return 200, writing.answers("transaction-response" if kind in TOGETHER else "batch-response", told), {}


def _kind(document: Any) -> str:
    """The type of a bundle; a single resource is a collection of one."""
    if not isinstance(document, dict) or not isinstance(document.get("resourceType"), str):
        raise Problem("invalid", _("這不是FHIR訊息。請確認檔案是通報Bundle的JSON。"))
    if document["resourceType"] != "Bundle":
        return "collection"
    kind = text(document.get("type"))
    if kind not in TOGETHER | APART:
        raise Problem("invalid", _("這種Bundle不收。請用transaction、batch或collection。"))
    methods = {text(mapping(entry.get("request")).get("method")) for entry in items(document.get("entry"))}
    if methods - {"", "POST"}:
        raise Problem("invalid", _("這裡只收新的通報。每一筆的method請用POST。"))
    return kind


def _taken(envelopes: list[Envelope | BadInput], by: Admitted) -> list[Fate]:
    rows = iter(
        _rows([naming.of_system(one, by.code, by.viewer.county) for one in envelopes if isinstance(one, Envelope)], by)
    )
    fates: list[Fate] = []
    for envelope in envelopes:
        row = envelope if isinstance(envelope, BadInput) else next(rows)
        fates.append(row if isinstance(row, AnwangError) else (number_of(by.viewer, row.id), not row._state.adding))
    return fates


def _rows(arrivals: list[Arrival], by: Admitted) -> list[Any]:
    """The reports; what the database refuses together is tried by halves: one strange report spoils no other."""
    if not arrivals:
        return []
    try:
        with transaction.atomic():
            return list(receive_reports(arrivals=arrivals, by=by.viewer, county=by.viewer.county))
    except (DataError, *UNREADABLE):
        if len(arrivals) == 1:
            return [BadInput(_("這一筆的內容系統收不下。請照說明檢查欄位，或改用紙本登錄。"))]
        half = len(arrivals) // 2
        return [*_rows(arrivals[:half], by), *_rows(arrivals[half:], by)]


def _answers(
    bundle: Bundle, found: list[tuple[Resource, Envelope | BadInput]], fates: list[Fate]
) -> list[dict[str, Any]]:
    """One answer for each entry that came, in its order; what is no report is kept with one as it came."""
    of_report = [(request, envelope, fate) for (request, envelope), fate in zip(found, fates, strict=True)]
    told = []
    for resource in bundle.resources:
        mine = next(((envelope, fate) for request, envelope, fate in of_report if request is resource), None)
        told.append(writing.answered("200 OK") if mine is None else _told(*mine))
    return told


def _told(envelope: Envelope | BadInput, fate: Fate) -> Resource:
    if isinstance(fate, AnwangError) or isinstance(envelope, BadInput):
        code, status = ("conflict", "409 Conflict") if isinstance(fate, Conflict) else ("invalid", "422 Invalid")
        return writing.answered(status, outcome=writing.outcome([("error", code, str(fate), "")]))
    number, is_new = fate
    report, words = envelope.report, str(PROGRESS["received"])
    task = writing.task(number, "received", words, report.received_at, report.remarks)
    return writing.answered("201 Created" if is_new else "200 OK", location=f"Task/{number}", resource=task)


def fares(number: str, by: Admitted) -> Resource:
    """How a report of this sender fares, as a Task. Raises Problem alike for not there and not his."""
    found = progress_of(by.viewer, number, by.code)
    if found is None:
        raise Problem("not-found")
    return writing.task(number, found.word, str(PROGRESS[found.word]), found.received_at)


_ISSUE = {
    "bad-json": "structure", "no-token": "login", "token-unknown": "login", "token-expired": "expired",
    "token-revoked": "suppressed", "scope-missing": "forbidden", "refused": "forbidden", "not-found": "not-found",
    "wrong-method": "not-supported", "not-acceptable": "not-supported", "wrong-type": "not-supported",
    "conflict": "conflict", "too-large": "too-long", "too-many": "throttled", "broken": "exception",
    "away": "transient",
}  # fmt: skip
"""Our kinds of problem as codes of R4's issue-type; what is not here is `invalid`."""


def refusal(problem: Problem) -> Any:
    """A problem as an OperationOutcome."""
    kind = PROBLEMS[problem.kind]
    words = f"{kind.title}：{problem.detail or kind.advice}"
    issues = [("error", _ISSUE.get(problem.kind, "invalid"), words, "")]
    return answer(problem.status, writing.outcome(issues), JSON_OF_FHIR, problem.headers)
