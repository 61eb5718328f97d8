"""Forms about who serves: triage, decision, level, re-routing, hand-over, long relationship, the register."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any  # cleaned data
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from anwang.care import actions, queries, rules, words
from anwang.cases.queries import CasePage, page
from anwang.foundation import clock
from anwang.web.cases.filling import Sheet, fill
from anwang.web.shell.forms import Form

from . import forms
from .views import HERE, subject_of


def about(
    request: HttpRequest, case: CasePage, form: Form, title: str, go: str, act: Callable[[dict[str, Any]], object],
    aside: tuple[str, ...] = (), saved: str = "",
) -> HttpResponse:  # fmt: skip
    """One form about one case; afterwards back to its page of this desk."""
    back = reverse("care:of_case", args=[case.number])
    return fill(request, form, Sheet(title, go, saved or _("記下了。"), back, aside=aside), act, case=case, here=HERE)


def triage(request: HttpRequest, number: str) -> HttpResponse:
    """What is known; the table's proposal is shown afterwards."""
    case = page(request.viewer, number)
    form = forms.TriageForm(
        request.POST or None,
        choices={
            "psychiatric": words.choices(rules.PSYCHIATRIC), "issues": words.choices(rules.ISSUE, but=rules.FROM_LISTS)
        },
    )  # fmt: skip
    proposed = queries.proposed_level(request.viewer, case.id)
    person = subject_of(case)
    lists = queries.lists_of(request.viewer, case.id, person) if person else queries.Lists()
    said = words.labels(rules.ISSUE, lists.issues)
    aside = (
        _("名單上有：%(issues)s") % {"issues": said} if said else _("自殺、精神照護、保護三張名單都沒有其他註記。"),
        _("分級表建議：%(level)s") % {"level": proposed.said}, *proposed.reasons[:2],
        _("月數界線是假設，全國沒有公布。"),
    )  # fmt: skip

    def act(given: dict[str, Any]) -> None:
        given["level"] = int(given["level"]) if given["level"] else None
        actions.triage(matter_id=case.id, known=actions.Known(**given), by=request.viewer, at=clock.now())

    return about(
        request, case, form, _("分流：知道什麼"), _("存下，看建議"), act, aside, _("分流好了。請看建議由誰服務。")
    )


def decide(request: HttpRequest, number: str) -> HttpResponse:
    """A person decides, by the proposal or against it with a reason."""
    case = page(request.viewer, number)
    found = queries.care_page(request.viewer, case.id, subject_of(case))
    latest = found.triages[0] if found.triages else None
    form = forms.DecideForm(
        request.POST or None,
        choices={
            "service": [*words.choices(rules.SERVICE), (rules.NOT_HERE, _("不屬精神照護，請原單位服務"))],
            "who": [("", _("不用選")), *queries.who_can_serve(request.viewer)],
            "because": [("", _("和建議相同")), *words.choices(rules.OVERRIDE)],
        },
    )  # fmt: skip
    proposed = latest.proposed if latest else ""
    aside = (
        _("建議：%(who)s") % {"who": proposed} if proposed else _("資料不足，由人研判。"),
        *(latest.reasons if latest else ()), _("可以不照建議，寫下理由就好。系統不會自動派。"),
    )  # fmt: skip

    def act(given: dict[str, Any]) -> None:
        unit, worker = _pair(given.pop("who"))
        choice = actions.Choice(unit_id=unit, worker_id=worker, **given)
        actions.decide_service(
            matter_id=case.id, choice=choice, by=request.viewer, at=clock.now(), expected_since=case.acting_since
        )

    return about(
        request, case, form, _("決定由誰服務"), _("決定，交給這一位"), act, aside, _("決定好了。對方會收到，要簽收。")
    )


def level(request: HttpRequest, number: str) -> HttpResponse:
    """Another level, with its reason."""
    case = page(request.viewer, number)
    proposed = queries.proposed_level(request.viewer, case.id)
    form = forms.LevelForm(request.POST or None)
    aside = (
        _("分級表建議：%(level)s") % {"level": proposed.said}, *proposed.reasons[:2],
        _("和建議不同就寫為什麼。改了以後，訪視期程從那一天重排。"),
    )  # fmt: skip

    def act(given: dict[str, Any]) -> None:
        actions.set_level(
            matter_id=case.id, level=int(given["level"]), words=given["words"], proposed=proposed.level,
            by=request.viewer, at=clock.now(),
        )  # fmt: skip

    return about(request, case, form, _("改變級別"), _("存下級別"), act, aside)


def reroute(request: HttpRequest, number: str) -> HttpResponse:
    """Another post is asked."""
    case = page(request.viewer, number)
    form = forms.RerouteForm(
        request.POST or None,
        choices={
            "to_unit": queries.health_units(request.viewer), "service": words.choices(rules.SERVICE),
            "because": words.choices(rules.OVERRIDE),
        },
    )  # fmt: skip
    aside = (_("對方接手之前，仍由現在的人承辦。"), _("對方看得到這個案件，才能決定；退回後就看不到。"))

    def act(given: dict[str, Any]) -> None:
        to_unit = UUID(given.pop("to_unit"))
        actions.ask_reroute(matter_id=case.id, to_unit_id=to_unit, by=request.viewer, at=clock.now(), **given)

    return about(
        request, case, form, _("請求改派"), _("請對方回覆"), act, aside, _("送出了。對方接手前仍由現在的人承辦。")
    )


