"""What is done at the desk of rosters."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.encoding import escape_uri_path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwang.foundation import clock
from anwang.foundation.errors import BadInput
from anwang.rosters import actions, policies, queries
from anwang.rosters.reading import LARGEST, load

from .forms import DecideForm, EndForm, ExpectForm, LoadForm, MendForm, SettleForm, WithdrawForm
from .views import page

AT_ONCE = 30
"""Rows that are brought to their reports while the page waits; more is the worker's."""


def load_file(request: HttpRequest) -> HttpResponse:
    """Take a roster: the file, and what the letter says of it."""
    policies.may_load(request.viewer).enforce()
    sent = request.method == "POST"
    form = LoadForm(
        request.POST if sent else None, request.FILES if sent else None, kinds=queries.kinds(request.viewer),
        initial={"kind": request.GET.get("kind", ""), "sender": request.GET.get("sender", "")[:60],
                 "about": request.GET.get("about", "")[:20]},
    )  # fmt: skip
    if sent and form.is_valid():
        try:
            received = _receive(request, form)
        except BadInput as error:
            form.refuse(error)
        else:
            said = (
                _("收好了，回條%(number)s。") if received.is_new else _("這個檔案收過了，沒有重複收。回條%(number)s。")
            )
            messages.success(request, said % {"number": received.file.number})
            return redirect("rosters:file", number=received.file.number)
    return render(request, "rosters/new.html", {"form": form})


def _receive(request: HttpRequest, form: LoadForm) -> actions.Received:
    given: dict[str, Any] = dict(form.cleaned_data)
    file = given.pop("file")
    if file.size > LARGEST:
        raise BadInput(_("檔案超過20MB。請分成幾個檔案再送。"), field="file")
    roster = load(
        body=file.read(), name=file.name or "", media_type=file.content_type or "", county=request.viewer.county,
        **given,
    )  # fmt: skip
    return actions.receive_roster(roster=roster, by=request.viewer)


def expect(request: HttpRequest) -> HttpResponse:
    """Say that a roster is expected from an office."""
    policies.may_load(request.viewer).enforce()
    form = ExpectForm(request.POST if request.method == "POST" else None, kinds=queries.kinds(request.viewer))
    if request.method == "POST" and form.is_valid():
        try:
            actions.expect_feed(by=request.viewer, at=clock.now(), **form.cleaned_data)
        except BadInput as error:
            form.refuse(error)
        else:
            messages.success(request, _("記下了。到期沒來，這裡會有警示。"))
            return redirect("rosters:index")
    return render(request, "rosters/expect.html", {"form": form})


@require_POST
def end(request: HttpRequest, feed_id: UUID) -> HttpResponse:
    """A roster is expected no more."""
    form = EndForm(request.POST)
    because = form.cleaned_data["because"] if form.is_valid() else ""
    actions.end_feed(feed_id=feed_id, because=because, by=request.viewer, at=clock.now())
    messages.success(request, _("停收了。已收的名冊都還在。"))
    return redirect("rosters:index")


