"""What a form about one record says beside it: whom it is about, and how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.care import rules, words
from anwang.care.models import Departure, Measure, Reroute
from anwang.care.states import MeasureKind, RuleSet
from anwang.cases.models import CaseSubject
from anwang.foundation.errors import NotFound
from anwang.people.words import name_words


@dataclass(frozen=True)
class Named:
    """A record by whom it is about. What does not fit a kind is empty."""

    number: str
    people: str
    says: str = ""
    rules: str = ""
    service: str = ""
    because: str = ""
    words: str = ""
    to_unit_id: UUID | None = None


def reroute(viewer: Viewer, reroute_id: UUID) -> Named:
    """A request to re-route, for both sides."""
    found = Reroute.objects.select_related("matter").filter(id=reroute_id).first()
    if found is None:
        raise NotFound(_("查無這個改派請求。"))
    subjects = CaseSubject.objects.select_related("person").filter(matter_id=found.matter_id, person__isnull=False)
    names = "、".join(name_words(one.person.name, one.person.name_kind) for one in subjects if one.person)
    return Named(
        found.matter.number, names, service=words.service_words(found.service),
        because=words.label(rules.OVERRIDE, found.because), words=found.words, to_unit_id=found.to_unit_id,
    )  # fmt: skip


def measure(viewer: Viewer, measure_id: UUID) -> Named:
    """A compulsory measure."""
    found = Measure.objects.select_related("matter", "person").filter(id=measure_id).first()
    if found is None:
        raise NotFound(_("查無這項強制處置。"))
    kind, held = MeasureKind(found.kind).label, RuleSet(found.rule_set).label
    said = _("%(kind)s，到%(day)s") % {"kind": kind, "day": words.day(found.ends_on)}
    name = name_words(found.person.name, found.person.name_kind)
    return Named(found.matter.number, name, said, _("適用：%(rules)s") % {"rules": held})


def departure(viewer: Viewer, departure_id: UUID) -> Named:
    """A notice of leaving."""
    found = Departure.objects.select_related("matter", "person").filter(id=departure_id).first()
    if found is None:
        raise NotFound(_("查無這則離開的通知。"))
    said = f"{words.label(rules.LEAVING, found.from_what)}　{found.institution}　{words.instant(found.expected_at)}"
    return Named(found.matter.number, name_words(found.person.name, found.person.name_kind), said)
