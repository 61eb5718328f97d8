"""Drafts as a list, one draft, and writing one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from anwang.access.steering import standing
from anwang.enactments.queries import book, held
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, NotFound
from anwang.lab import actions, policies, queries, writing
from anwang.lab.actions import Change
from anwang.rulebook import UnknownRule
from anwang.web.policy import rule_page
from anwang.web.shell import words

from .forms import CommentForm, DraftForm
from .showing import shown

HERE = "/policy"
"""The desk these pages belong to."""


@require_safe
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """Every draft the viewer may read: what may be commented on first."""
    reach = standing(request.viewer).reach
    rules = book()
    found = [
        (one, rule_page.title_of(rules, one.rule_id), rule_page.county_name(one.county or None))
        for one in queries.drafts(request.viewer, reach)
    ]
    open_ = [row for row in found if row[0].is_open]
    context = {
        "here": HERE, "open": open_, "working": [row for row in found if not row[0].is_over and not row[0].is_open],
        "over": [row for row in found if row[0].is_over], "title": _title(len(open_)), "writes": reach is not None,
    }  # fmt: skip
    return render(request, "lab/index.html", context)


@require_safe
@never_cache
def draft(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """One draft: what changes, why, what the front line says, who approved, what a replay found."""
    return page(request, draft_id)


def page(request: HttpRequest, draft_id: UUID, comment: CommentForm | None = None) -> HttpResponse:
    """The page of a draft, with a comment that still lacks something."""
    with held():
        found = queries.draft(request.viewer, draft_id)
        reach = standing(request.viewer).reach
        if not policies.may_read(request.viewer, found, at=reach):
            raise NotFound()
        context = shown(request.viewer, found, reach)
        if policies.may_comment(request.viewer, found, clock.now(), at=reach):
            context["comment_form"] = comment or CommentForm()
        return render(request, "lab/draft.html", {"here": HERE, **context})


@never_cache
def write(request: HttpRequest, rule_id: str) -> HttpResponse:
    """Propose a change of a rule: for the nation from a ministry, for a county from the county."""
    with held():
        reach = standing(request.viewer).reach
        try:
            handle = book().handle(rule_id)
        except UnknownRule:
            raise NotFound(_("沒有這條規則。請從規則查詢重新找。")) from None
        county = reach if reach is not None else request.viewer.county
        policies.may_draft(request.viewer, county, handle, at=reach).enforce()
        now = writing.show(writing.offered(handle, county, clock.today()))
        form = DraftForm(request.POST if request.method == "POST" else None, initial={"values": now})
        if form.is_bound and form.is_valid():
            try:
                found = actions.draft(
                    rule_id=rule_id, county=county, change=_change(form), by=request.viewer, at=clock.now()
                )
            except BadInput as error:
                form.refuse(error)
            else:
                messages.success(request, _("草案存好了，還沒有公開。看過再徵詢意見。"))
                return redirect("lab:draft", found.id)
        context = {"here": HERE, "form": form, "rule_id": rule_id, "title": handle.title.to(words.lang()),
                   "who": rule_page.county_name(county or None), "now": now}  # fmt: skip
        return render(request, "lab/write.html", context)


@never_cache
def revise(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Write a draft on, before it is opened or after it was sent back."""
    with held():
        found = queries.draft(request.viewer, draft_id)
        if not policies.may_write(request.viewer, found):
            raise NotFound()
        given = {"values": writing.show(found.values), "starts_on": found.starts_on, "why": found.why,
                 "letter": found.letter}  # fmt: skip
        form = DraftForm(request.POST if request.method == "POST" else None, initial=given)
        if form.is_bound and form.is_valid():
            try:
                actions.revise(draft_id=draft_id, change=_change(form), by=request.viewer, at=clock.now())
            except BadInput as error:
                form.refuse(error)
            else:
                messages.success(request, _("草案改好了。"))
                return redirect("lab:draft", draft_id)
        handle = book().handle(found.rule_id)
        context = {"here": HERE, "form": form, "rule_id": found.rule_id, "title": handle.title.to(words.lang()),
                   "who": rule_page.county_name(found.county or None), "draft": found,
                   "now": writing.show(writing.offered(handle, found.county, clock.today()))}  # fmt: skip
        return render(request, "lab/write.html", context)


def _change(form: DraftForm) -> Change:
    given = form.cleaned_data
    values, wrong = writing.parse(given["values"])
    if wrong:
        raise BadInput("".join(wrong), field="values")
    return Change(values=values, starts_on=given["starts_on"], why=given["why"], letter=given["letter"])


def _title(n: int) -> str:
    if not n:
        return _("現在沒有草案在徵詢意見。")
    return ngettext("有%(n)d份草案等你的意見。", "有%(n)d份草案等你的意見。", n) % {"n": n}
