"""The sheet to type from: what the viewer may read of what is owed, in the order of the central form. A reading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.utils.translation import gettext as _

from anwang.access.proving import stepped_up
from anwang.access.states import Zone
from anwang.access.viewer import Viewer
from anwang.audit.actions import readings, record
from anwang.enactments.queries import held
from anwang.foundation import clock
from anwang.people.words import birth_words
from anwang.uploads import policies, words
from anwang.uploads.queries import UploadLine, uploads

# Under the viewer's own rights: whoever may not read a report or case gets no row of it. No place is read at all.
ROWS_SQL = """
SELECT r.id, r.received_at, r.known_at, r.unit_code, r.channel, x.role, x.relation, p.name, p.name_kind, p.sex,
       p.born_earliest, p.born_latest, p.birth_is_approximate, p.is_restricted
  FROM intake_report r LEFT JOIN intake_reportperson x ON x.report_id = r.id
  LEFT JOIN people_person p ON p.id = x.person_id
 WHERE r.id = ANY (%(ids)s)
UNION ALL
SELECT c.id, m.opened_at, NULL, '', '', s.role, '', p.name, p.name_kind, p.sex,
       p.born_earliest, p.born_latest, p.birth_is_approximate, p.is_restricted
  FROM cases_case c JOIN matters_matter m ON m.id = c.id LEFT JOIN cases_casesubject s ON s.matter_id = c.id
  LEFT JOIN people_person p ON p.id = s.person_id
 WHERE c.id = ANY (%(ids)s)
"""
WITHOUT_NAME = "sexual_violence"
"""Kind of case in which nobody's name stands, only the code, in whatever role."""
CODE = "code"
MOST = 1000
"""Reports and cases in one sheet; the most urgent first."""


@dataclass(frozen=True)
class Sheet:
    """Column titles, rows of text, and how many matters are left out because the viewer may not read them."""

    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    left_out: int
    made_on: date


@transaction.atomic
def take_sheet(*, show: str, by: Viewer) -> Sheet:
    """The lines of one view of the list, a row for each person. Each matter read leaves a trace."""
    policies.may_upload(by).enforce()
    stepped_up(by).enforce()
    lines = {line.id: line for line in uploads(by, show, most=MOST).lines}
    with connection.cursor() as cursor:
        cursor.execute(ROWS_SQL, {"ids": list(lines)})
        found = cursor.fetchall()
    order = {matter_id: place for place, matter_id in enumerate(lines)}
    found.sort(key=lambda row: order[row[0]])
    read = list(dict.fromkeys(row[0] for row in found))
    readings("uploads.sheet", by=by, file_ids=read, zone=Zone.CASE, because="upload")
    record("upload.sheet", by=by, files=len(read), left_out=len(lines) - len(read))
    with held():
        rows = tuple(_row(number, lines[row[0]], row) for number, row in enumerate(found, start=1))
    return Sheet(_titles(), rows, len(lines) - len(read), clock.today())


def _titles() -> tuple[str, ...]:
    return (
        _("序"), _("編號"), _("通報或個案"), _("案類"), _("取得時間"), _("知悉時間"), _("通報單位代碼"), _("通報方式"),
        _("身分"), _("與當事人關係"), _("姓名或代號"), _("性別"), _("出生日期"), _("上傳期限"), _("原中央編號"),
    )  # fmt: skip


def _row(number: int, line: UploadLine, row: tuple[object, ...]) -> tuple[str, ...]:
    _id, obtained_at, known_at, unit, channel, role, relation, *person = row
    return (
        str(number), line.number, line.what_words,
        _("、").join(words.kind(kind, line.obtained_at) for kind in line.kinds),
        words.instant(obtained_at), words.instant(known_at) if known_at else "", str(unit),
        words.channel(str(channel), line.obtained_at) if channel else "",
        words.role(str(role), line), words.relation(str(relation), line.obtained_at) if relation else "",
        *_person(person, line.kinds), words.deadline(line.due_at), line.central_number,
    )  # fmt: skip


def _person(person: list[object], kinds: tuple[str, ...]) -> tuple[str, str, str]:
    name, name_kind, sex, earliest, latest, about, is_restricted = person
    if sex is None:
        return "", "", ""
    hidden = (WITHOUT_NAME in kinds and name_kind != CODE) or is_restricted
    said = words.NO_CODE if hidden else str(name)
    return str(said), words.sex(str(sex)), birth_words(earliest, latest, bool(about))  # type: ignore[arg-type]
