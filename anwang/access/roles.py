"""What each role may do. One table a lawyer can read; everything else about access depends on the file (grants)."""

from __future__ import annotations

from enum import StrEnum

from anwang.directory.states import Role

from .viewer import Viewer


class Permission(StrEnum):
    """An act that a role makes possible. The relation to the file is asked for separately."""

    LOG_CALL = "log_call"
    SEARCH_PEOPLE = "search_people"
    TAKE_REPORT = "take_report"
    SCREEN = "screen"
    ASSIGN = "assign"
    SIGN = "sign"
    CASEWORK = "casework"
    PLACE = "place"
    REVIEW = "review"
    ROSTER = "roster"
    HAND_OVER_LISTS = "hand_over_lists"
    ANSWER_BY_PROXY = "answer_by_proxy"
    RULE = "rule"
    PAPERS = "papers"
    FIGURES = "figures"
    DRILL = "drill"
    INCIDENT_NOTE = "incident_note"
    ADMINISTER = "administer"
    SEE_SYSTEMS = "see_systems"
    KEEP_SYSTEMS = "keep_systems"
    POLICE_LISTS = "police_lists"
    UPLOAD = "upload"
    REVIEW_ACCOUNTS = "review_accounts"
    LOOK_ACROSS = "look_across"
    BREAK_GLASS = "break_glass"
    REVIEW_OPENINGS = "review_openings"
    STEER = "steer"


P = Permission
_FRONT = {P.LOG_CALL, P.SEARCH_PEOPLE, P.TAKE_REPORT, P.SIGN, P.INCIDENT_NOTE, P.ANSWER_BY_PROXY, P.PAPERS}
_CASEWORK = {P.SIGN, P.CASEWORK, P.PLACE, P.INCIDENT_NOTE, P.ANSWER_BY_PROXY, P.PAPERS}
_ACROSS = {P.LOOK_ACROSS, P.BREAK_GLASS}
"""Looking across agencies for a purpose, and opening a file in an emergency: public workers with families at hand."""
_SUPERVISE = {P.REVIEW, P.ASSIGN, P.ROSTER, P.HAND_OVER_LISTS, P.FIGURES, P.DRILL}

ROLES: dict[str, frozenset[Permission]] = {
    Role.SCREENER: frozenset(_FRONT | _ACROSS | {P.SCREEN, P.ASSIGN, P.UPLOAD}),
    Role.SCREENING_SUPERVISOR: frozenset(
        _FRONT | _ACROSS | _SUPERVISE | {P.SCREEN, P.POLICE_LISTS, P.SEE_SYSTEMS, P.UPLOAD}
    ),
    Role.DUTY_WORKER: frozenset(_FRONT | _CASEWORK | _ACROSS | {P.SCREEN, P.ASSIGN}),
    Role.DUTY_SUPERVISOR: frozenset(_FRONT | _CASEWORK | _ACROSS | _SUPERVISE | {P.SCREEN, P.POLICE_LISTS}),
    Role.INVESTIGATOR: frozenset(_CASEWORK | _ACROSS),
    Role.SOCIAL_WORKER: frozenset(_CASEWORK | _ACROSS),
    Role.CARE_VISITOR: frozenset(_ACROSS | {P.SIGN, P.CASEWORK, P.INCIDENT_NOTE}),
    Role.NURSE: frozenset(_ACROSS | {P.SIGN, P.CASEWORK, P.INCIDENT_NOTE}),
    Role.SUPERVISOR: frozenset(_CASEWORK | _ACROSS | _SUPERVISE),
    Role.CHIEF: frozenset({P.REVIEW, P.ASSIGN, P.ROSTER, P.HAND_OVER_LISTS, P.FIGURES, P.RULE, P.SEE_SYSTEMS, P.STEER}),
    Role.CLERK: frozenset({P.PAPERS, P.ANSWER_BY_PROXY, P.UPLOAD}),
    Role.NGO_WORKER: frozenset({P.SIGN, P.CASEWORK, P.INCIDENT_NOTE}),
    Role.NGO_SUPERVISOR: frozenset({P.SIGN, P.CASEWORK, P.REVIEW, P.ASSIGN, P.INCIDENT_NOTE}),
    Role.ADMINISTRATOR: frozenset({P.ADMINISTER, P.REVIEW_ACCOUNTS, P.ROSTER, P.KEEP_SYSTEMS}),
    Role.PRIVACY_OFFICER: frozenset({P.REVIEW_ACCOUNTS, P.REVIEW_OPENINGS}),
    # Prosecutors, police, hospitals, schools: only what they were invited to (meetings, urgent-case rooms).
    Role.NETWORK_GUEST: frozenset(),
    # Of a ministry or a county: minutes, decisions, rules, submissions, money, deployment. Never a family.
    Role.OFFICER: frozenset({P.STEER, P.FIGURES}),
}


def has(viewer: Viewer, permission: Permission) -> bool:
    """Whether any role the viewer holds now, shifts included, makes the act possible."""
    return any(permission in ROLES.get(role, ()) for role in viewer.role_names)
