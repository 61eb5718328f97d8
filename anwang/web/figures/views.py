"""Pages of the monthly count. The county is the viewer's own, or another one his posts open (`?county=`)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.encoding import escape_uri_path
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from anwang.foundation import areas, clock
from anwang.foundation.errors import NotFound
from anwang.indicators import actions, policies, queries, tables
from anwang.indicators import ods as spreadsheet
from anwang.indicators.definitions import definitions
from anwang.indicators.months import Month
from anwang.web.shell import words

_SHOWN = 13
DIMENSIONS = ("kind", "source", "township")
"""Ways to break a month down that may stand in an address."""


def index(request: HttpRequest) -> HttpResponse:
    """The last thirteen months: received, opened, in case."""
    viewer, county = request.viewer, _asked(request)
    policies.may_see_figures(viewer, county).enforce()
    of, months = Month.of(clock.today()), []
    for _n in range(_SHOWN):
        months.append((str(of), of.words(words.lang())))
        of = of.previous
    now = queries.month(viewer, county, Month.of(clock.today()))
    context = {
        "months": months, "county": _county(county), "counties": _counties(request, county),
        "at": _at(request), "in_case": now.total("in_case").items,
        "received": now.total("received").items,
    }  # fmt: skip
    return render(request, "figures/index.html", context)


def month(request: HttpRequest, month: str) -> HttpResponse:
    """One month: every figure with its definition, then by kind, source, township, and reasons."""
    viewer, of, lang = request.viewer, Month.read(month), words.lang()
    county = _asked(request)
    policies.may_see_figures(viewer, county).enforce()
    counted = queries.month(viewer, county, of)
    names = queries.townships(viewer)
    may_drill, other = bool(policies.may_drill(viewer, county)), "" if county == viewer.county else county
    told = definitions(of.next.first)
    context = {
        "of": of, "name": of.words(lang), "county": _county(county), "counties": _counties(request, county),
        "at": _at(request),
        "previous": (str(of.previous), of.previous.words(lang)),
        "next": (str(of.next), of.next.words(lang)) if of.next <= Month.of(clock.today()) else None,
        "rows": [_row(row, of, other, lang, may_drill) for row in tables.figure_rows(counted, lang)],
        "breakdowns": [_table(counted, by_, names, lang, may_drill, other) for by_ in DIMENSIONS],
        "reasons": [
            (label, count, _link(of, other, "not_opened", "reason", key) if may_drill and count.items else "")
            for key, label, count in tables.reasons(counted, lang)
        ],
        "form": tables.official_form(counted), "small": told["small_number"].definition.to(lang),
        "has_small": tables.has_small(counted), "in_case": counted.total("in_case").items, "may_drill": may_drill,
    }  # fmt: skip
    return render(request, "figures/month.html", context)


def ods(request: HttpRequest, month: str) -> HttpResponse:
    """The month as ODS."""
    viewer, of = request.viewer, Month.read(month)
    county = _asked(request)
    policies.may_see_figures(viewer, county).enforce()
    counted = queries.month(viewer, county, of)
    body = spreadsheet.workbook(counted, unit=viewer.unit_name, townships=queries.townships(viewer))
    name = escape_uri_path(f"統計-{county}-{of}.ods")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}", "Cache-Control": "no-store"}
    return HttpResponse(body, content_type="application/vnd.oasis.opendocument.spreadsheet", headers=headers)


def records(request: HttpRequest, month: str) -> HttpResponse:
    """The records behind one cell, for whoever may read them. Opening the list is a reading of each."""
    viewer, of = request.viewer, Month.read(month)
    figure, by_, key = (request.GET.get(name, "")[:40] for name in ("figure", "by", "key"))
    told = definitions(of.next.first)
    if figure not in queries.FIGURES or figure not in told or by_ not in ("", "reason", *DIMENSIONS):
        raise NotFound(_("沒有這一格。請從統計表選。"))
    found = actions.open_drill(county=_asked(request), of=of, figure=figure, by_=by_, key=key, by=viewer)
    context = {
        "of": of, "name": of.words(words.lang()), "title": told[figure].title.to(words.lang()), "records": found,
        "most": queries.SHOWN, "at": _at(request),
    }  # fmt: skip
    return render(request, "figures/records.html", context)


def _asked(request: HttpRequest) -> str:
    """The county asked for; the viewer's own where none is."""
    return request.GET.get("county", "")[:5] or request.viewer.county


def _at(request: HttpRequest) -> str:
    """The county as an address carries it on; empty for the viewer's own."""
    county = _asked(request)
    return "" if county == request.viewer.county else f"?{urlencode({'county': county})}"


def _counties(request: HttpRequest, county: str) -> list[tuple[str, str, bool]]:
    """(code, name, whether it is shown now) for choosing; empty for whoever sees one county only."""
    found = policies.counties(request.viewer)
    return [(code, _county(code), code == county) for code in found] if len(found) > 1 else []


def _county(code: str) -> str:
    found = areas.county_of(code)
    if found is None:
        return code
    return found.name_en if words.lang() == "en" else found.name


def _row(row: tables.FigureRow, of: Month, county: str, lang: str, may_drill: bool) -> dict[str, Any]:
    told = row.definition
    return {
        "title": row.title, "items": row.rate or row.count.items, "persons": "" if row.rate else row.count.persons,
        "has_persons": row.can_drill, "definition": told.definition.to(lang), "formula": told.formula.to(lang),
        "assumption": told.assumption.to(lang) if told.assumption else "",
        "cite": words.cited(told.cite.title.to(lang), told.cite.at) if told.cite else "",
        "is_static": told.period == "static",
        "href": _link(of, county, row.figure) if may_drill and row.can_drill and row.count.items else "",
    }  # fmt: skip


def _table(
    counted: queries.MonthCount, by_: str, names: dict[str, str], lang: str, may: bool, other: str
) -> dict[str, Any]:  # fmt: skip
    """A breakdown as two narrow tables: up to the dispatch, and from the opening on."""
    shown, told = tables.breakdown(counted, by_, lang, names), definitions(counted.month.next.first)
    titles = {"kind": _("依案類"), "source": _("依來源"), "township": _("依鄉鎮市區")}
    halves = []
    for part, title in ((slice(0, 3), _("從受理到派案")), (slice(3, None), _("從開案到結案"))):
        figures = shown.figures[part]
        rows = [
            (label, [
                (count, _link(counted.month, other, figure, by_, key) if may and count.items else "")
                for figure, count in zip(figures, counts[part], strict=True)
            ])
            for key, label, counts in shown.rows
        ]  # fmt: skip
        halves.append({"title": title, "heads": [told[one].title.to(lang) for one in figures], "rows": rows})
    return {"key": by_, "title": titles[by_], "halves": halves if shown.rows else []}


def _link(of: Month, county: str, figure: str, by_: str = "", key: str = "") -> str:
    asked = {"figure": figure, **({"county": county} if county else {}), **({"by": by_, "key": key} if by_ else {})}
    return f"{reverse('figures:records', args=[str(of)])}?{urlencode(asked)}"
