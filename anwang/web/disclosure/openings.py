"""Emergency openings: opening, ending, a second person for the safety zone, reviews, alerts without names."""

from datetime import timedelta
from typing import Any  # what a template reads
from uuid import UUID

from django.contrib import messages
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from anwang.disclosure import actions, policies, queries, rules
from anwang.disclosure.actions.breaking import number_of
from anwang.disclosure.actions.spooling import record_is_writable
from anwang.enactments.queries import held
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, NotFound
from anwang.web.families.links import address_of
from anwang.web.shell import words

from .forms import AgreeForm, OpenForm, ReviewForm

DAY = timedelta(days=1)


@require_safe
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """My openings and their count, those I review, those for which I could be the second person, alerts."""
    viewer, now = request.viewer, clock.now()
    policies.may_enter(viewer).enforce()
    with held():
        may_open = bool(policies.may_open(viewer))
        context = {
            "may_open": may_open, "may_see_use": bool(policies.may_see_use(viewer)),
            "most": rules.most("break_glass.most_a_day", viewer.county),
            "mine": queries.own_openings(viewer, now) if may_open else [],
            "count": queries.openings_since(viewer, viewer.worker_id, now - DAY) if may_open else 0,
            "reviews": queries.openings_to_review(viewer), "seconds": queries.seconds_waiting(viewer),
            "alerts": queries.alerts(viewer, now), "agree": AgreeForm(),
        }  # fmt: skip
        context["to_review"] = sum(not one.reviewed_at for one in context["reviews"])
        return render(request, "disclosure/openings.html", context)


@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """The form; a POST opens one family. When the record cannot be written, only danger to life gets a sheet."""
    policies.may_open(request.viewer).enforce()
    form = OpenForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        person = actions.Asked(given["person_number"], given["name"], given["born_on"])
        whose, because = actions.Whose(given["number"], person), actions.Because(given["reason"], given["words"])
        try:
            return _open(request, whose, because)
        except (BadInput, NotFound) as error:
            form.refuse(error if isinstance(error, BadInput) else BadInput(str(error), field="number"))
    with held():
        context = {
            "form": form, "most": rules.most("break_glass.most_a_day", request.viewer.county),
            "count": queries.openings_since(request.viewer, request.viewer.worker_id, clock.now() - DAY),
        }  # fmt: skip
        return render(request, "disclosure/open.html", context, status=422 if form.errors else 200)


def _open(request: HttpRequest, whose: actions.Whose, because: actions.Because) -> HttpResponse:
    by, now = request.viewer, clock.now()
    try:
        with transaction.atomic():
            glass = actions.break_glass(whose=whose, because=because, by=by, at=now)
    except DatabaseError:
        if record_is_writable(by):
            raise
        sheet = actions.open_unrecorded(whose=whose, because=because, by=by, at=now)
        return render(request, "disclosure/sheet.html", {"sheet": sheet, "at": words.long(now)})
    messages.success(request, _("開啟了，只能看。已通知督導和個資保護窗口一個編號。"))
    return redirect("disclosure:opening", number=number_of(glass))


@require_safe
@never_cache
def opening(request: HttpRequest, number: str) -> HttpResponse:
    """One opening, for its reader and its reviewer."""
    return _page(request, number)


@require_POST
def end(request: HttpRequest, number: str) -> HttpResponse:
    """看完了."""
    found = queries.opening(request.viewer, number)
    actions.end_opening(glass_id=found.id, by=request.viewer, at=clock.now())
    messages.success(request, _("結束了，從現在起讀不到。"))
    return redirect("disclosure:openings")


@require_POST
def ask_safety(request: HttpRequest, number: str) -> HttpResponse:
    """Ask for a second person."""
    found = queries.opening(request.viewer, number)
    actions.ask_second_person(glass_id=found.id, by=request.viewer, at=clock.now())
    messages.success(request, _("請打電話請督導或值班同事登入同意，30分鐘內有效。"))
    return redirect("disclosure:opening", number=number)


@require_POST
def review(request: HttpRequest, number: str) -> HttpResponse:
    """覆核."""
    found, form = queries.opening(request.viewer, number), ReviewForm(request.POST)
    if form.is_valid():
        try:
            actions.review_opening(glass_id=found.id, by=request.viewer, at=clock.now(), **form.cleaned_data)
        except BadInput as error:
            form.refuse(error)
        else:
            messages.success(request, _("覆核了，調閱人看得到結果。"))
            return redirect("disclosure:openings")
    return _page(request, number, form)


@require_POST
def agree(request: HttpRequest, second_id: UUID) -> HttpResponse:
    """The second person's word."""
    form = AgreeForm(request.POST)
    is_unrelated = form.is_valid() and form.cleaned_data["is_unrelated"]
    actions.agree_as_second(second_id=second_id, is_unrelated=is_unrelated, by=request.viewer, at=clock.now())
    messages.success(request, _("同意了，調閱人現在看得到安全區。"))
    return redirect("disclosure:openings")


@require_POST
def seen(request: HttpRequest, alert_id: UUID) -> HttpResponse:
    """知道了."""
    actions.note_alert(alert_id=alert_id, by=request.viewer, at=clock.now())
    messages.success(request, _("記下了，你知道這則示警。"))
    return redirect("disclosure:openings")


def _page(request: HttpRequest, number: str, form: ReviewForm | None = None) -> HttpResponse:
    policies.may_enter(request.viewer).enforce()
    with held():
        found = queries.opening(request.viewer, number)
        mine = found.reader_id == request.viewer.worker_id
        reads = mine and found.is_live
        context: dict[str, Any] = {
            "o": found, "is_mine": mine, "form": form or ReviewForm(),
            "read": queries.read_under(request.viewer, found.id),
            "count": queries.openings_since(request.viewer, found.reader_id, found.at - timedelta(days=365)),
            "family_href": address_of("families:family", found.family) if reads and found.family else "",
            "may_review": not mine and not found.reviewed_at,
        }  # fmt: skip
        return render(request, "disclosure/opening.html", context, status=422 if form and form.errors else 200)
