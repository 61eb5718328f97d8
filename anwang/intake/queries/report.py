"""The report page: everything the viewer may read of one report, in one statement, ready for the template."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from anwang.access.roles import Permission, has
from anwang.access.states import Zone
from anwang.access.viewer import Viewer
from anwang.foundation import clock
from anwang.foundation.errors import NotFound
from anwang.foundation.lately import keep, lately
from anwang.intake import rules
from anwang.intake.states import JOINED, What
from anwang.matters.queries import DECIDERS_SQL
from anwang.people.states import Fact
from anwang.people.words import age_words, birth_words

from .flags import flags_of
from .gather import MANY, gathered
from .posts import CARRYING, SUPERVISORS, UNITS
from .words import of_code, of_rule

SECOND_LOOK = "report.second_look"
"""Owed because of earlier reports: not named where the viewer may not know of any."""
# Earlier reports are told to whoever looks them up, and to whoever reads one or serves a case of this report that is
# not of the other party's side; nobody else learns of numbers, kinds or how many.
PARTS = {
    "matter": """
  SELECT m.id, m.number, m.county, m.opened_at, m.ended_at, m.ended_how, m.acting_since AS acting_since_at,
         a.name AS accountable, a.name_en AS accountable_en, u.name AS unit, u.name_en AS unit_en,
         u.phone AS unit_phone, m.acting_unit_id,
         w.id AS worker_id, w.called AS worker, w.phone AS worker_phone, d.id AS desk_id, d.called AS desk,
         d.phone AS desk_phone,
         EXISTS (SELECT 1 FROM directory_shift s WHERE s.worker_id = m.acting_worker_id
           AND s.starts_at <= access_at() AND s.ends_at > access_at()) AS keeps_a_desk,
         EXISTS (SELECT 1 FROM directory_absence ab WHERE ab.worker_id = m.acting_worker_id
           AND ab.starts_at <= access_at() AND ab.ends_at > access_at()) AS is_away,
         (SELECT json_agg(json_build_array(sw.name, sw.phone) ORDER BY s.rank) FROM directory_shift s
            JOIN directory_worker sw ON sw.id = s.worker_id
           WHERE s.desk_id = m.acting_desk_id AND s.starts_at <= access_at() AND s.ends_at > access_at()) AS on_shift,
         (SELECT json_build_array(nd.name, sw.name, sw.phone) FROM directory_desk nd
            JOIN directory_unit nu ON nu.id = nd.unit_id AND nu.jurisdiction_id = m.county
            JOIN directory_shift s ON s.desk_id = nd.id AND s.starts_at <= access_at() AND s.ends_at > access_at()
            JOIN directory_worker sw ON sw.id = s.worker_id
           WHERE nd.covers_county ORDER BY s.rank LIMIT 1) AS tonight
    FROM matters_matter m JOIN directory_unit a ON a.id = m.accountable_id
         JOIN directory_unit u ON u.id = m.acting_unit_id
    LEFT JOIN directory_worker w ON w.id = m.acting_worker_id LEFT JOIN directory_desk d ON d.id = m.acting_desk_id
   WHERE m.number = %(number)s AND m.kind = 'report'""",
    "report": "SELECT r.* FROM intake_report r JOIN m ON m.id = r.id",
    "zones": """SELECT DISTINCT unnest(g.zones) AS zone FROM access_grant g JOIN m ON m.id = g.file_id
   WHERE g.holder = ANY ((SELECT access_keys())::text[]) AND g.starts_at <= access_at()
     AND (g.ends_at IS NULL OR g.ends_at > access_at())""",
    "people": """SELECT rp.person_id, rp.role, rp.relation, rp.age_text, rp.injuries, rp.where_now, rp.notes,
         p.name, p.name_kind,
         p.sex, p.born_earliest, p.born_latest, p.birth_is_approximate, p.is_unborn, p.identity_id,
         alike.counts AS alike, alike.unsure,
         (SELECT json_agg(DISTINCT f.fact) FROM people_disputedfact f WHERE f.person_id = p.id AND f.until_at IS NULL)
           AS disputed
    FROM intake_reportperson rp JOIN m ON m.id = rp.report_id LEFT JOIN people_person p ON p.id = rp.person_id,
         LATERAL (SELECT
           json_build_array(count(*) FILTER (WHERE c.near AND (c.verdict IS NULL OR c.verdict = 'unsure')),
                            count(*) FILTER (WHERE c.near AND c.verdict IN ('same', 'apart'))) AS counts,
           count(*) FILTER (WHERE c.is_elsewhere AND NOT c.parted AND o.identity_id <> p.identity_id) AS unsure
           FROM (SELECT a.person_id, a.is_elsewhere, a.same_number OR a.same_name OR a.is_elsewhere AS near,
                        (SELECT x.verdict FROM people_identitydecision x
                          WHERE (x.person_id, x.other_id) IN ((p.id, a.person_id), (a.person_id, p.id))
                          ORDER BY x.recorded_at DESC, x.id DESC LIMIT 1) AS verdict,
                        EXISTS (SELECT 1 FROM people_identitydecision x WHERE x.verdict = 'apart'
                                 AND (x.person_id, x.other_id) IN ((p.id, a.person_id), (a.person_id, p.id))) AS parted
                   FROM (SELECT k.*, k.person_id NOT IN (SELECT person_id FROM intake_reportperson
                                                          WHERE report_id = rp.report_id) AS is_elsewhere
                           FROM people_candidates(p.id) k OFFSET 0) a) c
           LEFT JOIN people_person o ON o.id = c.person_id) alike
   ORDER BY rp.recorded_at, rp.id""",
    "duties": """SELECT d.id, d.rule_id, d.rule_from, d.due_at, d.words, d.words_en, d.is_assumed, d.subject_id
    FROM matters_duty d JOIN m ON m.id = d.matter_id WHERE d.state = 'open' ORDER BY d.due_at, d.id""",
    "pairs": """SELECT s.person_id, s.kind FROM intake_screeningpair s JOIN m ON m.id = s.report_id
         ORDER BY s.recorded_at, s.id""",
    "answers": """SELECT s.person_id, s.kind, s.rule_id, s.answers FROM intake_screeninganswer s
         JOIN m ON m.id = s.report_id
   ORDER BY s.recorded_at, s.id""",
    "decisions": """SELECT d.*, w.called AS by_name, ww.called AS written_name, c.number AS case_number,
         c.kind AS about_kind,
         EXISTS (SELECT 1 FROM access_grant g WHERE g.file_id = c.id AND g.holder = ANY ((SELECT access_keys())::text[])
           AND g.starts_at <= access_at() AND (g.ends_at IS NULL OR g.ends_at > access_at())) AS is_mine
    FROM intake_decision d JOIN m ON m.id = d.report_id LEFT JOIN directory_worker w ON w.id = d.decided_by
    LEFT JOIN directory_worker ww ON ww.id = d.written_by LEFT JOIN matters_matter c ON c.id = d.about_id
   ORDER BY d.recorded_at, d.id""",
    "reviews": """SELECT v.id, v.of, v.about_id, v.state, v.submitted_at, v.decided_at, v.by_phone,
         /* deciders */ AS deciders,
         v.written_at, v.submitted_by,
         v.unit_id, u.called AS unit, w.called AS by_name FROM matters_review v JOIN m ON m.id = v.matter_id
    JOIN directory_unit u ON u.id = v.unit_id LEFT JOIN directory_worker w ON w.id = v.decided_by
         ORDER BY v.recorded_at""".replace("/* deciders */", DECIDERS_SQL),
    "links": """SELECT l.id, l.repeat, l.reason, l.advised, l.answers, l.at AS linked_at, l.review_id, e.number,
         v.state AS review_state FROM intake_reportlink l
    JOIN m ON m.id = l.report_id JOIN matters_matter e ON e.id = l.earlier_id LEFT
         JOIN matters_review v ON v.id = l.review_id
   ORDER BY l.recorded_at, l.id""",
    "originals": """SELECT o.id, o.name, o.media_type, o.size, o.sha256, o.received_at FROM intake_reportoriginal o
    JOIN m ON m.id = o.report_id ORDER BY o.recorded_at, o.id""",
    "supplements": """SELECT s.text, s.at AS added_at, w.called AS by_name FROM intake_reportsupplement s
         JOIN m ON m.id = s.report_id
    LEFT JOIN directory_worker w ON w.id = s.by ORDER BY s.recorded_at, s.id""",
    "earlier": """SELECT e.*, r.narrative AS said FROM m, intake_earlier(m.id, '1912-01-01') e
    LEFT JOIN intake_report r ON r.id = e.id WHERE %(looks)s OR r.id IS NOT NULL
       OR EXISTS (SELECT 1 FROM cases_case c JOIN matters_matter k ON k.id = c.id
                   WHERE (k.arose_from_id = m.id OR EXISTS (SELECT 1 FROM cases_joinedreport j
                            WHERE j.matter_id = k.id AND j.report_id = m.id)) AND NOT cases_serves_other_party(k.id))
    ORDER BY e.received_at DESC""",
    "units": UNITS,
    "supervisors": SUPERVISORS,
    "carrying": CARRYING,
    "areas": """SELECT DISTINCT a.area_code FROM intake_reportperson rp JOIN m ON m.id = rp.report_id
         JOIN people_address a ON a.person_id = rp.person_id AND a.until_on IS NULL AND a.area_code <> ''""",
    "risks": """SELECT DISTINCT p.name, k.kind, k.go_in_pairs FROM intake_reportperson rp JOIN m ON m.id = rp.report_id
         JOIN people_workerrisk k ON k.person_id = rp.person_id AND k.until_on IS NULL
         JOIN people_person p ON p.id = rp.person_id""",
    "cases": "SELECT c.* FROM m, intake_open_cases(m.id) c",
}  # fmt: skip


@dataclass(frozen=True)
class Answering:
    """Who answers now, and how to reach him."""

    accountable: str
    unit: str
    who: str
    phone: str
    since_at: datetime
    is_viewer: bool
    is_there: bool
    """A worker in office hours or on a shift, or a desk that somebody keeps; else the report may be taken over."""
    after_hours: str
    """Out of office hours, who is awake for the county while the worker who answers may be at home; else empty."""


@dataclass(frozen=True)
class Due:
    what: str
    whom: str
    """Whom it is about, where a step is owed for one person."""
    due_at: datetime
    words: str
    assumed: bool
    rule_id: str
    duty_id: str


@dataclass(frozen=True)
class InIt:
    """Somebody in the report, as reported."""

    person_id: UUID
    name: str
    role: str
    who: str
    details: tuple[str, ...]
    candidates: int
    """Records like his about which nobody has said yes or no."""
    answered: int
    unsure: int
    """Records that may be the same person and were never said to be or not to be."""
    disputed: str = ""
    """What he, or who stands for him, says is not so (爭執註記)."""


@dataclass(frozen=True)
class ReportPage:
    """A report as one viewer may see it; `rows` keeps what the decision sheet is built from."""

    id: UUID
    number: str
    county: str
    is_open: bool
    acting_unit_id: UUID
    received_at: datetime
    recorded_at: datetime
    channel: str
    kinds: tuple[str, ...]
    narrative: str
    place: str
    answering: Answering
    due: tuple[Due, ...]
    people: tuple[InIt, ...]
    flags: tuple[str, ...]
    rows: dict[str, list[dict[str, Any]]]
    report: dict[str, Any]
    may_read_reporter: bool

    @property
    def person_ids(self) -> tuple[UUID, ...]:
        return tuple(person.person_id for person in self.people)


def page(viewer: Viewer, number: str) -> ReportPage:
    """The report with this number. NotFound alike when it does not exist and when the viewer may not read it."""
    with rules.one_book():
        return _page(viewer, _rows(viewer, number))


def _page(viewer: Viewer, rows: dict[str, list[dict[str, Any]]]) -> ReportPage:
    zones = {row["zone"] for row in rows["zones"]}
    if not rows["matter"] or not rows["report"] or Zone.CASE not in zones:
        raise NotFound(_("查無這件通報。請確認編號，或洽篩派案窗口。"))
    matter, report = rows["matter"][0], rows["report"][0]
    at = report["received_at"]
    names = {row["person_id"]: _name(row) for row in rows["people"]}
    return ReportPage(
        id=UUID(matter["id"]),
        number=matter["number"],
        county=matter["county"],
        is_open=matter["ended_at"] is None,
        acting_unit_id=UUID(matter["acting_unit_id"]),
        received_at=at,
        recorded_at=report["recorded_at"],
        channel=of_code("report.channel", report["channel"], at),
        kinds=tuple(of_code("case.kind", kind, at) for kind in report["kinds"]),
        narrative=report["narrative"],
        place=report["place"],
        answering=answering(viewer, matter),
        due=tuple(
            _due(row, matter["county"], names)
            for row in rows["duties"]
            if row["rule_id"] != SECOND_LOOK or rows["earlier"]
        ),
        people=tuple(_person(row, at) for row in rows["people"]),
        flags=flags_of(rows, report, at, matter["county"]),
        rows=rows,
        report=report,
        may_read_reporter=Zone.REPORTER in zones,
    )


def _rows(viewer: Viewer, number: str) -> dict[str, list[dict[str, Any]]]:
    """`m` is the matter in every part."""
    named = "(SELECT id FROM matters_matter WHERE number = %(number)s AND kind = 'report') m"
    parts = {
        name: sql
        if name == "matter"
        else sql.replace("JOIN m ON", f"JOIN {named} ON").replace("FROM m,", f"FROM {named},")
        for name, sql in PARTS.items()
    }
    at = clock.now()
    if known := lately(("carrying", viewer.county), at) or {}:
        del parts["carrying"]
    rows = gathered(viewer, parts, {
        "number": number, "en": english(), "looks": has(viewer, Permission.SEARCH_PEOPLE),
    })  # fmt: skip
    if rows["matter"] and rows["matter"][0]["county"] != viewer.county:
        return rows | ({"carrying": []} if known else {})
    if sum(row["count"] for row in rows.get("carrying", ())) >= MANY:
        keep(("carrying", viewer.county), at, {"carrying": rows["carrying"]})
    return known | rows


def english() -> bool:
    """Whether the page is read in English."""
    return (get_language() or "").startswith("en")


def answering(viewer: Viewer, matter: dict[str, Any]) -> Answering:
    """Accountable unit, acting unit, and the person with a number: the worker, or whoever keeps the desk now."""
    in_english = english()
    shift = matter["on_shift"] or []
    if matter["worker"]:
        who, phone = matter["worker"], matter["worker_phone"] or matter["unit_phone"]
    elif shift:
        who, phone = f"{matter['desk']}・{shift[0][0]}", shift[0][1] or matter["desk_phone"]
    else:
        who, phone = matter["desk"] or "", matter["desk_phone"] or matter["unit_phone"]
    mine = {str(worker) for worker in viewer.acts_as}
    return Answering(
        accountable=(in_english and matter["accountable_en"]) or matter["accountable"],
        unit=(in_english and matter["unit_en"]) or matter["unit"],
        who=who,
        phone=phone,
        since_at=datetime.fromisoformat(str(matter["acting_since_at"])),
        is_viewer=matter["worker_id"] in mine or matter["desk_id"] in {str(desk) for desk in viewer.desks},
        is_there=bool(shift) if matter["desk_id"] else _is_there(matter),
        after_hours=_after_hours(matter),
    )


def _is_there(matter: dict[str, Any]) -> bool:
    if matter["keeps_a_desk"]:
        return True
    return not matter["is_away"] and rules.office_closes(clock.now(), matter["county"]) is not None


def _after_hours(matter: dict[str, Any]) -> str:
    """The county's desk and who is on shift there; empty in office hours, and where he answers anyway."""
    desk, worker, phone = matter["tonight"] or ("", "", "")
    if not worker or not matter["worker"] or worker == matter["worker"]:
        return ""
    return "" if rules.office_closes(clock.now(), matter["county"]) else f"{desk}・{worker}，{phone}"


