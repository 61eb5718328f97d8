"""The schedule of one case: what was done, what was missed, what comes next, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from anwang.access.at_once import read
from anwang.access.viewer import Viewer
from anwang.cases.models import Contact, ContactServes
from anwang.cases.queries import CasePage
from anwang.cases.words import instant, label
from anwang.enactments.queries import held
from anwang.followups import days, rules, words
from anwang.followups.course import Opened, Running, Standing, standing
from anwang.followups.models import CourseEnd, Shortfall, Stretch
from anwang.followups.states import Because, Came
from anwang.foundation import clock
from anwang.foundation.errors import NotFound
from anwang.rulebook import explain
from anwang.rulebook import schedules as tiling

NEXT = 3
"""Coming windows shown."""
AHEAD = timedelta(days=400)
LOOK_AHEAD = timedelta(days=21)
"""A long holiday is spoken of three weeks before."""


@dataclass(frozen=True)
class WindowLine:
    """A window with its attempts. `is_` is a shape of the house; `asks_why` while a reason is wanted."""

    id: UUID
    n: int
    days: str
    owed: str
    done: str
    is_: str
    came: str
    tries: tuple[str, ...]
    reason: str
    asks_why: bool
    is_now: bool
    suggested: tuple[str, ...]


@dataclass(frozen=True)
class StretchLine:
    """A change in a course: from when, to which schedule, why."""

    since: str
    what: str
    because: str
    reason: str


@dataclass(frozen=True)
class CourseLine:
    """A course of contacts, ready for the page."""

    id: UUID
    title: str
    rule_id: str
    group: str
    whom: str
    person_id: UUID | None
    begun: str
    episode: int
    says: str
    law: str
    assumed: str
    owner: str
    author: str
    since: str
    windows: tuple[WindowLine, ...]
    coming: tuple[tuple[str, str], ...]
    changes: tuple[StretchLine, ...]
    least: str
    look: str
    is_long: bool
    ended: str
    has_levels: bool

    @property
    def now(self) -> WindowLine | None:
        return next((one for one in self.windows if one.is_now), None)


@dataclass(frozen=True)
class Schedules:
    """Everything about the courses of one case."""

    courses: tuple[CourseLine, ...]
    past: tuple[CourseLine, ...]
    holiday: str
    school: str
    may_begin: tuple[tuple[str, str], ...]
    blocked: tuple[str, ...]


@held()
def schedules(viewer: Viewer, case: CasePage) -> Schedules:
    """For whoever reads the case itself; whoever only knows of it gets nothing."""
    if not case.reads_case:
        return Schedules((), (), "", "", (), ())
    found, today = standing(case.id), clock.today()
    beside = _Beside(case, found)
    lines = [_course(one, case, beside, today) for one in found.courses]
    possible = [] if case.is_over else rules.for_kind(case.kind, today, case.county)
    return Schedules(
        tuple(one for one in lines if not one.ended), tuple(one for one in lines if one.ended),
        _holiday(found, case.county, today), _school(found, case.county),
        tuple(
            (version.rule_id, f"{words.text(version.title)}　{words.text(explain.summary(version))}")
            for version in possible if version.content.is_set
        ),
        tuple(
            f"{words.text(version.title)}：{words.text(explain.summary(version))}"
            for version in possible if not version.content.is_set
        ),
    )  # fmt: skip


def course_of(viewer: Viewer, course_id: UUID) -> tuple[UUID, str]:
    """The case of a course and its number. NotFound alike when there is none and when he may not know of it."""
    row = Stretch.objects.filter(course_id=course_id).values_list("matter_id", "matter__number").first()
    if row is None:
        raise NotFound(_("查無這個期程。"))
    return row


def window_of(viewer: Viewer, window_id: UUID) -> tuple[UUID, str, str]:
    """The case of a window, its number, and the window's days in words."""
    from anwang.followups.models import Window

    row = Window.objects.filter(id=window_id).select_related("matter").first()
    if row is None:
        raise NotFound(_("查無這一期。"))
    return row.matter_id, row.matter.number, words.span(row.begins_on, row.ends_on)


class _Beside:
    """What is read once for all courses of a page: names, attempts, reasons, ends."""

    def __init__(self, case: CasePage, found: Standing) -> None:
        self.names = {one.person_id: one.name for one in (*case.subjects, *case.past)}
        self.family = case.family
        corrected = Contact.objects.filter(corrects__isnull=False).values("corrects_id")
        serving = ContactServes.objects.select_related("contact").filter(matter_id=case.id)
        reasons, ends, pieces, served = read(
            Shortfall.objects.filter(matter_id=case.id).order_by("recorded_at"),
            CourseEnd.objects.filter(matter_id=case.id), Stretch.objects.filter(matter_id=case.id).order_by("n"),
            serving.exclude(contact_id__in=corrected).order_by("contact__started_at"),
        )  # fmt: skip
        self.reasons = {one.window_id: one for one in reasons}
        self.ends = {one.course_id: one for one in ends}
        self.stretches: dict[UUID, list[Stretch]] = {}
        for one in pieces:
            self.stretches.setdefault(one.course_id, []).append(one)
        self.made = [_made(one.contact) for one in served]


