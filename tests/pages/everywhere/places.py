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
    ("disclosure", "number"): (
        "SELECT number FROM disclosure_lookup UNION ALL SELECT number FROM disclosure_request"
        " UNION ALL SELECT number FROM matters_matter WHERE kind = 'break_glass'"
    ),
    ("disclosure", "hit_id"): _ONE.format("disclosure_hit"),
    ("disclosure", "step_id"): _ONE.format("disclosure_contactstep"),
    ("disclosure", "second_id"): _ONE.format("disclosure_secondperson"),
    ("disclosure", "alert_id"): _ONE.format("disclosure_alert"),
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
    ("papers", "number"): "(" + _NUMBERS % ("case", 2) + ") UNION ALL (SELECT number FROM matters_matter"
    " WHERE kind IN ('meeting', 'referral') ORDER BY kind, number LIMIT 4)",
    ("papers", "number", "report_id"): _CASE_AND.format("cases_assessment", "matter_id") + " DESC LIMIT 5",
    ("papers", "template_id"): _ONE.format("documents_template"),
    ("papers", "template_id", "form"): "SELECT id, f FROM documents_template,"
    " unnest(ARRAY['png', 'pdf', 'odt']) f LIMIT 3",
    ("plans", "number"): "SELECT DISTINCT m.number FROM plans_line l"
    " JOIN matters_matter m ON m.id = l.matter_id LIMIT 2",
    ("plans", "number", "kind"): "SELECT m.number, k FROM (SELECT DISTINCT m.number FROM plans_line l"
    " JOIN matters_matter m ON m.id = l.matter_id LIMIT 1) m, unnest(ARRAY['words', 'need', 'goal', 'action']) k",
    ("plans", "number", "thread"): "SELECT m.number, l.thread FROM plans_line l JOIN matters_matter m"
    " ON m.id = l.matter_id ORDER BY l.kind, l.id LIMIT 2",
    ("rosters", "number"): "SELECT number FROM rosters_rosterfile ORDER BY received_at LIMIT 4",
    ("rosters", "row_id"): "SELECT id FROM rosters_rosterrow ORDER BY state = 'rejected' DESC, id LIMIT 40",
    ("rosters", "feed_id"): _ONE.format("rosters_rosterfeed"),
    ("subjects", "number"): "SELECT number FROM matters_matter WHERE kind = 'subject_request' ORDER BY number LIMIT 4",
    ("subjects", "erasure_id"): _ONE.format("subjects_erasure"),
    ("subjects", "hold_id"): _ONE.format("subjects_hold"),
    ("oversight", "question_id"): "SELECT id FROM oversight_question ORDER BY state LIMIT 2",
    ("oversight", "declaration_id"): _ONE.format("oversight_declaration"),
    ("restricted", "restriction_id"): _ONE.format("access_restriction"),
    ("figures", "month"): "SELECT m FROM unnest(ARRAY['115-03', '2026-03', '2026-04']) m",
    ("lab", "rule_id"): "SELECT r FROM unnest(ARRAY['vulnerable_family.first_visit', 'child_protection.grade']) r",
    ("lab", "draft_id"): "SELECT id FROM lab_draft ORDER BY id LIMIT 2",
    ("lab", "draft_id", "how"): "SELECT id, 'withdraw' FROM lab_draft ORDER BY id LIMIT 2",
    ("lab", "comment_id"): "SELECT id FROM lab_comment ORDER BY id DESC LIMIT 1",
    ("lab", "replay_id"): _ONE.format("lab_replay"),
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
    ("protection", "number"): _NUMBERS % ("case", 2),
    ("protection", "order_id"): _ONE.format("protection_order"),
    ("protection", "relay_id"): "SELECT id FROM protection_relay ORDER BY told_at IS NULL DESC, id LIMIT 2",
    ("protection", "violation_id"): _ONE.format("protection_violation"),
    ("protection", "shielding_id"): "SELECT id FROM protection_shielding ORDER BY id LIMIT 2",
    ("protection", "seeking_id"): _ONE.format("protection_seeking"),
    ("cases", "number", "refusal_id"): _CASE_AND.format("cases_refusal", "matter_id") + " DESC LIMIT 1",
    ("cases", "number", "unfitted_id"): _CASE_AND.format("cases_unfitted", "matter_id") + " DESC LIMIT 1",
    ("followups", "number"): "SELECT DISTINCT m.number FROM followups_course c"
    " JOIN matters_matter m ON m.id = c.matter_id ORDER BY 1 LIMIT 4",
    ("followups", "course_id"): 'SELECT DISTINCT ON ("group") id FROM followups_course ORDER BY "group", origin_on',
    ("followups", "window_id"): "SELECT window_id FROM followups_mark WHERE came IN ('short', 'effort') LIMIT 2",
    ("followups", "secret"): "SELECT 'no-such-secret'",
    ("placements", "number"): _NUMBERS % ("case", 2),
    ("placements", "number", "placement_id"): _CASE_AND.format("cases_placement", "case_id") + " DESC LIMIT 1",
    ("placements", "number", "waiting_id"): _CASE_AND.format("placements_waiting", "case_id") + " DESC LIMIT 1",
    ("placements", "provider_id"): "SELECT id FROM placements_provider ORDER BY is_secret DESC, handle LIMIT 2",
    ("placements", "provider_id", "closure_id"): "SELECT provider_id, id FROM placements_closure LIMIT 1",
    ("treatment", "programme_id"): _ONE.format("treatment_programme"),
    ("treatment", "programme_id", "session_id"): "SELECT programme_id, id FROM treatment_session ORDER BY id LIMIT 1",
    ("treatment", "programme_id", "missed_id"): "SELECT programme_id, id FROM treatment_missed ORDER BY id LIMIT 1",
    ("treatment", "programme_id", "threat_id"): "SELECT programme_id, id FROM treatment_threat ORDER BY id LIMIT 1",
    ("care", "number"): "SELECT DISTINCT m.number FROM care_entry e JOIN matters_matter m ON m.id = e.matter_id"
    " ORDER BY 1 DESC LIMIT 3",
    ("care", "post_id"): _ONE.format("care_post"),
    ("care", "emergency_id"): "SELECT id FROM care_emergency ORDER BY id DESC LIMIT 2",
    ("care", "reroute_id"): _ONE.format("care_reroute"),
    ("care", "measure_id"): "SELECT id FROM care_measure ORDER BY id DESC LIMIT 2",
    ("care", "departure_id"): _ONE.format("care_departure"),
    ("care", "homecoming_id"): _ONE.format("care_homecoming"),
    ("referrals", "number"): "SELECT m.number FROM matters_matter m"
    " LEFT JOIN referrals_referral r ON r.id = m.id WHERE m.kind IN ('referral', 'notice')"
    " UNION ALL (SELECT m.number FROM matters_matter m JOIN referrals_referral r ON r.case_id = m.id LIMIT 2)",
    ("referrals", "number", "kind"): "SELECT m.number, k FROM (SELECT m.number FROM matters_matter m JOIN"
    " referrals_referral r ON r.case_id = m.id LIMIT 1) m, unnest(ARRAY['vulnerable_family', 'drug_centre']) k",
    ("referrals", "number", "plan_id"): _CASE_AND.format("referrals_transition", "case_id") + " DESC LIMIT 2",
    ("instruments", "number"): "SELECT DISTINCT m.number FROM instruments_fill f JOIN matters_matter m"
    " ON m.id = f.matter_id ORDER BY 1 LIMIT 4",
    ("instruments", "number", "instrument"): "SELECT DISTINCT m.number, f.instrument FROM instruments_fill f"
    " JOIN matters_matter m ON m.id = f.matter_id ORDER BY 1, 2 LIMIT 4",
    ("instruments", "fill_id"): "SELECT DISTINCT ON (instrument) id FROM instruments_fill ORDER BY instrument, at DESC",
    ("instruments", "half"): "SELECT '2026-1'",
    ("instruments", "half", "form"): "SELECT '2026-1', f FROM unnest(ARRAY['ods', 'pdf']) f",
    ("instruments", "instrument", "from_on"): "SELECT instrument, from_on::text FROM instruments_version ORDER BY 1, 2"
    " LIMIT 3",
    ("conferences", "proposal_id"): _ONE.format("conferences_proposal"),
    ("conferences", "number", "proposal_id"): "SELECT m.number, p.id FROM conferences_proposal p, matters_matter m"
    " WHERE m.kind = 'meeting' LIMIT 1",
    ("conferences", "part_id"): _ONE.format("conferences_part"),
    ("conferences", "invitation_id"): _ONE.format("conferences_invitation"),
    ("conferences", "file_id"): _ONE.format("conferences_roomfile"),
    ("conferences", "number", "minute_id"): _CASE_AND.format("conferences_minute", "meeting_id") + " DESC LIMIT 1",
    ("conferences", "number", "member_id"): _CASE_AND.format("conferences_roommember", "room_id") + " DESC LIMIT 1",
    ("conferences", "number", "listing_id"): _CASE_AND.format("conferences_highrisk", "matter_id") + " DESC LIMIT 1",
    ("conferences", "number"): "(SELECT number FROM (SELECT number, row_number() OVER (PARTITION BY kind ORDER BY"
    " number) n FROM matters_matter WHERE kind IN ('meeting', 'decision', 'urgent_room', 'incident_review')"
    " AND sort <> 'policy') one WHERE n <= 3) UNION ALL (" + _NUMBERS % ("case", 2) + ")",
    ("minutes", "sitting_id"): "SELECT id FROM minutes_sitting ORDER BY id LIMIT 4",
    ("minutes", "sitting_id", "item_id"): "SELECT sitting_id, id FROM minutes_item ORDER BY id DESC LIMIT 3",
    ("minutes", "sitting_id", "decision_id"): "SELECT sitting_id, id FROM minutes_decisiontext ORDER BY id LIMIT 2",
    ("minutes", "sitting_id", "doubt_id"): "SELECT sitting_id, id FROM minutes_uncertain ORDER BY id DESC LIMIT 2",
    ("minutes", "sitting_id", "guest_id"): "SELECT sitting_id, id FROM minutes_attendance ORDER BY id LIMIT 2",
    ("minutes", "sitting_id", "amendment_id"): "SELECT sitting_id, id FROM minutes_amendment ORDER BY id LIMIT 1",
    ("minutes", "material_id"): _ONE.format("minutes_material"),
    ("minutes", "body_id"): _ONE.format("minutes_body"),
    ("tracking", "number"): "SELECT m.number FROM tracking_track t JOIN conferences_decision d ON d.id = t.decision_id"
    " JOIN matters_matter m ON m.id = d.task_id ORDER BY t.part, m.number LIMIT 4",
    ("tracking", "sitting_id"): "SELECT sitting_id FROM tracking_follow ORDER BY sitting_id LIMIT 2",
    ("tracking", "text_id"): "SELECT x.id FROM minutes_decisiontext x JOIN tracking_follow f ON f.sitting_id ="
    " x.sitting_id ORDER BY x.id LIMIT 2",
    ("tracking", "relay_id"): "SELECT id FROM tracking_relay ORDER BY received_at IS NULL DESC, id LIMIT 2",
    ("tracking", "change_id"): "SELECT id FROM tracking_change ORDER BY id LIMIT 1",
    ("tracking", "minutes"): "SELECT unnest(ARRAY['net-minutes-2021', 'net-minutes-2018'])",
    ("submissions", "call_id"): "SELECT id FROM submissions_call ORDER BY id LIMIT 2",
    ("submissions", "extension_id"): "SELECT id FROM submissions_extension ORDER BY state LIMIT 2",
    ("submissions", "number"): "SELECT number FROM matters_matter WHERE kind = 'submission' ORDER BY number LIMIT 6",
    ("submissions", "number", "document_id"): "SELECT m.number, d.id FROM submissions_document d JOIN matters_matter m"
    " ON m.id = d.submission_id WHERE d.taken_back_at IS NULL ORDER BY d.recorded_at LIMIT 2",
    ("submissions", "number", "part_id"): "SELECT m.number, p.id FROM submissions_submission s JOIN matters_matter m"
    " ON m.id = s.id JOIN submissions_callpart p ON p.call_id = s.call_id ORDER BY s.state, p.position LIMIT 2",
    ("funding", "line_id"): "SELECT id FROM funding_line ORDER BY code LIMIT 2",
    ("funding", "grant_id"): "SELECT id FROM funding_grant ORDER BY year, id LIMIT 4",
    ("steering", "number"): "SELECT number FROM matters_matter WHERE kind = 'steering' ORDER BY sort, number LIMIT 5",
    ("steering", "question_id"): "SELECT id FROM steering_question ORDER BY at LIMIT 3",
    ("steering", "question_id", "part_id"): "SELECT question_id, id FROM steering_part ORDER BY answer, id LIMIT 2",
    ("steering", "task_id", "act"): "SELECT id, a FROM (SELECT id FROM steering_task WHERE owed IN ('promise',"
    " 'measure') ORDER BY state DESC, id LIMIT 2) t, unnest(ARRAY['keep', 'move', 'drop']) a",
    ("steering", "loophole_id"): _ONE.format("steering_loophole"),
    ("steering", "plan_id"): _ONE.format("steering_plan"),
    ("steering", "plan_id", "act"): "SELECT id, a FROM (SELECT id FROM steering_plan ORDER BY id LIMIT 1) p,"
    " unnest(ARRAY['hand-in', 'settle', 'effect']) a",
    ("steering", "assessment_id"): _ONE.format("steering_assessment"),
    ("steering", "card_id"): "SELECT id FROM steering_card ORDER BY id DESC LIMIT 2",
    ("steering", "what", "of_id"): "(SELECT 'card', id FROM steering_card LIMIT 1) UNION ALL"
    " (SELECT 'plan', id FROM steering_plan LIMIT 1) UNION ALL (SELECT 'loophole', id FROM steering_loophole LIMIT 1)",
    ("deployment", "figure_id"): "SELECT id FROM deployment_figure WHERE reach = 'sent' ORDER BY id LIMIT 1",
    ("deployment", "figure_id", "to"): "SELECT id, a FROM (SELECT id FROM deployment_figure ORDER BY id LIMIT 1) f,"
    " unnest(ARRAY['send', 'publish']) a",
    ("deployment", "request_id"): _ONE.format("deployment_postsrequest"),
    ("accounts", "worker_id"): "SELECT worker_id FROM accounts_invitation UNION ALL"
    " (SELECT worker_id FROM directory_appointment WHERE ended_at IS NULL ORDER BY id LIMIT 2)",
    ("accounts", "post_id"): "SELECT id FROM directory_appointment WHERE ended_at IS NULL ORDER BY id LIMIT 1",
    ("accounts", "invitation_id"): _ONE.format("accounts_invitation"),
    ("accounts", "passkey_id"): _ONE.format("accounts_passkey"),
    ("accounts", "sitting_id"): _ONE.format("accounts_sitting"),
    ("accounts", "agency_id"): _ONE.format("accounts_agencylogin"),
    ("accounts", "code"): "SELECT 'no-such-agency'",
    ("accounts", "link"): "SELECT 'no-such-link'",
    ("systems", "code"): "SELECT code FROM systems_system ORDER BY code LIMIT 2",
    ("systems", "sender_id"): _ONE.format("systems_sender"),
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
    first = str(pattern.pattern).partition("/")[0]
    return (first if first in {"leads", "families"} else app, *pattern.pattern.regex.groupindex)


def _fill(route: str, values: dict[str, object]) -> str:
    for name, value in values.items():
        kind = next(kind for kind in ("str", "uuid", "slug") if f"<{kind}:{name}>" in route)
        route = route.replace(f"<{kind}:{name}>", str(value))
    return route


def _other(name: str, value: object) -> object:
    if name in {"number", "rule_id", "month", "what", "half", "form"}:
        return str(value)[:-4] + "0000" if name == "number" else value
    return GONE