def _due(row: dict[str, Any], county: str, names: dict[str, str]) -> Due:
    return Due(
        what=of_rule(row["rule_id"], row["due_at"], county),
        whom=names.get(row["subject_id"] or "", ""),
        due_at=row["due_at"],
        words=(english() and row["words_en"]) or row["words"],
        assumed=row["is_assumed"],
        rule_id=row["rule_id"],
        duty_id=row["id"],
    )


def _person(row: dict[str, Any], at: datetime) -> InIt:
    role = of_code("report.roles", row["role"], at)
    relation = of_code("relation", row["relation"], at) if row["relation"] else ""
    ends = (*(date.fromisoformat(row[end]) if row[end] else None for end in ("born_earliest", "born_latest")),
            row["birth_is_approximate"])  # fmt: skip
    birth = birth_words(*ends) if ends[0] else ""
    age = row["age_text"] or age_words(*ends, on=rules.on_day(at))
    unborn = _("未出生") if row["is_unborn"] and row["name"] else ""
    details = tuple(filter(None, (row["injuries"], row["where_now"], row["notes"])))
    who = "・".join(filter(None, (role, relation, age, unborn, birth)))
    return InIt(
        UUID(row["person_id"]),
        _name(row),
        row["role"],
        who,
        details,
        *row["alike"],
        row["unsure"],
        _("、").join(str(Fact(fact).label) for fact in sorted(row["disputed"] or ())),
    )


def _name(row: dict[str, Any]) -> str:
    return row["name"] or (_("未出生的孩子") if row["is_unborn"] else _("姓名不詳"))


def settled(row_by_what: dict[str, dict[str, Any]], waits: bool) -> bool:
    """Whether a pair stands decided, from the rows of its standing decisions."""
    validity = row_by_what.get(What.VALIDITY)
    if validity is not None and validity["outcome"] in JOINED:
        return True
    return What.DISPATCH in row_by_what or (What.NOT_OPEN in row_by_what and not waits)
