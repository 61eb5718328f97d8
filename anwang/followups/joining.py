"""Who joins by itself beside a course: a pupil's school counselling (自殺防治法: 學生由教育體系一起). Plain reads."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from anwang.directory.models import Unit
from anwang.followups import rules
from anwang.followups.course import Standing
from anwang.foundation import clock
from anwang.foundation.looking import once
from anwang.rulebook.schedules import Schedule
from anwang.rulebook.versions import Version


def wants_school(found: Standing, county: str) -> bool:
    """Whether a running course follows somebody of school age and the county named no unit that joins."""
    for course in found.courses:
        version = rules.handle_of(course.rule_id).latest(clock.today(), county)
        if course.is_ended or course.person is None or version is None or not version.content.joins:
            continue
        if is_of_age(found, course.person, version, county) and joining_unit(version.content, county) is None:
            return not found.asked
    return False


@once(lambda schedule, county: (schedule.joins["unit"], county))
def joining_unit(schedule: Schedule, county: str) -> Unit | None:
    """The unit of the county that joins by itself, where it named one."""
    code = rules.word(schedule.joins["unit"], clock.today(), county)
    return None if code == rules.NOBODY else Unit.objects.filter(code=code, closed_on=None).first()


def is_of_age(found: Standing, person: UUID, version: Version[Schedule], county: str) -> bool:
    """Whether somebody is, or may be, of the age at which the schedule lets a unit join."""
    today, joins = clock.today(), version.content.joins
    known = next(((least, most) for one, least, most in found.subjects if one == person), None)
    if known is None or known[0] is None or known[1] is None:
        return False
    least, most = _age(known[1], today), _age(known[0], today)
    return most >= rules.whole_number(joins["from"], today, county) and least < rules.whole_number(
        joins["under"], today, county
    )


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
