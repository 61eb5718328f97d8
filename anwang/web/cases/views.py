"""My cases, one case, and the contact form."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anwang.access.roles import Permission, has
from anwang.access.states import Circle
from anwang.access.viewer import Viewer
from anwang.cases import actions, queries
from anwang.cases.queries import CaseLine, CasePage
from anwang.matters.queries import instead
from anwang.web import hanging
from anwang.web.shell import forms

from .contact_form import ContactForm
from .filling import Sheet, fill
from .report_views import SAFE_KIND
from .steps import at_hand, further, owed_rows


def index(request: HttpRequest) -> HttpResponse:
    """Cases I act on, then those of my unit that I may know of; notes held for me as supervisor."""
    rows = queries.cases_at_hand(request.viewer)
    mine = [row for row in rows if row.is_mine]
    unseen = sum(1 for row in mine if row.unseen)
    n = len(mine)
    title = ngettext("你手上有%(n)d件個案。", "你手上有%(n)d件個案。", n) % {"n": n} if n else _("你手上現在沒有個案。")
    if unseen:
        title = title[:-1] + _("，其中%(n)d件還有人沒見到。") % {"n": unseen}
    others = [row for row in rows if not row.is_mine]
    held = queries.held_notes(request.viewer)
    places = any(has(request.viewer, one) for one in (Permission.PLACE, Permission.REVIEW, Permission.RULE))
    context = {"title": title, "mine": mine, "others": others, "held": held, "may_see_places": places}
    return render(request, "cases/index.html", context)


def case(request: HttpRequest, number: str) -> HttpResponse:
    """Who answers, whom it is about, what is owed and why, what was written."""
    page = queries.page(request.viewer, number)
    context = {
        "case": page,
        "here": "/cases",
        "title": _sentence(page),
        "instead": None if page.is_over else instead(request.viewer, page.id),
        "is_graded": page.kind == SAFE_KIND,
        "duties": owed_rows(page),
        "acts": at_hand(page, request.viewer),
        "further": further(page, request.viewer),
        "warned": queries.safety_notice(request.viewer, page.id, page.circle),
        "links": _links(page, request.viewer),
        "entries": page.entries[:12],
        "older": page.entries[12:],
        "hung": hanging.read(request.viewer, "case", page.family_id, [page.id], [page.id] if page.reads_case else []),
    }
    return render(request, "cases/case.html", context)


def _sentence(page: CasePage) -> str:
    shown = [one.name for one in page.subjects if one.person_id] or [one.name for one in page.past if one.person_id]
    names = "、".join(shown) or page.family or page.kind_text
    if page.is_over and not shown:
        return _("%(kind)s，%(phase)s。") % {"kind": page.kind_text, "phase": page.phase_text}
    if page.unseen:
        return _("還沒見到%(names)s。") % {"names": "、".join(page.unseen)}
    return _("%(names)s，%(phase)s。") % {"names": names, "phase": page.phase_text}


def _links(page: CasePage, viewer: Viewer) -> list[tuple[str, str]]:
    """Ways on to pages of other desks; a letter is written by whoever handles papers."""
    wanted = [
        (_("通報單"), "intake:report", page.report_number),
        (_("家庭"), "families:family", page.family_number),
        (_("原案件"), "cases:case", page.old_number),
    ]
    found = [(word, reverse(name, args=[value])) for word, name, value in wanted if value]
    if page.reads_case and has(viewer, Permission.PAPERS):
        matter = urlencode({"matter": page.number})
        found += [
            (_("公文"), f"{reverse('papers:index')}?{matter}"), (_("擬函"), f"{reverse('papers:letter')}?{matter}")
        ]  # fmt: skip
    if page.reads_case:
        found.append((_("個案彙總報告"), reverse("papers:summary", args=[page.number])))
    return found


def contact(request: HttpRequest, number: str) -> HttpResponse:
    """Write down a visit, a call or an attempt."""
    page = queries.page(request.viewer, number)
    form = ContactForm(request.POST or None, case=page, others=_others(request, page))
    sheet = _sheet(page, _("記一次聯繫"))

    def act(given: dict[str, object]) -> None:
        serves = [UUID(one) for one in given.get("serves") or ()]
        actions.record_contact(matter_id=page.id, told=form.told(), serves=serves, by=request.viewer)

    return fill(request, form, sheet, act, case=page, late_words=_("這筆晚了才記，已標示補登。"))


def correct(request: HttpRequest, number: str, contact_id: UUID) -> HttpResponse:
    """Another version of a contact, with the reason."""
    page = queries.page(request.viewer, number)
    form = ContactForm(request.POST or None, case=page)
    because = forms.TextField(label=_("為什麼更正"))
    because.template_name, because.is_marked_optional = "shell/parts/field.html", False
    form.fields["because"] = because
    sheet = _sheet(page, _("更正這次聯繫"))

    def act(given: dict[str, object]) -> None:
        actions.correct_contact(
            contact_id=contact_id, told=form.told(), because=str(given["because"]), by=request.viewer
        )

    return fill(request, form, sheet, act, case=page, because=form["because"])


def _sheet(page: CasePage, title: str) -> Sheet:
    names = "、".join(one.name for one in page.subjects if one.person_id) or page.family
    return Sheet(
        title, _("存到%(whom)s") % {"whom": names or page.number}, _("記下了。"),
        reverse("cases:case", args=[page.number]),
        template="cases/contact.html",
    )  # fmt: skip


def _others(request: HttpRequest, page: CasePage) -> list[CaseLine]:
    """The viewer's other cases of the same family and side, which one visit may serve too."""
    if not page.family_number:
        return []
    sides = {page.circle, Circle.NEUTRAL} if page.circle != Circle.NEUTRAL else set(Circle.values)
    rows = queries.cases_at_hand(request.viewer)
    return [
        row for row in rows
        if row.is_mine and row.family_number == page.family_number and row.id != page.id and row.circle in sides
    ]  # fmt: skip
