"""One sentence of the chair on several cases, entered once."""

from __future__ import annotations

from typing import Any  # cleaned data
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from anwang.foundation import clock
from anwang.foundation.errors import NotFound
from anwang.tracking import actions, policies, queries
from anwang.web.cases.filling import Sheet, fill

from .forms import RuleTogetherForm
from .views import HERE


def rule_together(request: HttpRequest, sitting_id: UUID) -> HttpResponse:
    """Every open case of the series with a state of its own; words, day and sentence once for all."""
    policies.may_see(request.viewer).enforce()
    table = queries.status(request.viewer, sitting_id)
    if not table.rows:
        raise NotFound(_("沒有列管中的決議可以裁示。"))
    back, saved = reverse("tracking:status", args=[sitting_id]), _("一起裁示好了。")
    sheet = Sheet(_("一句裁示，多案一起登"), _("存下裁示"), saved, back, template="tracking/form.html", aside=(
        table.title, _("沒選的案不動。有一案不能這樣裁示，就都不存。")))  # fmt: skip
    sentences = queries.sentences_of_rulings(request.viewer, sitting_id)
    form = RuleTogetherForm(request.POST or None, cases=table.rows, choices={"said_in": sentences})

    def act(given: dict[str, Any]) -> None:
        together = actions.Together(
            states=form.states(), because=given["because"], condition=given["condition"], next_on=given["next_on"],
            said_in=UUID(given["said_in"]) if given["said_in"] else None,
        )  # fmt: skip
        actions.rule_together(together=together, by=request.viewer, at=clock.now())

    return fill(request, form, sheet, act, here=HERE)
