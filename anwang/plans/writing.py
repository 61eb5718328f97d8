"""A plan's lines as they stand, and written out as running text for those who read no table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from anwang.access.states import Zone
from anwang.foundation import roc
from anwang.people.words import name_words
from anwang.plans import sealed
from anwang.plans.models import Line, Version
from anwang.plans.states import LineKind, Owner

_ORDER = list(LineKind.values)


def current(matter_id: UUID) -> list[Line]:
    """The newest wording of every line that still stands and that the viewer reads, in the order of a plan."""
    return kept(newest(matter_id))


def newest(matter_id: UUID) -> QuerySet[Line]:
    """The newest wording of every line that the viewer reads, withdrawn ones too."""
    found = Line.objects.filter(matter_id=matter_id).order_by("thread", "-id").distinct("thread")
    return found.select_related("about", "owner_person", "owner_worker", "owner_unit")


def kept(lines: Iterable[Line]) -> list[Line]:
    """Of the newest wordings those that still stand, in the order of a plan."""
    return _in_order(line for line in lines if line.is_kept)


def lines_of(version: Version) -> list[Line]:
    """The lines that stood in a version, as far as the viewer reads them."""
    found = Line.objects.filter(id__in=version.lines)
    return _in_order(found.select_related("about", "owner_person", "owner_worker", "owner_unit"))


def _in_order(lines: Iterable[Line]) -> list[Line]:
    """Kind by kind, actions under their goals, each in the order in which it was first written."""
    return sorted(lines, key=lambda one: (_ORDER.index(one.kind), str(one.under or ""), str(one.thread)))


def text_of(line: Line) -> str:
    return sealed.opened(line.text, "line.text", line.id)


def owner_of(line: Line) -> str:
    """Who does it, by name."""
    if line.owner == Owner.FAMILY and line.owner_person is not None:
        return name_words(line.owner_person.name, line.owner_person.name_kind)
    if line.owner == Owner.WORKER and line.owner_worker is not None:
        return str(line.owner_worker.called)
    if line.owner == Owner.UNIT and line.owner_unit is not None:
        return str(line.owner_unit.called)
    return line.owner_name


def about(line: Line) -> str:
    return name_words(line.about.name, line.about.name_kind) if line.about else ""


@translation.override("zh-hant")
def as_text(version: Version, lines: Sequence[Line]) -> str:
    """The version as running text, without what lies in the special zone: partners read it in the case zone."""
    said = [version.summary] if version.summary else []
    for kind in LineKind:
        mine = [line for line in lines if line.kind == kind and line.zone != Zone.SPECIAL]
        said += [f"【{kind.label}】", *map(_sentence, mine)] if mine else []
    said.append(_("下次檢視：%(day)s") % {"day": roc.roc_long(version.review_on)})
    return "\n".join(said)


@translation.override("zh-hant")
def four_parts(version: Version, lines: Sequence[Line]) -> dict[str, str]:
    """The same in the four parts of a report: the facts, the needs, the goals, the plan. Raises nothing: an empty part
    is refused by whoever takes the report.
    """
    wanted = {
        "facts": (LineKind.WORDS, LineKind.STRENGTH), "needs": (LineKind.NEED,), "goals": (LineKind.GOAL,),
        "plan": (LineKind.ACTION,),
    }  # fmt: skip
    parts = {
        part: "\n".join(_sentence(line) for line in lines if line.kind in kinds and line.zone != Zone.SPECIAL)
        for part, kinds in wanted.items()
    }
    parts["facts"] = "\n".join(filter(None, (version.summary, parts["facts"])))
    parts["plan"] += "\n" + _("下次檢視：%(day)s") % {"day": roc.roc_long(version.review_on)} if parts["plan"] else ""
    return parts


def _sentence(line: Line) -> str:
    head = "：".join(filter(None, (owner_of(line) or about(line),)))
    due = f"（{roc.roc_long(line.due_on)}前）" if line.due_on else ""
    return f"・{head}{'：' if head else ''}{text_of(line)}{due}"
