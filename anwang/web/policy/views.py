"""Policy pages: any member of staff may read every rule; a duty's sum only whoever may read its matter."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from anwang.access.steering import standing
from anwang.enactments.queries import book, held, kept
from anwang.foundation import clock, roc
from anwang.foundation.errors import BadInput, NotFound
from anwang.lab import policies as drafting
from anwang.lab import queries as lab
from anwang.rulebook import Rulebook, UnknownRule
from anwang.web.shell import words
from anwang.web.tracking.on_rules import said_by

from . import calendar_page, comparing, counties_page, index_page, rule_page, sums, usage
from .situations import all_situations


def index(request: HttpRequest) -> HttpResponse:
    """Every rule by area, with search."""
    rules, (day, typed, fault) = book(), _day(request)
    county = _county(request, rules)
    text = request.GET.get("q", "").strip()[:60]
    context = {
        "areas": index_page.index_page(rules, day, county, text),
        "q": text,
        **_asked(rules, day, typed, fault, county),
    }
    return render(request, "policy/index.html", context)


def rule(request: HttpRequest, rule_id: str) -> HttpResponse:
    """One rule: what it says, why, since when, and where it differs."""
    rules, (day, typed, fault) = book(), _day(request)
    county = _county(request, rules)
    duty = sums.duty_sum(request.viewer, rules, rule_id, _uuid(request.GET.get("duty", "")))
    if duty is not None and "on" not in request.GET:
        day, typed, county = duty.on, roc.roc_long(duty.on), duty.county
    try:
        page = rule_page.rule_page(rules, rule_id, day, county, all_situations(rules))
    except UnknownRule:
        raise NotFound(_("沒有這條規則。請從規則查詢重新找。")) from None
    reach = standing(request.viewer).reach
    handle = rules.handle(rule_id)
    context = {
        "p": page, "sum": duty, "said_by": said_by(request.viewer, rule_id), "use": usage.usage(rules, rule_id),
        "drafts": lab.of_rule(request.viewer, reach, rule_id),
        "may_draft": reach is not None and drafting.may_draft(request.viewer, reach, handle, at=reach),
        **_asked(rules, day, typed, fault, county),
    }  # fmt: skip
    return render(request, "policy/rule.html", context)


def compare(request: HttpRequest, rule_id: str) -> HttpResponse:
    """What a rule said on two days, value by value and word by word; and every body of it that is kept."""
    with held():
        rules = book()
        county = _county(request, rules)
        try:
            handle = rules.handle(rule_id)
        except UnknownRule:
            raise NotFound(_("沒有這條規則。請從規則查詢重新找。")) from None
        first, second = _day(request, "from"), _day(request, "to")
        if "from" not in request.GET:
            day = rule_page.day_before_last_change(handle, county, second[0])
            first = (day, roc.roc_long(day), "")
        versions = [handle.get(day, county or None) for day, _typed, _fault in (first, second)]
        context = {
            "rule_id": rule_id, "title": handle.title.to(words.lang()), "first": first, "second": second,
            "d": comparing.difference(rules, *versions), "before": versions[0], "after": versions[1],
            "kept": [rule_page.kept_row(one) for one in kept(rule_id)],
            "county": county, "county_name": rule_page.county_name(county or None),
            "counties": index_page.counties(rules),
        }  # fmt: skip
        return render(request, "policy/compare.html", context)


def counties(request: HttpRequest) -> HttpResponse:
    """Where counties differ from the nation and from each other, on a day."""
    rules, (day, typed, fault) = book(), _day(request)
    standards, others = counties_page.counties_page(rules, day)
    context = {
        "on": day, "typed": typed, "fault": fault,
        "parts": [(_("開案和結案的標準"), standards), (_("其他縣市自訂的規則"), others)],
        "differing": sum(bool(one.own) for one in (*standards, *others)),
    }  # fmt: skip
    return render(request, "policy/counties.html", context)


def calendar(request: HttpRequest) -> HttpResponse:
    """Working days and days off of a year, with closures of a county."""
    year = request.GET.get("year", "")
    page = calendar_page.calendar_page(book(), int(year) if year.isascii() and year.isdigit() else clock.today().year)
    return render(request, "policy/calendar.html", {"p": page})


def _day(request: HttpRequest, name: str = "on") -> tuple[date, str, str]:
    """The day asked for, what was typed, and a sentence when it cannot be read (then today is shown)."""
    typed, today = request.GET.get(name, "").strip()[:40], clock.today()
    if not typed:
        return today, roc.roc_long(today), ""
    try:
        found = roc.parse_date(typed).exact
    except BadInput as error:
        return today, typed, _(str(error))
    if found is None:
        return today, typed, _("這裡要完整的年月日，例如115年11月24日。")
    return found, roc.roc_long(found), ""


def _county(request: HttpRequest, rules: Rulebook) -> str:
    asked = request.GET.get("county")
    known = {code for code, _name in index_page.counties(rules)}
    if asked is None:
        return request.viewer.county if request.viewer.county in known else ""
    return asked if asked in known else ""


def _asked(rules: Rulebook, day: date, typed: str, fault: str, county: str) -> dict[str, Any]:
    return {
        "on": day,
        "typed": typed,
        "fault": fault,
        "county": county,
        "county_name": rule_page.county_name(county or None),
        "counties": index_page.counties(rules),
    }


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
