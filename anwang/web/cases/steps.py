"""Which form discharges which duty, and what may be done with a case now."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from anwang.access.roles import Permission, has
from anwang.access.viewer import Viewer
from anwang.cases.queries import CasePage, Owed
from anwang.enactments.queries import book
from anwang.rulebook import Rulebook
from anwang.web.shell import words as shell
from anwang.web.worklist.discharging import LISTED, act_of
from anwang.web.worklist.rows import MANUAL, basis

FORMS = (
    ("change.reassess", "reassess"),
    ("refusal.next_step", "refusals"),
    ("unfitted.", "unfitted"),
    ("youth.plan", "assessment"),
    ("youth.decide", "decision"),
    ("youth.follow_up", "assessment"),
    ("youth.reopen", "reopen"),
    ("placement.followed", "contact"),
    ("placement.move_told", "notice"),
    ("long_term_plan", "assessment"),
    ("report_level", "investigation"),
    (".report", "investigation"),
    ("assessment", "assessment"),
    ("need_assessed", "assessment"),
    ("extension_assessed", "assessment"),
    ("extension_petition", "notice"),
    ("family_plan", "assessment"),
    ("after_care", "assessment"),
    ("notice", "notice"),
    ("letter_to", "notice"),
    ("visit", "contact"),
    ("contact", "contact"),
    ("response", "contact"),
    ("reported_again", "contact"),
)
"""A part of a duty's rule id and the form that ends it; the first that fits counts."""

CARE = ("care.", "compulsory.", "emergency.")
"""How the rule ids of mental health care begin, as far as no contact discharges them."""
PROTECTION = ("order.", "shield.")
"""How the rule ids of orders and shields begin; their page is another desk's."""
SCHEDULE = "followup."
"""How the rule ids of windows of a schedule begin; its page shows the attempts and asks why a window fell short."""
TRANSITION = "transition."
"""How the rule ids of a transition with a day begin; their page is the case's referrals."""
OF_PLACEMENT = ("emergency_limit", "placement.term", "placement.ruling")
"""Parts of rule ids whose duties end in the part of the page about placements."""


def form_of(rule_id: str) -> str | None:
    """The url name of the form that discharges a duty of casework, or None."""
    return next((f"cases:{form}" for part, form in FORMS if part in rule_id), None)


def owed_rows(page: CasePage) -> list[dict[str, object]]:
    """Open duties of the case and its placements, the next first."""
    rules = book()
    return [_row(page, one, rules) for one in page.duties]


def _row(page: CasePage, one: Owed, rules: Rulebook) -> dict[str, object]:
    left = shell.left(one.due_at)
    law, mark = basis(one, rules)
    form = None if one.rule_id.startswith(PROTECTION) else form_of(one.rule_id)
    whom = next((each for each in page.subjects if each.person_id == one.person_id and one.person_id), None)
    here = "#placements" if any(part in one.rule_id for part in OF_PLACEMENT) else "#entries"
    href = reverse(form, args=[page.number]) if form else here
    if one.rule_id.startswith(PROTECTION):
        href = form = reverse("protection:of_case", args=[page.number])
    elif one.rule_id.startswith(CARE) and act_of(one.rule_id).where != "contact":
        href = form = reverse("care:of_case", args=[page.number])
    elif one.rule_id.startswith(SCHEDULE):
        href = form = reverse("followups:schedule", args=[page.number])
    elif one.rule_id.startswith(TRANSITION):
        href = form = reverse("referrals:of_case", args=[page.number])
    elif one.rule_id == "violence.witness_child" and whom:
        href = form = reverse("cases:witness", args=[page.number, whom.id])
    act = _("去辦") if form else _("看紀錄")
    if one.rule_id == LISTED:
        href, act = reverse("worklist:duty", args=[one.id]), _("看名冊後決定")
    elif form is None and (one.is_auto or one.rule_id.startswith(MANUAL)):
        href, act = reverse("worklist:duty", args=[one.id]), _("檢視") if one.is_auto else _("辦完了")
    return {
        "id": one.id.hex, "what": one.what, "whom": one.whom, "left": left.words, "is": left.state,
        "due": shell.instant(one.due_at, deadline=True), "iso": one.due_at.isoformat(), "why": one.why,
        "law": law, "why_href": f"{reverse('policy:rule', args=[one.rule_id])}?duty={one.id}" if one.rule_hash else "",
        "assumed": mark,
        "href": href, "act": act, "risk": "", "can": _("例行") if one.is_auto else "",
    }  # fmt: skip


def at_hand(page: CasePage, viewer: Viewer) -> list[tuple[str, str]]:
    """What the viewer may start now: word and address, the most common first."""
    if page.is_over:
        return [(_("再開案"), "cases:reopen")] if has(viewer, Permission.CASEWORK) and page.reads_case else []
    acts = [(_("寫紀錄"), "cases:note"), (_("情況有變動"), "cases:changes")]
    if page.reads_case and has(viewer, Permission.CASEWORK):
        if page.phase in ("investigating", "assessing"):
            acts.append((_("收案或不收案") if page.says_health else _("成案或不成案"), "cases:decision"))
        acts += [
            (_("調查報告"), "cases:investigation"), (_("評估報告"), "cases:assessment"), (_("通知"), "cases:notice"),
        ]  # fmt: skip
        if has(viewer, Permission.PLACE):
            acts += [(_("安置"), "cases:place"), (_("等候安置處所"), "placements:want")]
        if page.family_id:
            acts.append((_("家庭主責"), "cases:open_lead"))
        if page.phase == "after_care":
            acts.append((_("結束後追"), "cases:end_after_care"))
    return acts


def further(page: CasePage, viewer: Viewer) -> list[tuple[str, str]]:
    """What is done more rarely: word and address, for the margin on the right."""
    if page.is_over or not page.reads_case or not has(viewer, Permission.CASEWORK):
        return []
    witnesses = [one for one in page.subjects if one.person_id in _to_assess(page)]
    acts = [
        (_("%(name)s的目睹兒少評估") % {"name": one.name}, reverse("cases:witness", args=[page.number, one.id]))
        for one in witnesses
    ]
    names = [
        (_("再加一位對象"), "add_subject"), (_("記一次努力（不願意時）"), "effort"),
        (_("拒絕與努力紀錄"), "refusals"), (_("沒有單位符合的人"), "unfitted"),
        (_("發動協尋（行方不明）"), "begin_search"),
    ]  # fmt: skip
    if not page.family_id:
        names.insert(0, (_("掛上案家"), "join"))
    elif page.led_elsewhere and not page.leaving and page.phase == "opened":
        names.append((_("告訴主責要退出"), "tell_lead"))
    if has(viewer, Permission.ASSIGN):
        names.append((_("交給處遇社工"), "to_treatment"))
    acts += [(word, reverse(f"cases:{name}", args=[page.number])) for word, name in names]
    acts.append((_("訪視期程"), reverse("followups:schedule", args=[page.number])))
    acts.append((_("轉介與轉銜"), reverse("referrals:of_case", args=[page.number])))
    return [*acts, (_("保護令與去處保密"), reverse("protection:of_case", args=[page.number]))]


def _to_assess(page: CasePage) -> set[UUID | None]:
    return {one.person_id for one in page.duties if one.rule_id == "violence.witness_child"}
