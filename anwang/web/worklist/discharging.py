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

ACTS: dict[str, Act] = {
    "assignment.sign": Act(_("簽收"), "matter"),
    "manual.": Act(_("辦完了"), "duty"),
    "resting.": Act(_("檢視"), "duty"),
    LISTED: Act(_("看名冊後決定"), "duty"),
    "case.reported_again": Act(_("看再通報"), "matter"),
    "child_protection.first_visit": CONTACT,
    "child_protection.": CASE,
    "coordination.": Act(_("看家庭"), "matter"),
    "disability.first_visit": CONTACT,
    "disability.": CASE,
    "dispute.rule": Act(_("看爭議"), "dispute"),
    "edge_family.review": Act(_("再檢視"), "matter"),
    "elder.first_response": CONTACT,
    "incident.read": Act(_("看便箋"), "matter"),
    "joining.answer": ANSWER,
    "placement.": Act(_("看安置"), "matter"),
    "referral.answer": ANSWER,
    "report.reply": Act(_("回覆通報人"), "matter"),
    "report.": REPORT,
    "report_form.": Act(_("補通報表"), "matter"),
    "review.": LOOK,
    "search.": Act(_("看協尋"), "matter"),
    "sexual_violence.first_response": CONTACT,
    "suicide.first_contact": CONTACT,
    "transfer.": ANSWER,
    "transfer.look_after": Act(_("確認已接手"), "taken_over"),
    "violence.first_contact": CONTACT,
    "violence.": CASE,
    "visit_request.": ANSWER,
    "vulnerable_family.first_visit": CONTACT,
    "vulnerable_family.": CASE,
}


@cache
def act_of(rule_id: str) -> Act | None:
    """The longest line that fits; None when no form discharges the rule."""
    fitting = [prefix for prefix in ACTS if rule_id.startswith(prefix)]
    return ACTS[max(fitting, key=len)] if fitting else None


def form_of(row: DutyRow) -> tuple[str | Promise, str]:
    """(verb, address of the form). Where a desk has no such page yet, the duty's own page, which always works."""
    act = act_of(row.rule_id) or Act(_("開啟"), "duty")
    if act.where == "contact" and row.kind == "case":
        found = _address("cases:contact", row.number)
    elif act.where == "unit":
        found = _address("unit_desk:index")
    elif act.where == "asked":
        found = _address("unit_desk:asked", row.number)
    elif act.where in ("dispute", "taken_over"):
        found = _address(f"asking:{act.where}", row.number)
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
    if kind == "placement":
        return _address("asking:matter", number)
    return _address("cases:case", number)


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
