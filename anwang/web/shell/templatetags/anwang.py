"""`{% load anwang %}`: dates, time left, typography, and the parts of the frame."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.template.context import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from anwang.access.states import Purpose
from anwang.foundation import clock
from anwang.foundation.roc import PartialDate
from anwang.web.shell import demo_cards, navigation, words

register = template.Library()
register.filter("keep", words.keep)
register.filter("clauses", words.clauses)


@register.filter
def roc(value: object) -> SafeString | str:
    """A date or an instant as people here write it, inside `<time datetime>`. ISO text is read; other text stays."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
        except ValueError:
            return value
    if isinstance(value, datetime):
        return format_html('<time class="n" datetime="{}">{}</time>', value.isoformat(), words.instant(value))
    if isinstance(value, PartialDate):
        return words.day(value)
    if isinstance(value, date):
        return format_html('<time class="n" datetime="{}">{}</time>', value.isoformat(), words.day(value))
    return "" if value is None else str(value)


@register.filter
def deadline(value: datetime) -> SafeString:
    """An instant by which something must be done: midnight is 24:00 of the day it ends."""
    shown = words.instant(value, deadline=True)
    return format_html('<time class="n" datetime="{}">{}</time>', value.isoformat(), shown)


@register.filter
def left(due: datetime) -> SafeString:
    """Time left as a state: words, shape and colour."""
    return state(words.left(due).words, words.left(due).state)


@register.filter
def state(text: object, kind: str) -> SafeString:
    """`{{ "住址保密"|state:"sealed" }}`: one of the signs explained on /symbols."""
    return format_html('<span class="state" data-is="{}">{}</span>', kind, text)


@register.filter
def options(codes: Iterable[tuple[str, object]]) -> SafeString:
    """Codes and their words as the options of a choice; a list that stands in every row is written once."""
    return _options(tuple((code, str(said)) for code, said in codes))


@lru_cache(maxsize=64)
def _options(codes: tuple[tuple[str, str], ...]) -> SafeString:
    return format_html_join("", '<option value="{}">{}</option>', codes)


@register.inclusion_tag("shell/parts/bar.html", takes_context=True)
def bar(context: Context) -> dict[str, Any]:
    """The head of every page: desks by role, search, who I am, language, log-out."""
    request, viewer = context.get("request"), _viewer(context)
    path = request.path if request else ""
    return {
        "entries": navigation.entries(viewer.role_names, context.get("here") or path) if viewer else [],
        "search": navigation.address("people:search") if viewer else None,
        "language_url": navigation.address("shell:language"),
        "logout": navigation.address("shell:logout"),
        "viewer": viewer,
        "here": request.get_full_path() if request and request.method == "GET" else "/",
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("shell/parts/demonstration.html")
def demonstration() -> dict[str, Any]:
    """The banner of the demonstration with its clock; nothing elsewhere."""
    return {"clock": words.long(clock.now()) if demo_cards.is_on() else ""}


@register.inclusion_tag("shell/parts/print_header.html", takes_context=True)
def print_header(context: Context) -> dict[str, Any]:
    """On paper only: classification, who printed, when, for what."""
    viewer = _viewer(context)
    return {"viewer": viewer, "clock": words.long(clock.now()), "purpose": _purpose(context, viewer)}


@register.inclusion_tag("shell/parts/watermark.html", takes_context=True)
def watermark(context: Context) -> dict[str, Any]:
    """Who reads under an emergency opening, and when: over the page and on paper. Nothing for everybody else."""
    viewer = _viewer(context)
    until = viewer.glass_until if viewer else None
    return {"viewer": viewer, "until": until, "now": words.long(clock.now()) if until else "", "times": range(24)}


@register.inclusion_tag("shell/parts/foot.html", takes_context=True)
def foot(context: Context) -> dict[str, Any]:
    """The foot of every page: the reading trace, the rules, the signs."""
    named = [(("policy:index",), _("規則查詢")), (("shell:symbols",), _("符號說明"))]
    if _viewer(context):
        mine = [(("cases:index",), _("個案")), (("cases:searches",), _("協尋")), (("cases:incident",), _("通知便箋"))]
        named = [*mine, (("steering:cards",), _("實務卡")), *named]
    links = [navigation.Entry(href, name) for urls, name in named if (href := navigation.address(*urls))]
    return {"links": links, "viewer": _viewer(context)}


def _viewer(context: Context) -> Any:  # access.viewer.Viewer, or None before log-in
    return getattr(context.get("request"), "viewer", None)


def _purpose(context: Context, viewer: Any) -> str:
    given = context.get("purpose")
    return str(given or (Purpose(viewer.purpose).label if viewer else ""))
