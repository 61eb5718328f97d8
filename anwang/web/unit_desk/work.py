"""The unit's work: what is late with causes before names, what rises, and matters nobody named a step for."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from anwang import rulebook
from anwang.access.queries import headed
from anwang.access.viewer import Viewer
from anwang.directory.queries import Below
from anwang.foundation import clock
from anwang.matters import alarms, policies, queries, silences
from anwang.web.shell import words
from anwang.web.worklist.rows import about, title_of

from .views import forms_codes, units_of

ABOUT = {
    "assignment": gettext_lazy("指派還沒簽收"),
    "offer": gettext_lazy("請求還沒回覆"),
    "dispute": gettext_lazy("爭議還沒裁定"),
    "shift": gettext_lazy("交班還沒簽"),
    "gap": gettext_lazy("值班表缺人"),
}
PAGES = {alarms.OFFER: "unit_desk:offer", alarms.DISPUTE: "unit_desk:dispute"}


@require_safe
@never_cache
def work(request: HttpRequest) -> HttpResponse:
    """The page; a chief's is of all units below, in figures and dates."""
    viewer, now = request.viewer, clock.now()
    below, book = headed(viewer), rulebook.book()
    rising = _alarms(viewer, now, below)
    one = next((unit for unit in below if unit.code == request.GET.get("unit")), None)
    units = [one.id] if one else [*{*units_of(viewer), *(unit.id for unit in below)}]
    often = book.value("duty.often_pushed").on(clock.today(), viewer.county).value
    reads = not below
    late, resting = queries.lagging(viewer, units, often, named=reads)
    context = {
        "headline": _headline(late),
        "dateline": words.long(now),
        "late": _late(late, reads, book),
        "alarms": rising,
        "more_alarms": len(rising) >= silences.MOST,
        "auto": [_waiting(one, reads, book) for one in resting],
        "often": often,
        "branch": [_branch(unit) for unit in queries.loads(viewer, below)] if below else [],
        "only": one.code if one else "",
        "here": "/unit",
    }
    return render(request, "unit_desk/work.html", context)


def _late(late: list[queries.Late], reads: bool, book: rulebook.Rulebook) -> list[dict[str, Any]]:
    """The causes with their counts; whose and about whom for who `reads` the files, the unit alone for a chief."""
    causes = dict(forms_codes("late.causes"))
    return [
        {
            "name": causes.get(one.cause) or _("還沒說"),
            "count": one.count,
            "bar": min(one.count * 4, 100),
            "items": [
                {
                    "href": f"/today/duties/{duty}" if reads else "",
                    "what": title_of(rule, book),
                    "number": about(whom if reads else "", number),
                    "late": words.left(due).words,
                    "who": who if reads else unit,
                }
                for duty, number, rule, due, who, whom, unit in one.items
            ],
        }
        for one in late
    ]


def _alarms(viewer: Viewer, now: datetime, below: list[Below]) -> list[dict[str, Any]]:
    """What rises, each leading to its page where this viewer may open it."""
    standing = alarms.standing_alarms(viewer, now, named=not below)
    headed = frozenset(unit.id for unit in below)
    own = {one.about_id for one in standing if alarms.opens(viewer, one, headed)}
    if not below:
        rest = [one.about_id for one in standing if one.about == alarms.OFFER and one.about_id not in own]
        own |= queries.offers_to_open(viewer, rest, sees=policies.may_see_offer)
    return [
        _alarm(one, not below) | {"href": reverse(PAGES[one.about], args=[one.about_id]) if one.about_id in own else ""}
        for one in standing
    ]


def _alarm(one: alarms.Alarm, reads: bool) -> dict[str, Any]:
    number = about(one.whom if reads else "", one.number)
    return {"what": ABOUT[one.about], "number": number, "since": one.since, "step": one.step + 1,
            "who": one.silent}  # fmt: skip


def _waiting(one: queries.Waiting, reads: bool, book: rulebook.Rulebook) -> dict[str, Any]:
    return {
        "number": about(one.whom if reads else "", one.number),
        "href": f"/today/duties/{one.duty_id}" if reads else "",
        "what": title_of(one.rule_id, book), "due": one.due_at, "pushed": one.pushed, "is_auto": one.is_auto,
        "who": one.holder if reads else one.unit,
    }  # fmt: skip


def _branch(one: queries.UnitLoad) -> dict[str, Any]:
    name = one.name_en if words.lang() == "en" and one.name_en else one.name
    return {"code": one.code, "name": name, "n": one.matters, "people": one.people, "late": one.late}


def _headline(late: list[queries.Late]) -> str:
    total = sum(one.count for one in late)
    told = sum(one.count for one in late if one.cause)
    if not total:
        return _("沒有逾期的應辦事項。")
    return _("%(n)d件逾期，%(told)d件說了原因。") % {"n": total, "told": told}
