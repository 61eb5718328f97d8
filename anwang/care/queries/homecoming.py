"""Whom her worker calls before he is home, on her own cases."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.care import words
from anwang.care.models import Homecoming
from anwang.foundation.errors import NotFound
from anwang.people.words import name_words


@dataclass(frozen=True)
class HomecomingLine:
    """He comes home: when, until when she is to be called, and how she was told. Nothing of whence."""

    id: UUID
    case: str
    who: str
    expected: str
    call_by: str
    told: str
    told_words: str
    is_open: bool
    former: tuple[tuple[str, str], ...] = ()
    """Days that were said before this one, the last first, each with when she was told of it (empty: not)."""
    now: UUID | None = None
    """The one with the day that took this one's place."""


def homecomings(viewer: Viewer) -> tuple[HomecomingLine, ...]:
    """Open calls on the cases the viewer reads, the soonest first."""
    rows = Homecoming.objects.select_related("matter", "person").filter(
        told_at=None, called_off_at=None, notice=None, matter__ended_at=None
    )
    return tuple(_line(one) for one in rows.order_by("call_by")[:50])


def homecoming(viewer: Viewer, homecoming_id: UUID) -> HomecomingLine:
    """One. NotFound alike when there is none and when the viewer does not read her case."""
    found = Homecoming.objects.select_related("matter", "person").filter(id=homecoming_id).first()
    if found is None:
        raise NotFound(_("查無這則消息。"))
    alike = Homecoming.objects.filter(matter_id=found.matter_id, source_key=bytes(found.source_key))
    kept = alike.filter(called_off_at__isnull=False).exclude(id=found.id)
    now = alike.filter(called_off_at=None).exclude(id=found.id).values_list("id", flat=True).first()
    former = tuple(
        (words.instant(one.expected_at) or _("隨時"), words.instant(one.told_at))
        for one in kept.order_by("-announced_at", "-recorded_at")
    )
    return replace(_line(found), former=former, now=now)


def _line(one: Homecoming) -> HomecomingLine:
    return HomecomingLine(
        id=one.id, case=one.matter.number, who=name_words(one.person.name, one.person.name_kind),
        expected=words.instant(one.expected_at) or _("隨時"), call_by=words.instant(one.call_by, deadline=True),
        told=words.instant(one.told_at), told_words=one.told_words,
        is_open=one.told_at is None and one.called_off_at is None and one.notice_id is None,
    )  # fmt: skip
