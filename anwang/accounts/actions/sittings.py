"""One's own sessions: begun, moved to another key, ended one by one or all but this."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.accounts import rules, sealed
from anwang.accounts.models import Sitting
from anwang.audit.actions import Actor, record
from anwang.foundation.errors import NotFound
from anwang.foundation.uuid7 import uuid7

FORGET_SQL = """
DELETE FROM django_session s USING accounts_sitting t
 WHERE t.id = ANY (%s) AND t.key_digest = sha256(convert_to(s.session_key, 'UTF8'))
"""


@transaction.atomic
def begin_sitting(*, account_id: UUID, session_key: str, how: str, agent: str, by: Actor, at: datetime) -> None:
    """A session began, by what, in which kind of browser."""
    Sitting(
        id=uuid7(), account_id=account_id, key_digest=sealed.of_session(session_key), how=how,
        browser=rules.browser_of(agent), began_at=at,
    ).save(force_insert=True)  # fmt: skip


@transaction.atomic
def move_sitting(*, former_key: str, session_key: str, by: Actor) -> None:
    """The same session has another key from now on."""
    Sitting.objects.filter(key_digest=sealed.of_session(former_key)).update(key_digest=sealed.of_session(session_key))


@transaction.atomic
def end_sitting(*, sitting_id: UUID, by: Viewer, at: datetime) -> None:
    """End one of one's own sessions, wherever it is."""
    found = Sitting.objects.filter(id=sitting_id, account_id=by.account_id, ended_at=None).first()
    if found is None:
        raise NotFound(_("這個登入已經結束了。"))
    _end([found.id], by, at)


@transaction.atomic
def end_others(*, session_key: str, by: Viewer, at: datetime) -> int:
    """End all one's sessions but this one; how many."""
    live = Sitting.objects.filter(account_id=by.account_id, ended_at=None)
    others = list(live.exclude(key_digest=sealed.of_session(session_key)).values_list("id", flat=True))
    _end(others, by, at)
    return len(others)


@transaction.atomic
def note_ended(*, session_key: str, by: Actor, at: datetime) -> None:
    """This session ended by itself: log-out, or too long away."""
    Sitting.objects.filter(key_digest=sealed.of_session(session_key), ended_at=None).update(ended_at=at)


def _end(sittings: list[UUID], by: Viewer, at: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(FORGET_SQL, [sittings])
    Sitting.objects.filter(id__in=sittings).update(ended_at=at)
    if sittings:
        record("sitting.ended", by=by, at=at, subject_id=by.account_id, n=len(sittings))


@transaction.atomic
def note_proved(*, account_id: UUID, by: Actor, at: datetime) -> None:
    """Whoever sits at a session proved anew who he is."""
    record("account.proved", by=by, at=at, subject_id=account_id)
