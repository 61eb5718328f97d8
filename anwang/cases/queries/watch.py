"""What changed, what was refused, whom no criteria fit: lines for the pages of a case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from anwang.access.at_once import read
from anwang.access.viewer import Viewer
from anwang.cases import rules, words
from anwang.cases.models import (
    Effort,
    NotedChange,
    Reassessment,
    Refusal,
    RefusalStep,
    Unfitted,
    UnfittedLook,
)
from anwang.cases.states import Meaning, UnfittedLookAt
from anwang.directory.models import Worker
from anwang.foundation import clock
from anwang.people.models import Person
from anwang.people.words import name_words

CHANGES, STEPS = "change.kind", "refusal.step"


@dataclass(frozen=True)
class ChangeLine:
    """One change: what, since when, by whom; a reminder from the other side says no more than what."""

    kind: str
    happened: str
    words: str
    by: str
    is_reminder: bool


@dataclass(frozen=True)
class ReassessedLine:
    meaning: str
    words: str
    when: str
    by: str


@dataclass(frozen=True)
class StepLine:
    step: str
    words: str
    when: str
    by: str


@dataclass(frozen=True)
class RefusalLine:
    """One refusal with the rule that answered: its sentence, its article, what is to be done, what was done."""

    id: UUID
    name: str
    when: str
    words: str
    by: str
    outcome: str
    outcome_text: str
    why: str
    asks: tuple[str, ...]
    done: tuple[StepLine, ...]


@dataclass(frozen=True)
class EffortLine:
    when: str
    name: str
    method: str
    refused: bool
    words: str
    by: str


@dataclass(frozen=True)
class UnfittedLine:
    """Somebody no criteria fit: since when, why, who said 'not ours', his carer, what was looked at, how it ended."""

    id: UUID
    name: str
    why: str
    not_ours: str
    carer: str
    since: str
    looks: tuple[StepLine, ...]
    ended: str
    ended_words: str
    is_over: bool


def changes(viewer: Viewer, case_id: UUID) -> tuple[tuple[ChangeLine, ...], tuple[ReassessedLine, ...]]:
    """The changes noted in a case and what they were said to mean, the newest first, as far as the viewer reads it."""
    noted = list(NotedChange.objects.filter(matter_id=case_id).order_by("-happened_at", "-recorded_at"))
    said = list(Reassessment.objects.filter(matter_id=case_id).order_by("-at"))
    by = _workers([*(one.by for one in noted), *(one.by for one in said)])
    return (
        tuple(
            ChangeLine(words.label(CHANGES, one.kind), words.instant(one.happened_at), one.words, by.get(one.by, ""),
                       one.is_reminder)
            for one in noted
        ),
        tuple(
            ReassessedLine(str(Meaning(one.meaning).label), one.words, words.instant(one.at), by.get(one.by, ""))
            for one in said
        ),
    )  # fmt: skip


def refusals(viewer: Viewer, case_id: UUID) -> tuple[tuple[RefusalLine, ...], tuple[EffortLine, ...]]:
    """The refusals of a case and the log of what was tried, the newest first."""
    said, stepped = Refusal.objects.filter(matter_id=case_id), RefusalStep.objects.filter(matter_id=case_id)
    tried = Effort.objects.filter(matter_id=case_id)
    wrote = [Q(id__in=one.values("by")) for one in (said, stepped, tried)]
    about = [Q(id__in=one.values("person")) for one in (said, tried)]
    rows, steps, efforts, workers, people = read(
        said.order_by("-at", "-recorded_at"), stepped.order_by("at"), tried.order_by("-at", "-recorded_at"),
        Worker.objects.filter(reduce(or_, wrote)), Person.objects.filter(reduce(or_, about)),
    )  # fmt: skip
    by, names = _called(workers), _named(people)
    done: dict[UUID, list[StepLine]] = {}
    for step in steps:
        line = StepLine(words.label(STEPS, step.step), step.words, words.instant(step.at), by.get(step.by, ""))
        done.setdefault(step.refusal_id, []).append(line)
    return (
        tuple(_refusal(one, names, by, tuple(done.get(one.id, ()))) for one in rows),
        tuple(
            EffortLine(words.instant(one.at), names.get(one.person_id, ""), words.label("visit.method", one.method),
                       one.refused, one.words, by.get(one.by, ""))
            for one in efforts
        ),
    )  # fmt: skip


def unfitted(viewer: Viewer, case_id: UUID) -> tuple[UnfittedLine, ...]:
    """People of a case no criteria fit, those still open first."""
    rows = list(Unfitted.objects.filter(matter_id=case_id).order_by("ended_at", "begun_at"))
    looks = list(UnfittedLook.objects.filter(matter_id=case_id).order_by("-at"))
    by = _workers([one.by for one in looks])
    names = _names([id_ for one in rows for id_ in (one.person_id, one.carer_id)])
    return tuple(
        UnfittedLine(
            one.id, names.get(one.person_id, _("保密")), words.label("unfitted.why", one.why), one.not_ours,
            names.get(one.carer_id, "") or _carer(one.has_carer), words.instant(one.begun_at),
            tuple(
                StepLine(str(UnfittedLookAt(look.what).label), look.words, words.instant(look.at), by.get(look.by, ""))
                for look in looks if look.unfitted_id == one.id
            ),
            words.label("unfitted.ended", one.ended_how), one.ended_words, one.ended_at is not None,
        )
        for one in rows
    )  # fmt: skip


def steps_for(viewer: Viewer, outcome: str) -> list[tuple[str, str]]:
    """What may be done after a refusal answered by this rule: code and words."""
    wanted = outcome or rules.NOT_YET
    lang = get_language() or "zh-hant"
    found = (one for one in rules.codes(STEPS) if wanted in one.marks.get("rules", ()))  # type: ignore[operator]
    return [(one.code, one.label.to(lang)) for one in found]


def _refusal(
    one: Refusal, names: dict[UUID | None, str], by: dict[UUID | None, str], done: tuple[StepLine, ...]
) -> RefusalLine:
    """What was known then, asked of the rule of that day again, so that it is said in the reader's language."""
    advice = rules.refusal(
        child=one.outcome == "goes_on_child", at_risk_youth=one.outcome == "goes_on_youth", can_decide=one.capacity,
        public_danger=one.public_danger, risk_assessed=one.risk_assessed,
        rights_told=one.rights_told and one.way_back_told, on=clock.local(one.at).date(),
    )  # fmt: skip
    lang = get_language() or "zh-hant"
    label = advice.labels[one.outcome].to(lang) if one.outcome else _("要先問清楚，由人判斷")
    return RefusalLine(
        one.id, names.get(one.person_id, "") or _("整個家庭"), words.instant(one.at), one.words, by.get(one.by, ""),
        one.outcome, label, next((text.to(lang) for text in advice.reasons), ""),
        tuple(ask.question.to(lang) for ask in advice.asks) if not one.outcome else (), done,
    )  # fmt: skip


def _carer(known: str) -> str:
    return {"yes": _("有照顧者"), "no": _("沒有照顧者")}.get(known, _("有沒有照顧者還不知道"))


def _workers(ids: Iterable[UUID | None]) -> dict[UUID | None, str]:
    return _called(Worker.objects.filter(id__in={id_ for id_ in ids if id_}))


def _names(ids: Iterable[UUID | None]) -> dict[UUID | None, str]:
    return _named(Person.objects.filter(id__in={id_ for id_ in ids if id_}))


def _called(workers: Iterable[Worker]) -> dict[UUID | None, str]:
    return {one.id: one.called for one in workers}


def _named(people: Iterable[Person]) -> dict[UUID | None, str]:
    return {one.id: name_words(one.name, one.name_kind) for one in people}
