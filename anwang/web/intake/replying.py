"""回覆通報人: the replies that are owed, and one reply. The page never shows who reported, nor what it was about."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict
from anwang.intake import actions, policies
from anwang.intake.queries.replies import replies_owed, reply_sheet
from anwang.intake.states import ReplyWay
from anwang.web.shell import forms


class ReplyForm(forms.Form):
    """The class, how it was made sure that it is he, and the way."""

    marks_optional = False

    reply_class = forms.FewCodesField("report.reply_class", label=gettext_lazy("回覆哪一種"),
                                      help_text=gettext_lazy("只說這一種，不說人、單位、處理內容。"))  # fmt: skip
    confirmed = forms.FewCodesField("report.reporter_confirmed", label=gettext_lazy("怎麼確認是他本人"), stacked=True,
                                    help_text=gettext_lazy("不要照通報單上的手機打；打服務單位總機。"))  # fmt: skip
    way = forms.OneOf(label=gettext_lazy("怎麼回覆"), choices=ReplyWay.choices)
    paper_number = forms.TextField(label=gettext_lazy("文號"), required=False, max_length=40,
                                   help_text=gettext_lazy("公文回覆才填。主旨由系統寫，只有類別。"))  # fmt: skip
    paper_on = forms.RocDateField(label=gettext_lazy("公文日期"), partial=False, future=False, required=False)
    to = forms.TextField(label=gettext_lazy("受文單位"), required=False, max_length=80)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("way") == ReplyWay.LETTER and not self.errors:
            for name, words in (("paper_number", _("請填文號。")), ("paper_on", _("請填公文日期。")),
                                ("to", _("請填受文單位。"))):  # fmt: skip
                if not given.get(name):
                    self.add_error(name, ValidationError(words, code="required"))
        return given

    def letter(self) -> actions.Letter | None:
        given = self.cleaned_data
        if given["way"] != ReplyWay.LETTER:
            return None
        return actions.Letter(given["paper_number"], given["paper_on"], given["to"])


def replies(request: HttpRequest) -> HttpResponse:
    """待回覆: what is owed to whoever had to report, the most pressing first."""
    policies.may_see_replies(request.viewer).enforce()
    found = replies_owed(request.viewer)
    late = sum(1 for row in found.rows if row.due_at <= clock.now())
    n = found.total
    title = (
        ngettext("有%(n)d件通報要回覆通報人。", "有%(n)d件通報要回覆通報人。", n) % {"n": n}
        if n else _("沒有要回覆的通報人。")
    )  # fmt: skip
    context = {"found": found, "late": late, "title": title, "now": clock.now()}
    return render(request, "intake/replies.html", context)


def reply(request: HttpRequest, number: str) -> HttpResponse:
    """One reply: a class, nothing else; what the rule does not allow is refused with its reason."""
    sheet = reply_sheet(request.viewer, number)
    policies.may_answer(request.viewer, sheet.report_id).enforce()
    form = ReplyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            with transaction.atomic():
                actions.answer_reporter(
                    report_id=sheet.report_id, reply_class=given["reply_class"], way=given["way"],
                    confirmed=given["confirmed"], letter=form.letter(), by=request.viewer, at=clock.now(),
                )  # fmt: skip
        except (BadInput, Conflict) as error:
            request.undone = True
            form.refuse(error if isinstance(error, BadInput) else BadInput(error.message))
        else:
            waits = given["way"] == ReplyWay.SYSTEM
            messages.success(request, _("回覆備好了，等對方系統取走。") if waits else _("回覆記下了。"))
            return redirect("intake:report", number)
    context = {"form": form, "sheet": sheet, "number": number, "now": clock.now()}
    return render(request, "intake/reply.html", context, status=422 if form.errors else 200)
