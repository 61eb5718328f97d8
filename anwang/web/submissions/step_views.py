"""Each step of one submission: parts, what is asked for, sending, by proxy, extension, check, review, letter."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anwang.foundation.errors import BadInput, NotFound
from anwang.foundation.money import Twd
from anwang.submissions import actions, queries
from anwang.submissions.actions import LetterGiven, Opinion, ProxyGiven
from anwang.submissions.states import How, Outcome
from anwang.web.shell import forms
from anwang.web.shell.forms.codes import codes

from .filling import SureForm, fill, posted, sheet


class PartForm(forms.Form):
    """What stands in a part: words, documents uploaded here, or which document comes with the letter."""

    words = forms.LongTextField(label=gettext_lazy("內容"), required=False, max_length=20000)
    attached = forms.TextField(
        label=gettext_lazy("附件"), required=False, max_length=120,
        help_text=gettext_lazy("隨函寄送的寫檔名和文號，例如經費表.ods，望社字第1150000001號。"),
    )  # fmt: skip
    file = django_forms.FileField(
        label=gettext_lazy("上傳檔案"), required=False, allow_empty_file=True,
        help_text=gettext_lazy("一次一個，最多10MB。"),
    )  # fmt: skip
    gone = forms.SomeOf(label=gettext_lazy("拿掉哪幾個檔案"), required=False, stacked=True)

    def __init__(self, *args: Any, files: tuple[queries.FileLine, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["gone"].choices = [(str(one.id), one.name) for one in files]
        if not files:
            del self.fields["gone"]


class AskForm(forms.Form):
    """Dollars on a line, or posts more or fewer."""

    what = forms.OneOf(label=gettext_lazy("申請什麼"), stacked=True)
    asked = forms.TextField(
        label=gettext_lazy("多少"), max_length=20,
        help_text=gettext_lazy("金額填元，員額填名；減少的前面加減號。填0就拿掉這一項。"),
    )  # fmt: skip

    def __init__(self, *args: Any, lines: tuple[tuple[str, str], ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = [(f"post:{code}", _("員額：%(name)s") % {"name": name}) for code, name in codes("post.kind")]
        self.fields["what"].choices = [*((f"line:{id_}", name) for id_, name in lines), *posts]


class ProxyForm(forms.Form):
    """How it came in."""

    how = forms.OneOf(
        choices=[one for one in How.choices if one[0] != How.SYSTEM], label=gettext_lazy("怎麼收到的")
    )  # fmt: skip
    paper = forms.TextField(label=gettext_lazy("公文文號或來電的人"), max_length=60)
    received_at = forms.InstantField(label=gettext_lazy("什麼時候收到的"))


class ExtensionForm(forms.Form):
    """Until when, and why."""

    new_due_on = forms.RocDateField(label=gettext_lazy("展延到哪一天"), partial=False)
    reason = forms.TextField(label=gettext_lazy("事由"), max_length=200)


class CheckForm(forms.Form):
    """What is missing; nothing ticked: complete."""

    missing = forms.SomeOf(label=gettext_lazy("缺哪幾項"), required=False, stacked=True)
    back_due_on = forms.RocDateField(label=gettext_lazy("補正期限"), required=False, partial=False)
    words = forms.TextField(label=gettext_lazy("說明"), required=False, max_length=400)

    def __init__(self, *args: Any, parts: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["missing"].choices = parts


class ReviewForm(forms.Form):
    """The opinion; for each item what is granted, where other than asked, and why."""

    outcome = forms.OneOf(choices=Outcome.choices, label=gettext_lazy("審查結果"))
    opinion = forms.LongTextField(label=gettext_lazy("審查意見"), max_length=4000)

    def __init__(self, *args: Any, items: tuple[queries.ItemLine, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in items:
            said = {"name": one.name, "asked": one.asked}
            self.fields[f"n-{one.id}"] = forms.TextField(
                label=_("%(name)s核定多少（申請%(asked)s）") % said, required=False, max_length=20,
                help_text=_("照申請核定就不填。"),
            )  # fmt: skip
            self.fields[f"w-{one.id}"] = forms.TextField(
                label=_("%(name)s和申請不同的理由") % said, required=False, max_length=200
            )


class DecideForm(forms.Form):
    """Agreed, or returned with words."""

    agreed = forms.OneOf(
        choices=[("yes", gettext_lazy("同意，照意見核定")), ("no", gettext_lazy("退回重擬"))],
        label=gettext_lazy("怎麼決定"),
    )  # fmt: skip
    words = forms.TextField(label=gettext_lazy("要改什麼"), required=False, max_length=400)


class LetterForm(forms.Form):
    """Number and day of the letter; from which day posts change."""

    number = forms.TextField(label=gettext_lazy("核定函文號"), max_length=60)
    dated_on = forms.RocDateField(label=gettext_lazy("發文日期"), partial=False)
    posts_from_on = forms.RocDateField(label=gettext_lazy("員額從哪一天起調整"), required=False, partial=False)
    words = forms.LongTextField(label=gettext_lazy("說明"), required=False, max_length=2000)


def part(request: HttpRequest, number: str, part_id: UUID) -> HttpResponse:
    """One part of the submission, a draft until it is sent."""
    page = queries.submission_page(request.viewer, number)
    found = next((one for one in page.parts if one.id == part_id), None)
    if found is None:
        raise NotFound(_("這次提報沒有這一項。"))
    initial = {"words": found.words, "attached": found.attached}
    form = PartForm(posted(request), request.FILES or None, files=found.files, initial=initial)

    def act(given: dict[str, Any]) -> None:
        of, file = {"submission_id": page.id, "by": request.viewer}, given["file"]
        actions.fill_part(part_id=part_id, words=given["words"], attached=given["attached"], **of)
        for gone in given.get("gone", ()):
            actions.take_back_document(document_id=UUID(gone), **of)
        if file is not None:
            if file.size > actions.MOST_BYTES:
                raise BadInput(_("檔案是空的，或超過10MB。請分成幾個檔。"), field="file")
            told = {"name": file.name or "", "media_type": file.content_type or "", "content": file.read()}
            actions.add_document(part_id=part_id, **told, **of)

    said = sheet(found.name, _("存下這一項"), _("存好了，還沒送出。"), _of(number), _("送出前只有自己的縣市看得到。"))
    return fill(request, form, said, act)


def ask(request: HttpRequest, number: str) -> HttpResponse:
    """Money on a line, or posts."""
    page = queries.submission_page(request.viewer, number)
    form = AskForm(posted(request), lines=page.lines)

    def act(given: dict[str, Any]) -> None:
        kind, _colon, key = given["what"].partition(":")
        target = {"line_id": UUID(key)} if kind == "line" else {"post": key}
        actions.ask_for(submission_id=page.id, asked=_number(given["asked"]), by=request.viewer, **target)

    aside = _("同一項再填一次就改掉。")
    said = sheet(_("申請經費或員額"), _("存下這一項"), _("存好了，還沒送出。"), _of(number), aside)
    return fill(request, form, said, act)


def send(request: HttpRequest, number: str) -> HttpResponse:
    """To the ministry, with a receipt."""
    page = queries.submission_page(request.viewer, number)
    form = SureForm(posted(request))

    def act(given: dict[str, Any]) -> None:
        actions.send(submission_id=page.id, by=request.viewer)

    missing = [one.name for one in page.parts if one.is_missing]
    aside = [_("送出後不能再改，除非退回補正。")]
    aside += [_("還沒寫：%(names)s") % {"names": "、".join(missing)}] if missing else []
    aside += [_("已經逾期%(n)d天，仍然可以送。") % {"n": page.late_days}] if page.late_days else []
    said = sheet(_("送出提報"), _("送出提報給中央"), _("送出了，收件字號在下面。"), _of(number), *aside)
    return fill(request, form, said, act)


def proxy(request: HttpRequest, number: str) -> HttpResponse:
    """代登 for a county off the system."""
    page = queries.submission_page(request.viewer, number)
    form = ProxyForm(posted(request))

    def act(given: dict[str, Any]) -> None:
        actions.send_by_proxy(submission_id=page.id, given=ProxyGiven(**given), by=request.viewer)

    said = sheet(_("代登收件"), _("登錄這件收件"), _("登錄了。"), _of(number), _("先代填各項內容，再登錄收件。"))
    return fill(request, form, said, act)


def extension(request: HttpRequest, number: str) -> HttpResponse:
    """A later day, asked for with a reason."""
    page = queries.submission_page(request.viewer, number)
    form = ExtensionForm(posted(request))

    def act(given: dict[str, Any]) -> None:
        actions.ask_extension(submission_id=page.id, by=request.viewer, **given)

    now = _("現在的期限：%(due)s") % {"due": page.due}
    said = sheet(_("申請展延"), _("申請展延"), _("申請了。同意前照原期限。"), _of(number), now)
    return fill(request, form, said, act)


def check(request: HttpRequest, number: str) -> HttpResponse:
    """Complete, or what is missing; required parts without anything are ticked already."""
    page = queries.submission_page(request.viewer, number)
    parts = [(str(one.id), one.name) for one in page.parts]
    empty = [str(one.id) for one in page.parts if one.is_missing]
    form = CheckForm(posted(request), parts=parts, initial={"missing": empty})

    def act(given: dict[str, Any]) -> None:
        given["missing"] = [UUID(one) for one in given["missing"]]
        actions.check(submission_id=page.id, by=request.viewer, **given)

    said = sheet(
        _("看有沒有缺件"), _("存下結果"), _("存好了。"), _of(number),
        _("都沒勾就是齊備，進入審查。"), _("缺件只能退回補正一次。"),
    )  # fmt: skip
    return fill(request, form, said, act)


def review(request: HttpRequest, number: str) -> HttpResponse:
    """審查意見; another decides."""
    page = queries.submission_page(request.viewer, number)
    form = ReviewForm(posted(request), items=page.items)

    def act(given: dict[str, Any]) -> None:
        granted = {}
        for one in page.items:
            text, why = given[f"n-{one.id}"], given[f"w-{one.id}"]
            if text or why:
                granted[one.id] = (_number(text) if text else one.asked_number, why)
        told = Opinion(outcome=given["outcome"], opinion=given["opinion"], granted=granted)
        actions.propose_review(submission_id=page.id, given=told, by=request.viewer)

    said = sheet(_("擬審查意見"), _("送主管核定"), _("送出了，等主管核定。"), _of(number), _("寫的人不能自己核定。"))
    return fill(request, form, said, act)


def decide(request: HttpRequest, number: str) -> HttpResponse:
    """核定 or 退回重擬, by another than who wrote it."""
    page = queries.submission_page(request.viewer, number)
    form = DecideForm(posted(request))

    def act(given: dict[str, Any]) -> None:
        agreed = given["agreed"] == "yes"
        actions.decide_review(submission_id=page.id, agreed=agreed, words=given["words"], by=request.viewer)

    aside = [f"{one.name}　{one.asked} → {one.granted}" for one in page.items]
    said = sheet(_("核定審查意見"), _("存下決定"), _("存好了。"), _of(number), *aside)
    return fill(request, form, said, act)


def letter(request: HttpRequest, number: str) -> HttpResponse:
    """核定函: from here money and posts count."""
    page = queries.submission_page(request.viewer, number)
    form = LetterForm(posted(request))

    def act(given: dict[str, Any]) -> None:
        actions.write_letter(submission_id=page.id, given=LetterGiven(**given), by=request.viewer)

    aside = [f"{one.name}　{one.granted}" for one in page.items]
    said = sheet(_("發核定函"), _("發核定函"), _("發了。經費和員額都已登錄。"), _of(number), *aside)
    return fill(request, form, said, act)


def _number(text: str) -> int:
    """Dollars or posts as typed. Raises BadInput."""
    try:
        return Twd.parse(text.removesuffix("名")).dollars
    except BadInput as error:
        raise BadInput(str(error), field="asked") from error


def _of(number: str) -> str:
    return reverse("submissions:submission", args=[number])
