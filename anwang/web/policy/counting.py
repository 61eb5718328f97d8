"""How a deadline is counted, line by line, and the sum of one person's deadline."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from anwang.foundation import clock, roc
from anwang.foundation.days import Length
from anwang.rulebook import Rulebook, Version
from anwang.rulebook.clocks import parse_instant
from anwang.rulebook.duties import Duty
from anwang.web.shell import words

from . import wording


@dataclass(frozen=True, slots=True)
class Step:
    """One line of how it is counted."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Term:
    """One part of a sum: `op` stands before it."""

    op: str
    big: str
    small: str


def steps(book: Rulebook, version: Version[Any]) -> tuple[Step, ...]:
    """What starts a duty, how it is counted, who owes it, what ends it."""
    return (*_begins(book, version), *_counts(book, version.content), *_ends(book, version))


def _begins(book: Rulebook, version: Version[Any]) -> list[Step]:
    duty: Duty = version.content
    found = []
    if duty.starts_when:
        found.append(Step(_("什麼事會開始"), wording.events(book, duty.starts_when) + _("。")))
    tests = {**version.body.get("only_known", {}), **version.body.get("only_if", {})}
    barred = {name: wording.spoken(raw) for name, raw in version.body.get("unless", {}).items()}
    if len(barred) == 1 and (said := wording.turned(barred)):
        tests, barred = {**tests, **said}, {}
    if tests:
        found.append(Step(_("只在"), wording.conditions(book, tests) + _("。")))
    if barred:
        found.append(Step(_("不在"), wording.conditions(book, barred) + _("。")))
    return found


def _counts(book: Rulebook, duty: Duty) -> list[Step]:
    length, label = Length.parse(duty.within), book.contents.instants.get(duty.counted_from)
    start = label.to(words.lang()) if label else duty.counted_from
    found = [Step(_("從哪一刻起算"), _("從%(what)s那一刻，不是登打的時候。") % {"what": start})]
    if length.is_exact:
        found.append(Step(_("假日"), _("以時計，日夜假日都照算。")))
    else:
        if duty.backwards:
            found.append(Step(_("往前算還是往後算"), _("往前算，最晚在那天以前辦完。")))
        else:
            first = _("不算，隔天是第1日。") if duty.first_day == "excluded" else _("算，當天就是第1日。")
            found.append(Step(_("第一天算不算"), first))
        found.append(Step(_("最後一天遇到假日"), str(wording.ROLLS.get(duty.roll, duty.roll))))
    if duty.pauses:
        found.append(Step(_("會不會暫停"), _("會，扣除依法不計的時間。")))
    return [*found, Step(_("誰負責"), str(wording.OWNERS[duty.owed_by]))]


def _ends(book: Rulebook, version: Version[Any]) -> list[Step]:
    duty: Duty = version.content
    found = []
    if duty.done_by:
        when = wording.conditions(book, version.body.get("done_only_if") or {})
        done = wording.events(book, sorted(duty.done_by))
        whole = _("%(done)s（%(when)s）。") % {"done": done, "when": when} if when else done + _("。")
        found.append(Step(_("什麼算完成"), whole))
    if duty.void_when:
        found.append(Step(_("什麼時候不用做了"), wording.events(book, sorted(duty.void_when)) + _("。")))
    return found


def terms(book: Rulebook, version: Version[Any], inputs: dict[str, Any], due_at: datetime) -> tuple[Term, ...]:
    """Start ＋ length ＝ due, for facts kept with a duty. Empty when its start is not among them."""
    duty: Duty = version.content
    name = duty.counted_from if inputs.get(duty.counted_from) else "at"
    if not inputs.get(name):
        return ()
    start, length, lang = parse_instant(str(inputs[name])), Length.parse(duty.within), words.lang()
    label = book.contents.instants.get(name)
    what = label.to(lang) if label else ""
    begun = f"{clock.local(start):%H:%M}{' ' if lang == 'en' else ''}{what}"
    how = _("一刻不停") if length.is_exact else _("工作天") if length.unit == "working_days" else _("曆日，假日照算")
    end = clock.local(due_at)
    at_midnight = not length.is_exact and end.hour == end.minute == 0
    day = end.date() - timedelta(days=1) if at_midnight else end.date()
    time = "24:00" if at_midnight else f"{end:%H:%M}"
    return (
        Term("", roc.roc_date(clock.local(start).date(), clock.today(), lang), begun),
        Term("－" if duty.backwards else "＋", length.words(lang), how),
        Term("＝", roc.roc_date(day, clock.today(), lang), _("%(time)s前") % {"time": time}),
    )