def mend(request: HttpRequest, row_id: UUID) -> HttpResponse:
    """Correct a rejected row and send it again."""
    policies.may_settle(request.viewer).enforce()
    found = queries.mending(request.viewer, row_id)
    form = MendForm(
        request.POST if request.method == "POST" else None, columns=found.columns, checks=found.checks
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        given = {key: value for key, value in form.cleaned_data.items() if key != "pre_check" or value}
        try:
            actions.mend_row(row_id=row_id, changed=given, by=request.viewer, at=clock.now())
        except BadInput as error:
            form.refuse(error)
        else:
            messages.success(request, _("補正了，這一筆會照收下的辦。"))
            return redirect("rosters:file", number=found.file_number)
    return row_page(request, found, form)


def row_page(
    request: HttpRequest, found: queries.Mending, form: MendForm | None = None, **forms: object
) -> HttpResponse:  # fmt: skip
    """A rejected row with everything that can be done about it; a form that was refused replaces its empty one."""
    back = found.taken_back
    context = {
        "r": found,
        "form": form or MendForm(None, columns=found.columns, checks=found.checks),
        "back": back,
        "may_confirm": back is not None and bool(policies.may_confirm(request.viewer, back.asked_by)),
        "withdraw_form": WithdrawForm(),
        "decide_form": DecideForm(),
        **forms,
    }
    return render(request, "rosters/row.html", context)


@require_POST
def withdraw(request: HttpRequest, row_id: UUID) -> HttpResponse:
    """Write that the sender takes a rejected row back; a second person decides."""
    policies.may_settle(request.viewer).enforce()
    found = queries.mending(request.viewer, row_id)
    form = WithdrawForm(request.POST)
    if form.is_valid():
        try:
            actions.ask_to_withdraw(row_id=row_id, by=request.viewer, at=clock.now(), **form.cleaned_data)
        except BadInput as error:
            form.refuse(error)
        else:
            messages.success(request, _("記下了，等另一個人確認才撤回。"))
            return redirect("rosters:file", number=found.file_number)
    return row_page(request, found, withdraw_form=form)


@require_POST
def decide(request: HttpRequest, row_id: UUID) -> HttpResponse:
    """A second person confirms that a row is taken back, or says why not."""
    policies.may_settle(request.viewer).enforce()
    found = queries.mending(request.viewer, row_id)
    form = DecideForm(request.POST)
    confirm = request.POST.get("do") == "confirm"
    if form.is_valid():
        try:
            actions.decide_withdrawal(
                row_id=row_id, confirm=confirm, words=form.cleaned_data["words"], by=request.viewer, at=clock.now()
            )
        except BadInput as error:
            form.refuse(error)
        else:
            said = _("確認撤回了。這一筆還查得到。") if confirm else _("沒有撤回，這一筆還要補正。")
            messages.success(request, said)
            return redirect("rosters:file", number=found.file_number)
    return row_page(request, found, decide_form=form)


@require_POST
def settle(request: HttpRequest, number: str) -> HttpResponse:
    """A wrong count or hash was cleared up with the sender."""
    policies.may_settle(request.viewer).enforce()
    context = page(request, number)
    form = SettleForm(request.POST, outcomes=queries.outcomes(request.viewer, context["f"].wrong))
    if form.is_valid():
        given = dict(form.cleaned_data)
        at = given.pop("at")
        try:
            actions.settle_file(number=number, answer=actions.Answer(**given), by=request.viewer, at=at)
        except BadInput as error:
            form.refuse(error)
        else:
            messages.success(request, _("記下釐清的結果了。"))
            return redirect("rosters:file", number=number)
    return render(request, "rosters/file.html", {**context, "settle_form": form})


@require_POST
def take(request: HttpRequest, number: str) -> HttpResponse:
    """Bring waiting rows to their reports now, without waiting for the worker."""
    policies.may_settle(request.viewer).enforce()
    found = queries.file_page(request.viewer, number, show="waiting")
    done = actions.take_on(by=request.viewer, file_id=found.id, most=AT_ONCE)
    said = _("轉成通報%(taken)d筆。") % {"taken": done.taken}
    if done.failed:
        messages.error(request, said + _("還有%(n)d筆不成，請先登錄通報並洽系統管理人員。") % {"n": done.failed})
    else:
        messages.success(request, said)
    return redirect("rosters:file", number=number)


@require_POST
def slip(request: HttpRequest, number: str) -> HttpResponse:
    """The acknowledgement for the sender, to print or to send."""
    file = actions.print_slip(number=number, form=request.POST.get("form", ""), by=request.viewer)
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{escape_uri_path(file.name)}",
        "Cache-Control": "no-store",
    }
    return HttpResponse(file.body, content_type=file.media_type, headers=headers)
