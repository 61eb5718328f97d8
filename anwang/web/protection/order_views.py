"""Forms about an order: register, serve, change, extend, end, broken and what was done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any  # cleaned data
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from anwang.cases.queries import page
from anwang.foundation import clock
from anwang.protection import actions, queries, rules, words
from anwang.web.cases.filling import Sheet, fill
from anwang.web.shell.forms import Form

from . import forms
from .views import HERE


def register(request: HttpRequest, number: str) -> HttpResponse:
    """登錄 an order on a case of her side."""
    case = page(request.viewer, number)
    today = clock.today()
    form = forms.OrderForm(
        request.POST or None, kinds=words.choices(rules.KIND, today), terms=words.choices(rules.TERM, today),
        people=[(str(id_), name) for id_, name in queries.people_of(request.viewer, case.id)],
    )  # fmt: skip
    sheet = Sheet(
        _("登錄保護令"), _("登錄這張保護令"), _("登錄好了。請把保護令轉知該知道的單位。"),
        reverse("protection:of_case", args=[number]),
        aside=(
            _("保護令從核發時起有效，不等送達相對人。"),
            _("登錄後，承辦相對人的公務同仁看得到款項與聯繫窗口，看不到她在哪裡。"),
            _("第12款（禁止查閱）之外，住處要另外登錄保密。"),
        ),
    )  # fmt: skip

    def act(given: dict[str, Any]) -> str:
        given |= {"bound": UUID(given["bound"]), "protects": [UUID(one) for one in given["protects"]]}
        order = actions.register_order(
            matter_id=case.id, ordered=actions.Ordered(**given), by=request.viewer, at=clock.now()
        )
        return reverse("protection:order", args=[order.id])

    return fill(request, form, sheet, act, case=case, here=HERE)


def serve(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """It was served on him."""
    form = forms.WhenForm(request.POST or None)
    return about(request, order_id, form, _("記送達相對人的時間"), _("存下送達時間"), actions.serve)


def change(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """The court changed its terms."""
    found = queries.order_page(request.viewer, order_id)
    today = clock.today()
    terms = [(one.code, words.label(rules.TERM, one.code, today)) for one in rules.terms_of(found.kind_code, today)]
    form = forms.ChangeForm(request.POST or None, terms=terms)
    return about(request, order_id, form, _("法院變更保護令"), _("存下變更，再轉知一次"), actions.change_order, found)


def extension(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """The court was asked to extend it."""
    form = forms.ExtensionForm(request.POST or None)
    aside = (_("期滿前聲請，法院裁定前原保護令仍然有效。"), _("請和她商量這段時間的安全計畫。"))
    return about(request, order_id, form, _("聲請延長保護令"), _("存下聲請延長"), actions.ask_extension, aside=aside)


def ruling(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """The court ruled on the extension."""
    form = forms.RulingForm(request.POST or None)

    def act(*, ruled: str, until: Any, **given: Any) -> None:
        actions.rule_on_extension(until=until if ruled == "granted" else None, **given)

    return about(request, order_id, form, _("法院對延長的裁定"), _("存下裁定"), act)


def no_extension(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """It was decided with her not to ask."""
    form = forms.WordsForm(request.POST or None)
    return about(request, order_id, form, _("和她談過，不聲請延長"), _("存下決定"), actions.decide_not_to_extend)


def safety_plan(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """A safety plan was made with her."""
    form = forms.WordsForm(request.POST or None)
    return about(request, order_id, form, _("和她訂安全計畫"), _("存下安全計畫"), actions.plan_safety)


def end(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """It is in force no more."""
    found = queries.order_page(request.viewer, order_id)
    today = clock.today()
    ways = [(one.code, words.label(rules.END, one.code, today)) for one in rules.ends_how(found.kind_code, today)]
    form = forms.EndForm(request.POST or None, ways=ways)
    return about(request, order_id, form, _("保護令失效"), _("存下失效"), actions.end_order, found)


def broken(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """He broke it."""
    found = queries.order_page(request.viewer, order_id)
    terms = [(code, said) for code, (said, _article) in zip(found.term_codes, found.terms, strict=True)]
    form = forms.BrokenForm(request.POST or None, terms=terms)
    aside = (
        _("有立即危險，請先打110。"),
        _("她同意他回來，保護令的遷出和遠離也不會失效。"),
        _("知道後請立刻通報警察，並重新評估危險。"),
    )
    return about(
        request, order_id, form, _("記一次違反保護令"), _("存下違反"), actions.note_violation, found, aside=aside
    )


def answer(request: HttpRequest, violation_id: UUID) -> HttpResponse:
    """What was done after it was broken."""
    form = forms.ThenForm(request.POST or None, ways=words.choices(rules.BROKEN_THEN, clock.today()))
    sheet = Sheet(_("違反保護令後做了什麼"), _("存下處理"), _("記下了。"), reverse("protection:index"))

    def act(given: dict[str, Any]) -> None:
        actions.answer_violation(violation_id=violation_id, by=request.viewer, **given)

    return fill(request, form, sheet, act, here=HERE)


def about(
    request: HttpRequest, order_id: UUID, form: Form, title: str, go: str, act: Callable[..., object],
    found: queries.OrderPage | None = None, aside: tuple[str, ...] = (),
) -> HttpResponse:  # fmt: skip
    """One form about one order, what it says beside it; afterwards back to the order."""
    found = found or queries.order_page(request.viewer, order_id)
    beside = (f"{found.kind}　{found.bound}", found.until)
    sheet = Sheet(title, go, _("記下了。"), reverse("protection:order", args=[order_id]), aside=(*beside, *aside))

    def done(given: dict[str, Any]) -> None:
        act(order_id=order_id, by=request.viewer, **given)

    return fill(request, form, sheet, done, here=HERE)
