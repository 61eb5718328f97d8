"""What forms offer, and to which record a matter belongs."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from anwang.access.steering import standing
from anwang.access.viewer import Viewer
from anwang.deployment.models import PostsRequest
from anwang.deployment.queries import ministry_units as ministry_units
from anwang.deployment.standing import BUREAUX
from anwang.directory.models import Unit
from anwang.directory.queries import Called
from anwang.directory.states import UnitKind
from anwang.foundation import clock
from anwang.foundation.errors import NotFound, Refused
from anwang.matters.models import Matter
from anwang.steering import rules
from anwang.steering.models import Assessment, Measure, Part, Plan, Promise, Question

from .questions import visible


def county_units(viewer: Viewer) -> list[tuple[UUID, str, str]]:
    """(unit, name, county) of every county's bureaux that can be asked for a plan, by code."""
    found = Unit.objects.filter(kind__in=BUREAUX, is_public=True, closed_on=None).order_by("jurisdiction_id", "code")
    return list(found.values_list("id", Called(), "jurisdiction_id"))


def units_at_hand(viewer: Viewer) -> list[tuple[UUID, str]]:
    """Units that can be given a measure: bureaux of one's own county; for the ministry all bureaux and its own."""
    who = standing(viewer)
    own = Q(kind__in=BUREAUX) if who.is_ministry else Q(kind__in=BUREAUX, jurisdiction_id=who.county or "-")
    within = own | Q(kind=UnitKind.MINISTRY) if who.is_ministry else own
    found = Unit.objects.filter(within, is_public=True, closed_on=None).order_by("jurisdiction_id", "code")
    return list(found.values_list("id", Called()))


def earlier_questions(viewer: Viewer, question_id: UUID) -> list[tuple[UUID, str]]:
    """Older questions that the viewer may see, newest first: to say that it was asked before. For the county that
    asked, and the ministry; raises NotFound or Refused for others."""
    who = standing(viewer)
    one = Question.objects.filter(visible(who), id=question_id).values_list("at", "county_id").first()
    if one is None:
        raise NotFound(_("查無這件提問。"))
    if not (who.is_ministry or who.county == one[1]):
        raise Refused(_("由提問的縣市或中央連結。"))
    found = Question.objects.filter(visible(who), at__lt=one[0]).exclude(id=question_id).order_by("-at")
    return [
        (id_, f"{county}　{title}") for id_, county, title in found.values_list("id", Called("county"), "title")[:200]
    ]


def thresholds(viewer: Viewer, lang: str = "zh") -> list[tuple[str, str]]:
    """(code, label with its line) of what a plan can be asked for."""
    words = _("%(label)s，門檻%(below)d%%")
    return [
        (one.code, words % {"label": one.label.to(lang), "below": one.below}) for one in rules.thresholds(clock.today())
    ]


def place_of(viewer: Viewer, number: str) -> tuple[str, UUID]:
    """(question, loophole, plan, assessment or posts, its id) of a matter of this kind; raises NotFound."""
    found = Matter.objects.filter(number=number, kind="steering").values_list("id", "sort").first()
    if found is not None:
        matter, sort = found
        if sort == "posts" and PostsRequest.objects.filter(id=matter).exists():
            return "posts", matter
        for kind, records, key in (
            ("question", Part.objects.filter(task_id=matter), "question_id"),
            ("question", Promise.objects.filter(task_id=matter), "part__question_id"),
            ("loophole", Measure.objects.filter(task_id=matter), "loophole_id"),
            ("plan", Plan.objects.filter(task_id=matter), "id"),
            ("assessment", Assessment.objects.filter(task_id=matter), "id"),
        ):
            if (id_ := records.values_list(key, flat=True).first()) is not None:
                return kind, id_
    raise NotFound(_("查無這件事項。"))
