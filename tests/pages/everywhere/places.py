"""Every address of the site, filled with what the invented county really has."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import psycopg
from django.urls import URLPattern, URLResolver, get_resolver

Row = tuple[object, ...]
ASKED = {"figures:records": "?figure=received&by=&key="}
"""What a page is asked for behind its path."""
GONE = UUID("01890000-0000-7000-8000-00000000dead")
"""An id that nothing has: for tables that are empty in the demonstration, and to compare a stranger's answer."""

_HOT = "(SELECT file_id FROM access_involvement WHERE person_id IN (SELECT person_id FROM people_safetyaddress))"
_NUMBERS = f"SELECT number FROM matters_matter WHERE kind = '%s' ORDER BY id IN {_HOT} DESC, number DESC LIMIT %d"
_CASE_AND = "SELECT m.number, x.id FROM {} x JOIN matters_matter m ON m.id = x.{} ORDER BY m.id IN " + _HOT
_ONE = "SELECT id FROM {} ORDER BY id DESC LIMIT 1"
_PERSON = "people_safetyaddress s FULL JOIN people_nameseal n USING (person_id)"

EXAMPLES: dict[tuple[str, ...], str] = {
    # app (or the first words of the route), then the names of what it takes
    ("cases", "number"): _NUMBERS % ("case", 2),
    ("cases", "number", "contact_id"): _CASE_AND.format("cases_contact", "matter_id") + " DESC LIMIT 1",
    ("cases", "number", "note_id"): _CASE_AND.format("cases_note", "matter_id") + " DESC LIMIT 1",
    ("cases", "number", "subject_id"): _CASE_AND.format("cases_casesubject", "matter_id") + " DESC LIMIT 1",
    ("cases", "number", "placement_id"): _CASE_AND.format("cases_placement", "case_id") + " DESC LIMIT 1",
    ("cases", "number", "notice_id"): _CASE_AND.format("cases_notice", "case_id") + " DESC LIMIT 1",
    ("cases", "note_id"): _ONE.format("cases_incidentnote"),
    ("cases", "search_id"): _ONE.format("cases_search"),
    ("cases", "list_id"): _ONE.format("cases_policelist"),
    ("cases", "listed_id"): _ONE.format("cases_policelisted"),
    ("cases", "sighting_id"): _ONE.format("cases_sighting"),
    ("leads", "number"): "SELECT number FROM matters_matter WHERE kind = 'coordination'"
    " ORDER BY id IN (SELECT coordination_id FROM cases_leaving) DESC, number DESC LIMIT 1",
    ("leads", "number", "leaving_id"): _CASE_AND.format("cases_leaving", "coordination_id") + " DESC LIMIT 1",
    ("intake", "number"): _NUMBERS % ("report", 3),
    ("intake", "number", "person_id"): (
        "SELECT m.number, p.person_id FROM intake_reportperson p JOIN matters_matter m ON m.id = p.report_id"
        f" ORDER BY m.id IN {_HOT} DESC, p.id DESC LIMIT 8"
    ),
    ("intake", "number", "original_id"): _CASE_AND.format("intake_reportoriginal", "report_id") + " DESC LIMIT 5",
    ("intake", "draft_id"): _ONE.format("intake_reportdraft"),
    ("families", "number"): "SELECT number FROM people_family ORDER BY id IN (SELECT family_id FROM people_familymember"
    " WHERE person_id IN (SELECT person_id FROM people_safetyaddress)) DESC, number LIMIT 4",
    ("people", "person_id"): f"SELECT person_id FROM {_PERSON} UNION ALL"
    " (SELECT person_id FROM access_involvement GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 3)",
    ("people", "person_id", "what"): f"SELECT person_id, w FROM (SELECT person_id FROM {_PERSON} LIMIT 1) p,"
    " unnest(ARRAY['address', 'safety', 'contact', 'risk', 'kin', 'identifier']) w",
    ("people", "person_id", "what", "row_id"): "SELECT person_id, 'address', id FROM people_address LIMIT 1",
    ("papers", "paper_id"): "SELECT id FROM documents_paper ORDER BY id LIMIT 4",
    ("papers", "body_id"): _ONE.format("documents_paperbody"),
    ("papers", "number", "contact_id"): _CASE_AND.format("cases_contact", "matter_id") + " DESC LIMIT 3",
    ("rosters", "number"): "SELECT number FROM rosters_rosterfile ORDER BY received_at LIMIT 4",
    ("rosters", "row_id"): "SELECT id FROM rosters_rosterrow ORDER BY state = 'rejected' DESC, id LIMIT 40",
    ("rosters", "feed_id"): _ONE.format("rosters_rosterfeed"),
    ("figures", "month"): "SELECT m FROM unnest(ARRAY['115-03', '2026-03', '2026-04']) m",
    ("policy", "rule_id"): "SELECT DISTINCT rule_id FROM matters_duty WHERE rule_id <> '' ORDER BY 1 LIMIT 6",
    ("duty_desk", "call_id"): "SELECT id FROM intake_call ORDER BY id",
    ("duty_desk", "call_out_id"): _ONE.format("intake_callout"),
    ("duty_desk", "check_in_id"): _ONE.format("intake_checkin"),
    ("duty_desk", "watch_id"): _ONE.format("intake_tonightwatch"),
    ("duty_desk", "handover_id"): _ONE.format("matters_shifthandover"),
    ("unit_desk", "assignment_id"): _ONE.format("matters_assignment"),
    ("unit_desk", "review_id"): "SELECT id FROM matters_review ORDER BY state = 'submitted' DESC, id DESC LIMIT 3",
    ("unit_desk", "offer_id"): "SELECT id FROM matters_offer ORDER BY state = 'pending' DESC, id DESC LIMIT 2",
    ("unit_desk", "dispute_id"): "SELECT id FROM matters_dispute ORDER BY state = 'filed' DESC, id DESC LIMIT 1",
    ("unit_desk", "list_id"): _ONE.format("matters_handoverlist"),
    ("unit_desk", "worker_id"): "SELECT id FROM directory_worker ORDER BY id LIMIT 1",
    ("asking", "number"): _NUMBERS % ("case", 2),
    ("asking", "number", "kind"): "SELECT number, k FROM (" + _NUMBERS % ("case", 1) + ") n,"
    " unnest(ARRAY['transfer', 'join', 'visit', 'referral', 'hand_over']) k",
    ("asking", "number", "offer_id"): "SELECT m.number, o.id FROM matters_offer o JOIN matters_matter m"
    " ON m.id = o.matter_id ORDER BY o.state = 'pending' DESC, o.id DESC LIMIT 1",
    ("asking", "number", "dispute_id"): "SELECT m.number, d.id FROM matters_dispute d JOIN matters_matter m"
    " ON m.id = d.matter_id ORDER BY d.id DESC LIMIT 1",
    ("asking", "shift_id"): "SELECT DISTINCT ON (desk_id) id FROM directory_shift"
    " WHERE starts_at > (SELECT max(recorded_at) FROM matters_duty) ORDER BY desk_id, starts_at",
    ("unit_desk", "number"): _NUMBERS % ("case", 2),
    ("public", "lang"): "SELECT l FROM unnest(ARRAY['en', 'zh', 'vi', 'th']) l",
    ("worklist", "duty_id"): "SELECT id FROM matters_duty WHERE state = 'open' ORDER BY id DESC LIMIT 3",
    ("worklist", "assignment_id"): _ONE.format("matters_assignment"),
    ("worklist", "reminder_id"): _ONE.format("matters_reminder"),
    ("worklist", "number"): _NUMBERS % ("case", 1),
    ("systems", "code"): "SELECT code FROM systems_system ORDER BY code LIMIT 2",
    ("systems", "token_id"): _ONE.format("systems_token"),
    ("systems", "event_id"): "SELECT event_id FROM systems_outgoing ORDER BY state = 'dead' DESC, id LIMIT 2",
    ("systems", "endpoint_id"): _ONE.format("systems_endpoint"),
    ("systems", "message_id"): _ONE.format("systems_incoming"),
    ("systems", "number"): "SELECT m.number FROM matters_matter m LEFT JOIN intake_report r ON r.id = m.id"
    " WHERE m.sort IN ('intimate_violence', 'sexual_violence') OR 'intimate_violence' = ANY (r.kinds)"
    " ORDER BY m.number LIMIT 40",
}


