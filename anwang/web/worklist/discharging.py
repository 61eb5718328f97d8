"""Rule id → the act that discharges it, and where its form is. No duty kind without a line here (tested)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anwang.matters.queries import DutyRow

HERE = "00000000-0000-7000-8000-000000000000"
"""A placeholder that stands in a reversed address until the row's own value is put in."""
LISTED = "case.listed_again"
"""Its form is on the duty's own page: to look at a list that names a child of the case again, and to decide."""


@dataclass(frozen=True)
class Act:
    """`verb` is the button; `where` names the form: the matter's page, its contact form, a desk, or the duty's page."""

    verb: str | Promise
    where: str


CONTACT = Act(_("記訪視"), "contact")
REPORT = Act(_("看通報"), "matter")
CASE = Act(_("接著寫"), "matter")
ANSWER = Act(_("記回覆"), "asked")
LOOK = Act(_("看過後決定"), "unit")
OPEN = Act(_("開啟"), "duty")

ACTS: dict[str, Act] = {
    "assignment.sign": Act(_("簽收"), "matter"),
    "manual.": Act(_("辦完了"), "duty"),
    "resting.": Act(_("檢視"), "duty"),
    LISTED: Act(_("看名冊後決定"), "duty"),
    "case.reported_again": Act(_("看再通報"), "matter"),
    "break_glass.review": Act(_("覆核"), "matter"),
    "care.": Act(_("看心衛"), "care"),
    "care.first_visit_after": CONTACT,
    "care.left_without_leave": CONTACT,
    "change.": Act(_("重新評估"), "reassess"),
    "child_protection.first_visit": CONTACT,
    "child_protection.": CASE,
    "compulsory.": Act(_("看強制處置"), "care"),
    "coordination.": Act(_("看家庭"), "matter"),
    "decision.": Act(_("看決議"), "matter"),
    "decisions.": Act(_("看會議決議"), "matter"),
    "disability.first_visit": CONTACT,
    "disability.": CASE,
    "disclosure.answer": Act(_("看請求"), "requests"),
    "dispute.rule": Act(_("看爭議"), "dispute"),
    "edge_family.review": Act(_("再檢視"), "matter"),
    "elder.first_response": CONTACT,
    "emergency.": Act(_("看緊急處置"), "care"),
    "emergency.elsewhere": CONTACT,
    "emergency.elsewhere_again": CONTACT,
    "followup.": CONTACT,
    "followup.review": Act(_("檢視期程"), "schedule"),
    "homecoming.": Act(_("先聯絡她"), "matter"),
    "high_risk.": Act(_("看高危機列管"), "high_risk"),
    "incident.read": Act(_("看便箋"), "matter"),
    "incident_review.": Act(_("看檢討"), "matter"),
    "instrument.": Act(_("看量表"), "forms"),
    "joining.answer": ANSWER,
    "meeting.": Act(_("看會議"), "matter"),
    "order.": Act(_("看保護令"), "protection"),
    "plan.review": Act(_("檢視計畫"), "plan"),
    "placement.": Act(_("看安置"), "matter"),
    "referral.": Act(_("看轉介"), "matter"),
    "referral.answer": ANSWER,
    "release.": Act(_("通知她"), "matter"),
    "refusal.": Act(_("看拒絕怎麼辦"), "refusals"),
    "report.reply": Act(_("回覆通報人"), "matter"),
    "report.": REPORT,
    "report_form.": Act(_("補通報表"), "matter"),
    "review.": LOOK,
    "search.": Act(_("看協尋"), "matter"),
    "shield.": Act(_("看去處保密"), "protection"),
    "sexual_violence.first_response": CONTACT,
    "steering.": Act(_("看提問精進事項"), "matter"),
    "submission.": Act(_("看提報"), "matter"),
    "subject_request.": Act(_("看請求"), "matter"),
    "suicide.first_contact": CONTACT,
    "treatment.": Act(_("看處遇"), "matter"),
    "transfer.": ANSWER,
    "transition.": Act(_("排接手的單位"), "of_case"),
    "urgent_room.": Act(_("看戰情室"), "matter"),
    "transfer.look_after": Act(_("確認已接手"), "taken_over"),
    "unfitted.": Act(_("檢視"), "unfitted"),
    "violence.first_contact": CONTACT,
    "violence.": CASE,
    "visit_request.": ANSWER,
    "vulnerable_family.first_visit": CONTACT,
    "vulnerable_family.": CASE,
    "youth.visit": CONTACT,
    "youth.": CASE,
}


PAGES = {
    "placement": "asking:matter",
    "break_glass": "disclosure:opening",
    "subject_request": "subjects:request",
    "referral": "referrals:referral",
    "notice": "referrals:notice",
    "meeting": "conferences:meeting",
    "decision": "conferences:decision",
    "urgent_room": "conferences:room",
    "incident_review": "conferences:review",
    "steering": "steering:of_matter",
    "submission": "submissions:submission",
}
"""Kind of matter → its page, where that is neither a case's nor a report's."""


@cache
def act_of(rule_id: str) -> Act:
    """The longest line that fits; `OPEN` when no form discharges the rule."""
    fitting = [prefix for prefix in ACTS if rule_id.startswith(prefix)]
    return ACTS[max(fitting, key=len)] if fitting else OPEN


def form_of(row: DutyRow) -> tuple[str | Promise, str]:
    """(verb, address of the form). Where a desk has no such page yet, the duty's own page, which always works."""
    act = act_of(row.rule_id)
    if act.where == "contact" and row.kind == "case":
        found = _address("cases:contact", row.number)
    elif act.where == "unit":
        found = _address("unit_desk:index")
    elif act.where == "asked" and row.kind != "referral":
        found = _address("unit_desk:asked", row.number)
    elif act.where == "protection":
        found = _address("protection:of_case", row.number)
    elif act.where == "care":
        found = _address("care:of_case", row.number)
    elif act.where == "high_risk":
        found = _address("conferences:of_case", row.number)
    elif act.where in ("dispute", "taken_over"):
        found = _address(f"asking:{act.where}", row.number)
    elif act.where == "schedule":
        found = _address("followups:schedule", row.number)
    elif act.where in ("reassess", "refusals", "unfitted"):
        found = _address(f"cases:{act.where}", row.number)
    elif act.where == "forms":
        found = _address("instruments:case", row.number)
    elif act.where == "plan":
        found = _address("plans:plan", row.number)
    elif act.where == "of_case":
        found = _address("referrals:of_case", row.number)
    elif act.where == "requests":
        found = _address("disclosure:index")
    elif act.where == "duty":
        found = None
    else:
        found = page_of(row.kind, row.number, row.family_number)
    own = _address("worklist:duty", str(row.id)) if row.what == "duty" else None
    return act.verb, found or own or page_of(row.kind, row.number, row.family_number) or reverse("worklist:today")


def page_of(kind: str, number: str, family_number: str = "") -> str | None:
    """The page of a matter by its kind."""
    if kind == "report":
        return _address("intake:report", number)
    if kind == "coordination" and family_number:
        return _address("families:family", family_number)
    return _address(PAGES.get(kind, "cases:case"), number)


def _address(name: str, value: str = "") -> str | None:
    pattern = _pattern(name, bool(value))
    return pattern.replace(HERE, value) if pattern else None


@cache
def _pattern(name: str, has_value: bool) -> str | None:
    """Reversing costs; a list of two hundred rows asks once per name."""
    try:
        return reverse(name, args=[HERE] if has_value else [])
    except NoReverseMatch:
        return None