def answer(request: HttpRequest, reroute_id: UUID) -> HttpResponse:
    """接手或退回."""
    asked = queries.reroute(request.viewer, reroute_id)
    form = forms.AnswerForm(
        request.POST or None,
        choices={
            "worker": [("", _("退回，不用選")), *queries.workers_of(request.viewer, asked.to_unit_id)],
            "answer": [("", _("接手，不用選")), *words.choices(rules.DECLINE)],
        },
    )  # fmt: skip
    aside = (f"{asked.people}　{asked.service}", asked.because, asked.words)
    sheet = Sheet(
        _("回覆改派請求"), _("送出回覆"), _("回覆了。"), reverse("care:index"), aside=tuple(filter(None, aside))
    )

    def act(given: dict[str, Any]) -> None:
        worker = given.pop("worker")
        actions.answer_reroute(
            reroute_id=reroute_id, accept=given.pop("accept") == "yes", worker_id=UUID(worker) if worker else None,
            by=request.viewer, at=clock.now(), **given,
        )  # fmt: skip

    return fill(request, form, sheet, act, here=HERE)


def withdraw(request: HttpRequest, reroute_id: UUID) -> HttpResponse:
    """撤回."""
    asked = queries.reroute(request.viewer, reroute_id)
    form = forms.Chosen(request.POST if request.method == "POST" else None)
    aside = (f"{asked.people}　{asked.service}",)
    sheet = Sheet(
        _("撤回改派請求"), _("撤回"), _("撤回了。"), reverse("care:of_case", args=[asked.number]), aside=aside
    )

    def act(given: dict[str, Any]) -> None:
        actions.withdraw_reroute(reroute_id=reroute_id, by=request.viewer, at=clock.now())

    return fill(request, form, sheet, act, here=HERE)


def hand_back(request: HttpRequest, number: str) -> HttpResponse:
    """What a nurse did goes to whoever fills the post now."""
    case = page(request.viewer, number)
    form = forms.WhoForm(request.POST or None, choices={"who": queries.who_can_serve(request.viewer)})

    def act(given: dict[str, Any]) -> None:
        unit, worker = _pair(given["who"])
        actions.hand_back(
            matter_id=case.id, unit_id=unit, worker_id=worker, by=request.viewer, at=clock.now(),  # type: ignore[arg-type]
            expected_since=case.acting_since,
        )  # fmt: skip

    aside = (_("員額補實了，護理師暫代的交回。對方要簽收。"),)
    return about(request, case, form, _("交回補實的人員"), _("交給這一位"), act, aside)


def begin_long(request: HttpRequest, number: str) -> HttpResponse:
    """長期陪伴 begins."""
    case = page(request.viewer, number)
    form = forms.WordsForm(request.POST or None)
    aside = (_("需要長時間建立信任的人，不催銷案。"), _("每隔一段時間看一次，問的是他過得怎麼樣。"))

    def act(given: dict[str, Any]) -> None:
        actions.begin_long(matter_id=case.id, because=given["words"], by=request.viewer, at=clock.now())

    return about(request, case, form, _("改為長期陪伴"), _("存下長期陪伴"), act, aside)


def review_long(request: HttpRequest, number: str) -> HttpResponse:
    """A long relationship is looked at."""
    case = page(request.viewer, number)
    form = forms.LongReviewForm(request.POST or None)

    def act(given: dict[str, Any]) -> None:
        actions.review_long(
            matter_id=case.id,
            words=given["words"],
            goes_on=given["goes_on"] == "yes",
            by=request.viewer,
            at=clock.now(),
        )

    return about(request, case, form, _("長期陪伴：這段時間"), _("存下檢視"), act)


def leave_register(request: HttpRequest, number: str) -> HttpResponse:
    """銷列."""
    case = page(request.viewer, number)
    ends = [
        ("not_patient", _("不是精神疾病病人")), ("other_county", _("轉到別縣市名冊")),
        ("to_suicide", _("改由自殺關懷")),
        ("stable", _("病情穩定，經評估不再列冊")), ("died", _("死亡")),
    ]  # fmt: skip
    form = forms.ReasonForm(request.POST or None, choices={"because": ends})

    def act(given: dict[str, Any]) -> None:
        actions.leave_register(matter_id=case.id, because=given["because"], by=request.viewer, at=clock.now())

    aside = (_("銷列只離開名冊；案件要結束請用銷案。"),)
    return about(request, case, form, _("從名冊銷列"), _("銷列"), act, aside)


def _pair(who: str) -> tuple[UUID | None, UUID | None]:
    unit, _sep, worker = who.partition("/")
    return (UUID(unit), UUID(worker)) if worker else (None, None)
