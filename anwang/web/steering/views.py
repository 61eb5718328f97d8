"""Questions and their answers."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Refused
from anwang.steering import actions, policies, queries

from .acting import DESK, act, given, ids
from .forms import AnswerForm, BackForm, LinkForm, QuestionForm, SendForm


@require_safe
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """Questions, and what one's own units owe."""
    policies.may_see(request.viewer).enforce()
    scope = "mine" if request.GET.get("show") == "mine" else "all"
    listed, owed = queries.questions(request.viewer, scope), queries.owed(request.viewer)
    context = {
        "questions": listed, "owed": owed, "scope": scope, "tab": "questions", "here": DESK,
        "waiting": sum(one.state == "sent" for one in listed), "late": sum(one.is_late for one in owed),
        "may_ask": bool(policies.may_act_for_county(request.viewer)),
    }  # fmt: skip
    return render(request, "steering/index.html", context)


@require_safe
@never_cache
def question(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """One thread."""
    policies.may_see(request.viewer).enforce()
    page = queries.question(request.viewer, question_id)
    return render(request, "steering/question.html", {"page": page, "q": page.line, "tab": "questions", "here": DESK})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """Write a question: a draft first."""
    policies.may_act_for_county(request.viewer).enforce()

    def do(told: dict[str, Any]) -> str:
        written = actions.write_question(
            given=actions.QuestionGiven(**told), by=request.viewer, at=clock.now()
        )  # fmt: skip
        return reverse("steering:question", args=[written.id])

    return act(request, QuestionForm(given(request)), do, title=_("寫一件提問"), button=_("存成草稿"), tab="questions",
               back=reverse("steering:index"), done=_("草稿存好了。選好答覆的單位再送出。"))  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def edit(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Write a draft over."""
    page = _page(request, question_id, "may_edit")
    first = {"topic": page.topic_code, "title": page.line.title, "text": page.text, "source": page.source}

    def do(told: dict[str, Any]) -> str:
        actions.write_question(
            given=actions.QuestionGiven(**told), question_id=question_id, by=request.viewer, at=clock.now()
        )
        return ""

    return act(request, QuestionForm(given(request), initial=first), do, title=_("改草稿"), button=_("存成草稿"),
               back=_address(question_id), done=_("草稿存好了。選好答覆的單位再送出。"), tab="questions")  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def send(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Send it to the units that shall answer."""
    _page(request, question_id, "may_edit")
    form = SendForm(given(request), lists={"units": ids(queries.ministry_units(request.viewer))})

    def do(told: dict[str, Any]) -> str:
        units = [UUID(one) for one in told["units"]]
        actions.send_question(
            question_id=question_id, units=units, due_on=told["due_on"], by=request.viewer, at=clock.now()
        )
        return ""

    return act(request, form, do, title=_("送出提問"), button=_("送給這些單位"), back=_address(question_id),
               done=_("送出了。每個單位各自答覆。"), tab="questions")  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def back(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Ask back."""
    _page(request, question_id, "may_ask_back")
    form = BackForm(given(request), lists={"unit_id": ids(queries.ministry_units(request.viewer))})

    def do(told: dict[str, Any]) -> str:
        unit_id = UUID(told.pop("unit_id"))
        actions.ask_back(question_id=question_id, unit_id=unit_id, by=request.viewer, at=clock.now(), **told)
        return ""

    return act(request, form, do, title=_("追問"), button=_("送出追問"), back=_address(question_id),
               done=_("追問送出了。"), tab="questions")  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def link(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Say that it was asked before."""
    policies.may_see(request.viewer).enforce()
    form = LinkForm(given(request), lists={"earlier_id": ids(queries.earlier_questions(request.viewer, question_id))})

    def do(told: dict[str, Any]) -> str:
        earlier = UUID(told["earlier_id"])
        actions.link_repeat(question_id=question_id, earlier_id=earlier, by=request.viewer, at=clock.now())
        return ""

    return act(request, form, do, title=_("之前問過"), button=_("連到這一件"), back=_address(question_id),
               done=_("連好了。兩件都看得到彼此。"), tab="questions")  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def answer(request: HttpRequest, question_id: UUID, part_id: UUID) -> HttpResponse:
    """One unit's answer, with what it promises."""
    page = _page(request, question_id, "")
    part = next((one for one in page.answers if one.id == part_id), None)
    if part is None or not part.may_answer:
        raise Refused(_("這一份由被問的單位答覆，答過就不能再改。"))

    def do(told: dict[str, Any]) -> str:
        if bool(told["promise"]) != bool(told["promise_due_on"]):
            raise BadInput(
                _("答應的事和期限要一起填。"), field="promise" if told["promise_due_on"] else "promise_due_on"
            )
        promised = [actions.Promised(told["promise"], told["promise_due_on"])] if told["promise"] else []
        actions.answer_part(
            part_id=part_id, answer=told["answer"], promised=promised, by=request.viewer, at=clock.now()
        )
        return ""

    return act(request, AnswerForm(given(request)), do, title=_("答覆：%(title)s") % {"title": page.line.title},
               button=_("送出答覆"), back=_address(question_id), done=_("答覆送出了。"), tab="questions",
               notes=(part.asked or page.text,))  # fmt: skip


@require_POST
@never_cache
def close(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """The county has what it asked for."""
    actions.close_question(question_id=question_id, by=request.viewer, at=clock.now())
    messages.success(request, _("提問結束了。答應的事繼續追蹤。"))
    return redirect("steering:question", question_id)


@require_POST
@never_cache
def publish(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Every county reads it from now on."""
    actions.publish_question(question_id=question_id, by=request.viewer, at=clock.now())
    messages.success(request, _("公布了。各縣市都看得到。"))
    return redirect("steering:question", question_id)


def _page(request: HttpRequest, question_id: UUID, may: str) -> queries.QuestionPage:
    """The question, when `may` of it is true."""
    policies.may_see(request.viewer).enforce()
    page = queries.question(request.viewer, question_id)
    if may and not getattr(page, may):
        raise Refused(_("現在不是這一步，或不是你的縣市的提問。"))
    return page


def _address(question_id: UUID) -> str:
    return reverse("steering:question", args=[question_id])