def patterns(resolver: URLResolver | None = None, app: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every desk's app name with each of its addresses."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from patterns(one, one.app_name or app)
        else:
            yield app, one


def addresses(county: psycopg.Connection[Row], *, invented: bool = False) -> dict[str, list[str]]:
    """`app:name` of every page with its paths; `invented` fills in what nothing has, in the same shape."""
    found = {}
    for app, pattern in patterns():
        names, route = tuple(pattern.pattern.regex.groupindex), str(pattern.pattern)
        example = EXAMPLES.get(key_of(app, pattern))
        rows = county.execute(example).fetchall() if example else [] if names else [()]
        rows = rows or [tuple("C114-0000-0000" if name == "number" else GONE for name in names)]
        filled = [dict(zip(names, row, strict=True)) for row in rows]
        if invented:
            filled = [{name: _other(name, value) for name, value in one.items()} for one in filled]
        name = f"{app}:{pattern.name}"
        found[name] = ["/" + _fill(route, one) + ASKED.get(name, "") for one in filled]
    return found


def key_of(app: str, pattern: URLPattern) -> tuple[str, ...]:
    """Under what `EXAMPLES` has an address with holes."""
    return ("leads" if str(pattern.pattern).startswith("leads/") else app, *pattern.pattern.regex.groupindex)


def _fill(route: str, values: dict[str, object]) -> str:
    for name, value in values.items():
        kind = next(kind for kind in ("str", "uuid", "slug") if f"<{kind}:{name}>" in route)
        route = route.replace(f"<{kind}:{name}>", str(value))
    return route


def _other(name: str, value: object) -> object:
    if name in {"number", "rule_id", "month", "what"}:
        return str(value)[:-4] + "0000" if name == "number" else value
    return GONE
