"""Requests for contents: one's own, those that wait for one's unit, and one by its number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.directory.states import SUPERVISING
from anwang.disclosure import receipts, words
from anwang.disclosure.states import STANDS, RequestState
from anwang.foundation import clock
from anwang.foundation.errors import NotFound

REQUEST_SQL = """
SELECT r.id, r.number, m.number, m.accountable_id, a.called, r.hit_id, coalesce(u.called, r.agency), r.agency <> '',
       r.letter_number, w.called, r.asked_by, r.asked_at, r.purpose, r.basis, r.kind, r.contents, r.reason, r.until_on,
       r.state, r.decided_at, r.granted, r.expires_at, r.refusal, r.answer, r.withdrawn_at,
       (SELECT o.number FROM disclosure_request o WHERE o.id = r.renews_id)
  FROM disclosure_request r JOIN matters_matter m ON m.id = r.file_id JOIN directory_unit a ON a.id = m.accountable_id
  LEFT JOIN directory_unit u ON u.id = r.from_unit_id JOIN directory_worker w ON w.id = r.asked_by
"""


@dataclass(frozen=True)
class RequestPage:
    """One request, for its asker and for the unit that decides it."""

    id: UUID
    number: str
    matter: str
    """The file's number: for its own unit, and for the asker only once something was granted."""
    accountable_id: UUID
    accountable: str
    hit_id: UUID | None
    asker: str
    is_letter: bool
    letter_number: str
    worker: str
    asked_by: UUID
    asked_at: datetime
    purpose: str
    basis: str
    kind: str
    contents: tuple[tuple[str, str], ...]
    """Code and words of what was asked for."""
    reason: str
    until_on: date
    state: str
    decided_at: datetime | None
    granted: tuple[str, ...]
    expires_at: datetime | None
    refusal: str
    answer: str
    withdrawn_at: datetime | None
    renews: str

    @property
    def is_expired(self) -> bool:
        return self.state in STANDS and self.expires_at is not None and self.expires_at <= clock.now()

    @property
    def stands(self) -> bool:
        return self.state in STANDS and not self.is_expired

    @property
    def state_words(self) -> str:
        return _("期間已過") if self.is_expired else str(RequestState(self.state).label)

    @property
    def code(self) -> str:
        """Proves the receipt of what was granted; empty while nothing was."""
        if self.decided_at is None or self.expires_at is None:
            return ""
        return receipts.code(self.id, self.number, "detail", self.decided_at, self.expires_at)


def own_requests(viewer: Viewer) -> list[RequestPage]:
    """What one asked for, the latest first."""
    return _requests(viewer, "WHERE r.asked_by = %s ORDER BY r.asked_at DESC LIMIT 30", [viewer.worker_id])


def requests_to_decide(viewer: Viewer) -> list[RequestPage]:
    """What waits for the units for which the viewer signs, the longest first."""
    units = [unit for unit, role in viewer.roles.items() if role in SUPERVISING]
    if not units:
        return []
    return _requests(
        viewer, "WHERE m.accountable_id = ANY (%s) AND r.state = 'asked' ORDER BY r.asked_at LIMIT 50", [units]
    )


def request(viewer: Viewer, number: str) -> RequestPage:
    """One by its number; NotFound alike for what is not there and what is not the viewer's."""
    found = _requests(viewer, "WHERE r.number = %s", [number])
    if not found:
        raise NotFound(_("找不到這件請求。請從清單重新進入。"))
    return found[0]


def _requests(viewer: Viewer, which: str, given: list[object]) -> list[RequestPage]:
    with connection.cursor() as cursor:
        cursor.execute(f"{REQUEST_SQL} {which}", given)
        rows = cursor.fetchall()
    return [_page(viewer, row) for row in rows]


def _page(viewer: Viewer, row: tuple[object, ...]) -> RequestPage:
    told = list(row)
    decides = viewer.roles.get(told[3]) in SUPERVISING or told[7]  # type: ignore[call-overload]
    told[2] = told[2] if decides or told[18] in STANDS else ""
    told[12], told[13] = words.label("disclosure.purposes", told[12]), words.label("disclosure.bases", told[13])  # type: ignore[arg-type]
    told[14] = words.label("disclosure.kinds", told[14])  # type: ignore[arg-type]
    told[15] = tuple((code, words.label("disclosure.contents", code)) for code in told[15])  # type: ignore[attr-defined]
    told[20] = tuple(words.label("disclosure.contents", code) for code in told[20])  # type: ignore[attr-defined]
    told[22] = words.label("disclosure.refusals", told[22])  # type: ignore[arg-type]
    told[25] = told[25] or ""
    return RequestPage(*told)  # type: ignore[arg-type]
