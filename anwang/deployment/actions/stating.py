"""Figures as their sources state them: one by one, or a re-tabulated table at once."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.deployment import policies, rules
from anwang.deployment.models import Figure
from anwang.deployment.states import REACH_TRANSITIONS, Reach, Says
from anwang.directory.models import Jurisdiction
from anwang.foundation import clock, roc
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.foundation.uuid7 import uuid7

COLUMNS = {
    "縣市": "county", "種類": "kind", "年度": "year", "數字別": "says", "數字": "number", "來源": "source",
    "來源日期": "source_on",
}  # fmt: skip
UNKNOWN = {"", "未定", "不詳", "-"}
KEY = ("county_id", "kind", "year", "says", "source", "source_on")
"""One document states one number for these."""
MOST = 9999
MOST_LINES = 3000
LEAST_ROC, MOST_ROC = 79, 289
"""Years of the republic; larger numbers are read as years of our era."""


@dataclass(frozen=True, kw_only=True)
class FigureGiven:
    """What a source states. `number` is None where it says that it is not settled."""

    county: str
    kind: str
    year: int
    says: str
    number: int | None
    source: str
    source_on: date


@dataclass(frozen=True)
class Imported:
    """How many lines were new, and how many stood there already."""

    new: int
    already: int


@transaction.atomic
def state_figure(*, given: FigureGiven, reach: str, by: Viewer, at: datetime) -> Figure:
    """One figure with its source. A county keeps it as a draft or sends it; the ministry may publish it."""
    policies.may_state(by, given.county).enforce()
    if not Jurisdiction.objects.filter(code=given.county).exists():
        raise BadInput(_("請選縣市。"), field="county")
    _check(given, at)
    _check_reach(by, reach)
    if _same(given).exists():
        raise Conflict(_("這個來源這一年的數字已經登了。有錯請先撤回再登。"))
    figure = _figure(given, reach, by, at)
    try:
        with transaction.atomic():
            figure.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict(_("這個來源這一年的數字剛剛有人登了。")) from error
    record("figure.stated", by=by, at=at, subject_id=figure.id, kind=given.kind, year=given.year, says=given.says)
    return figure


@transaction.atomic
def import_table(*, text: str, reach: str, by: Viewer, at: datetime) -> Imported:
    """A re-tabulated table (CSV with the headings of `COLUMNS`). All of it or nothing; what is there already stays."""
    _check_reach(by, reach)
    names = {name: code for code, name in Jurisdiction.objects.values_list("code", "name")}
    found, faults = [], []
    for place, line in _lines(text):
        try:
            given = _read(line, names, at)
            _check(given, at)
        except BadInput as error:
            faults.append(_("第%(place)d行：%(fault)s") % {"place": place, "fault": error})
        else:
            found.append(given)
    if faults:
        raise BadInput("\n".join(faults[:20]), field="table")
    for county in sorted({given.county for given in found}):
        policies.may_state(by, county).enforce()
    new = _new(found)
    Figure.objects.bulk_create([_figure(given, reach, by, at) for given in new])
    record("figures.imported", by=by, at=at, new=len(new), already=len(found) - len(new))
    return Imported(len(new), len(found) - len(new))


@transaction.atomic
def move_figure(*, figure_id: UUID, to: str, by: Viewer, at: datetime) -> None:
    """Send a draft to the ministry, or publish it."""
    figure = _live(figure_id)
    policies.may_move(by, figure).enforce()
    if to == Reach.PUBLISHED:
        policies.may_publish(by).enforce()
    if to not in REACH_TRANSITIONS.get(Reach(figure.reach), set()):
        raise Conflict(_("這筆數字剛剛有人處理了，請看最新狀態。"))
    Figure.objects.filter(id=figure.id).update(reach=to)
    record("figure.moved", by=by, at=at, subject_id=figure.id, to=to)


@transaction.atomic
def withdraw_figure(*, figure_id: UUID, because: str, by: Viewer, at: datetime) -> None:
    """A wrong figure stays to be seen by nobody but the record; the reason is kept."""
    figure = _live(figure_id)
    policies.may_move(by, figure).enforce()
    if not because.strip():
        raise BadInput(_("請寫為什麼撤回。"), field="because")
    Figure.objects.filter(id=figure.id).update(withdrawn_at=at, withdrawn_because=because.strip())
    record("figure.withdrawn", by=by, at=at, subject_id=figure.id)


def _new(found: list[FigureGiven]) -> list[FigureGiven]:
    """Those that do not stand there yet; raises BadInput where one document would state two numbers."""
    counties, kinds = {given.county for given in found}, {given.kind for given in found}
    live = Figure.objects.filter(county_id__in=counties, kind__in=kinds, withdrawn_at=None)
    stated = {tuple(row[:6]): row[6] for row in live.values_list(*KEY, "number")}
    new: dict[tuple[object, ...], FigureGiven] = {}
    for given in found:
        key = (given.county, given.kind, given.year, given.says, given.source.strip(), given.source_on)
        if key in stated and stated[key] != given.number:
            raise BadInput(_("%(source)s已經登成別的值，請先撤回。") % {"source": given.source}, field="table")
        if key in new and new[key].number != given.number:
            raise BadInput(_("同一來源同一年有兩個數字。請分清楚是哪一份文件。"), field="table")
        if key not in stated:
            new[key] = given
    return list(new.values())


def _live(figure_id: UUID) -> Figure:
    found = Figure.objects.select_for_update(of=("self",)).filter(id=figure_id, withdrawn_at=None).first()
    if found is None:
        raise NotFound(_("查無這筆數字，可能已經撤回。"))
    return found


def _check(given: FigureGiven, at: datetime) -> None:
    on = clock.local(at).date()
    if rules.kind(given.kind, on) is None:
        raise BadInput(_("請選布建的種類。"), field="kind")
    if given.says not in Says.values:
        raise BadInput(_("請選目標、實際或預估。"), field="says")
    if not given.source.strip():
        raise BadInput(_("請寫來源文件，例如函號或計畫名稱。"), field="source")
    if given.source_on > on:
        raise BadInput(_("來源日期不能晚於今天。"), field="source_on")
    if given.says == Says.ACTUAL and given.year > on.year:
        raise BadInput(_("這一年還沒到，不會有實際數。請改選預估。"), field="says")


def _check_reach(by: Viewer, reach: str) -> None:
    if reach == Reach.PUBLISHED:
        policies.may_publish(by).enforce()
    elif reach not in (Reach.DRAFT, Reach.SENT):
        raise BadInput(_("請選先存草稿或送中央。"), field="reach")


def _same(given: FigureGiven):  # type: ignore[no-untyped-def]  # a query set
    return Figure.objects.filter(
        county_id=given.county, kind=given.kind, year=given.year, says=given.says, source=given.source.strip(),
        source_on=given.source_on, withdrawn_at=None,
    )  # fmt: skip


def _figure(given: FigureGiven, reach: str, by: Viewer, at: datetime) -> Figure:
    return Figure(
        id=uuid7(), county_id=given.county, kind=given.kind, year=given.year, says=given.says, number=given.number,
        source=given.source.strip(), source_on=given.source_on, unit_id=by.unit_id, reach=reach, by=by.worker_id, at=at,
    )  # fmt: skip


def _lines(text: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    """(line number, column → text); the headings are those of `COLUMNS`, in any order."""
    rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))
    heads = [unicodedata.normalize("NFKC", cell).strip() for cell in rows[0]] if rows else []
    if missing := [name for name in COLUMNS if name not in heads]:
        raise BadInput(_("第一行要有這些欄位：%(missing)s。") % {"missing": "、".join(missing)}, field="table")
    if len(rows) > MOST_LINES:
        raise BadInput(_("一次最多%(most)d行，請分批匯入。") % {"most": MOST_LINES}, field="table")
    for place, row in enumerate(rows[1:], start=2):
        cells = dict(zip(heads, (cell.strip() for cell in row), strict=False))
        if any(cells.values()):
            yield place, {COLUMNS[name]: cells.get(name, "") for name in COLUMNS}


def _read(line: Mapping[str, str], counties: Mapping[str, str], at: datetime) -> FigureGiven:
    kinds = {one.label.zh: one.code for one in rules.kinds(clock.local(at).date())}
    says = {str(one.label): one.value for one in Says}
    if line["county"] not in counties:
        raise BadInput(_("沒有「%(county)s」這個縣市。") % {"county": line["county"]})
    if line["kind"] not in kinds:
        raise BadInput(_("沒有「%(kind)s」這個種類。") % {"kind": line["kind"]})
    return FigureGiven(
        county=counties[line["county"]], kind=kinds[line["kind"]], year=_year(line["year"]),
        says=says.get(line["says"], ""), number=_number(line["number"]), source=line["source"],
        source_on=_day(line["source_on"]),
    )  # fmt: skip


def _year(text: str) -> int:
    text = unicodedata.normalize("NFKC", text).removesuffix("年度").removesuffix("年")
    if text.isascii() and text.isdigit() and len(text) <= 4:
        year = int(text)
        if LEAST_ROC <= year <= MOST_ROC:
            return year + 1911
        if LEAST_ROC + 1911 <= year <= MOST_ROC + 1911:
            return year
    raise BadInput(_("年度要像115。"), field="year")


def _number(text: str) -> int | None:
    text = unicodedata.normalize("NFKC", text).replace(",", "")
    if text in UNKNOWN:
        return None
    if text.isascii() and text.isdigit() and int(text) <= MOST:
        return int(text)
    raise BadInput(_("數字要是整數；來源沒定請寫未定。"), field="number")


def _day(text: str) -> date:
    found = roc.parse_date(text)
    if found.exact is None:
        raise BadInput(_("來源日期要有年月日。"), field="source_on")
    return found.exact