def _made(one: Contact) -> tuple[date, str, str, str]:
    """When it was, in words too, how, and what came of it."""
    said = label("visit.method", one.method), label("contact.outcome", one.outcome)
    return (clock.local(one.started_at).date(), instant(one.started_at), *said)


def _course(course: Running, case: CasePage, beside: _Beside, today: date) -> CourseLine:
    version = rules.handle_of(course.rule_id).latest(today, case.county)
    end = beside.ends.get(course.id)
    is_over = end is not None or case.is_over
    pieces = beside.stretches.get(course.id, [])
    content = version.content if version else None
    cite = version.cite if version else None
    author = content.author if content else None
    return CourseLine(
        id=course.id, title=words.title(version, course.rule_id), rule_id=course.rule_id, group=course.group,
        whom=beside.names.get(course.person, "") if course.person else beside.family, person_id=course.person,
        begun=words.day(course.origin_on), episode=course.episode,
        says=words.text(explain.summary(version)) if version else "",
        law=f"{words.text(cite.title)}{cite.at}" if cite else "",
        assumed=words.text(version.assumption) if version and version.assumption else "",
        owner=words.text(content.owner) if content else "", author=words.text(author) if author else "",
        since=words.day(version.from_) if version else "",
        windows=tuple(_window(one, course, case.county, beside, today, is_over) for one in reversed(course.windows)),
        coming=() if is_over else _coming(course, today), changes=_changes(pieces),
        least=_least(course, content.least if content else ""), look=_look(course), is_long=_is_long(course),
        ended=words.day(end.last_on) if end else words.day(today) if case.is_over else "",
        has_levels=len(rules.of_group(course.group, today, case.county)) > 1,
    )  # fmt: skip


def _window(window: Opened, course: Running, county: str, beside: _Beside, today: date, is_over: bool) -> WindowLine:
    said = beside.reasons.get(window.id)
    is_now = not is_over and window.begins_on <= today <= window.ends_on
    came = Came(window.came)
    left = window.contacts - window.count.reached
    wanted = came in (Came.SHORT, Came.EFFORT) and said is None and not is_over
    reason = label(rules.SHORTFALL, said.reason) if said else ""
    return WindowLine(
        id=window.id, n=window.n, days=words.span(window.begins_on, window.ends_on),
        owed=words.owed(window.contacts, window.in_person), done=words.done(window),
        is_="done" if came == Came.SHORT and said else words.STATES[came], came=str(came.label),
        tries=tuple(
            _("%(when)s%(how)s，%(outcome)s") % {"when": when, "how": how, "outcome": outcome}
            for on, when, how, outcome in beside.made if window.begins_on <= on <= window.ends_on
        ),
        reason=f"{reason}　{said.words}" if said and said.words else reason, asks_why=wanted, is_now=is_now,
        suggested=tuple(
            words.day(one) for one in days.suggested(max(today, window.begins_on), window.ends_on, left, county)
        ) if is_now and came == Came.OPEN else (),
    )  # fmt: skip


def _coming(course: Running, today: date) -> tuple[tuple[str, str], ...]:
    known = max((one.n for one in course.windows), default=0)
    coming: list[tuple[str, str]] = []
    for tile in tiling.tiles(course.stretches, today + AHEAD):
        if tile.n > known and len(coming) < NEXT:
            coming.append((words.span(tile.begins_on, tile.ends_on), words.owed(tile.contacts, tile.in_person)))
    return tuple(coming)


def _changes(pieces: Sequence[Stretch]) -> tuple[StretchLine, ...]:
    return tuple(
        StretchLine(
            words.day(one.begins_on), words.title(rules.handle_of(one.rule_id).latest(one.begins_on), one.rule_id),
            str(Because(one.because).label), one.reason,
        )
        for one in pieces
        if one.because != Because.BEGUN
    )  # fmt: skip


def _least(course: Running, least: str) -> str:
    from anwang.foundation.days import Length

    if not least:
        return ""
    stage = tiling.Stage(str(Length.parse(least)), 1, times=1)
    whole = [tiling.Stretch(course.origin_on + timedelta(days=1), course.origin_on, (stage,))]
    return words.day(next(iter(tiling.tiles(whole, course.origin_on + timedelta(days=1)))).ends_on)


def _look(course: Running) -> str:
    return words.day(course.look.due_on) if course.look and not course.look.is_done else ""


def _is_long(course: Running) -> bool:
    return bool(course.look and course.look.is_long)


def _holiday(found: Standing, county: str, today: date) -> str:
    """A long holiday before which a contact is advised, while some window that holds it is not yet met."""
    least = rules.whole_number("followup.long_holiday", today, county)
    running = [one for course in found.courses if not course.is_ended for one in course.windows]
    for off in days.holidays(today, today + LOOK_AHEAD, least, county):
        if any(one.came == Came.OPEN and one.begins_on <= off.last and one.ends_on >= off.first for one in running):
            told = {"span": words.span(off.first, off.last), "n": off.days}
            return _("%(span)s連續放假%(n)d天。放假前先聯繫一次，約好放假怎麼聯絡。") % told
    return ""


def _school(found: Standing, county: str) -> str:
    """Where a pupil is followed and the county named no counselling unit, that somebody should ask one."""
    from anwang.followups.joining import wants_school

    return _("可能是學生。本縣還沒有指定學生輔導單位，請邀請學校協力。") if wants_school(found, county) else ""
