"""One emergency with its escort form, and to whom its follow-up can be handed."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import reading
from anwang.care import rules, words
from anwang.care.models import Emergency, Escort
from anwang.care.states import HEALTH_UNITS, Danger, YesNoUnknown
from anwang.directory.models import Jurisdiction, Unit
from anwang.directory.states import CENTRE
from anwang.foundation import clock
from anwang.foundation.errors import NotFound
from anwang.matters.models import Offer
from anwang.matters.states import OfferState
from anwang.people.words import name_words


@dataclass(frozen=True)
class EscortLine:
    """The form as filled in, label and value; the newest counts."""

    at: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class EmergencyPage:
    """An emergency for its page."""

    id: UUID
    matter_id: UUID
    number: str
    person: str
    county: str
    found_by: str
    place: str
    what: str
    danger: str
    received: str
    known: str
    known_at: str
    on_scene: str
    done: str
    done_at: str
    is_settled: bool
    was_escorted: bool
    registered: str
    is_elsewhere: bool
    told: str
    told_how: str
    followed: str
    followed_by: str
    offered: str
    """To which unit the follow-up was offered, while it has not answered."""
    escorts: tuple[EscortLine, ...]


def emergency_page(viewer: Viewer, emergency_id: UUID) -> EmergencyPage:
    """One emergency. NotFound alike when there is none and when the viewer does not read its case. A reading."""
    found = Emergency.objects.select_related("matter", "person", "county", "registered").filter(id=emergency_id).first()
    if found is None:
        raise NotFound(_("查無這件緊急處置。"))
    reading("care.emergency", by=viewer, file_id=found.matter_id, zone="case")
    on = clock.local(found.received_at).date()
    pending = Offer.objects.select_related("to_unit").filter(
        matter_id=found.matter_id, kind="transfer", state=OfferState.PENDING
    )
    asked = pending.first()
    return EmergencyPage(
        id=found.id, matter_id=found.matter_id, number=found.matter.number,
        person=name_words(found.person.name, found.person.name_kind), county=found.county.called,
        found_by=words.label(rules.FOUND_BY, found.found_by, on), place=found.place, what=found.what,
        danger=str(Danger(found.danger).label), received=words.instant(found.received_at),
        known=words.label(rules.KNOWN, found.known, on), known_at=words.instant(found.known_at),
        on_scene=words.label(rules.ON_SCENE, found.on_scene, on), done=words.label(rules.DONE, found.done, on),
        done_at=words.instant(found.done_at), is_settled=found.done_at is not None,
        was_escorted=rules.mark(rules.DONE, found.done, "escorted", on) == "yes",
        registered=found.registered.called if found.registered else "",
        is_elsewhere=bool(found.registered_id and found.registered_id != found.county_id),
        told=words.instant(found.told_at), told_how=found.told_how, followed=words.instant(found.followed_at),
        followed_by=found.followed_by, offered=asked.to_unit.called if asked else "",
        escorts=tuple(_escort(one) for one in Escort.objects.filter(emergency=found).order_by("-recorded_at")),
    )  # fmt: skip


def _escort(one: Escort) -> EscortLine:
    def yes_no(value: str) -> str:
        return str(YesNoUnknown(value).label)

    rows = (
        (_("送到"), one.hospital), (_("護送的人"), one.escorted_by), (_("出發"), words.instant(one.left_at)),
        (_("到院"), words.instant(one.arrived_at)), (_("醫院接手的人"), one.received_by),
        (_("當時情形"), one.condition),
        (_("用了約束"), " ".join(filter(None, (yes_no(one.restrained), one.restraint_words)))),
        (_("檢查身體或物品"), " ".join(filter(None, (yes_no(one.searched), one.belongings)))),
        (_("受傷"), yes_no(one.injured)), (_("告知本人理由"), yes_no(one.told_why)),
        (_("通知家屬或保護人"), yes_no(one.family_told)),
    )  # fmt: skip
    return EscortLine(words.instant(one.at), rows)


def counties(viewer: Viewer) -> list[tuple[str, str]]:
    """Every county, for where somebody is registered."""
    return [(one.code, one.called) for one in Jurisdiction.objects.exclude(code=CENTRE).order_by("code")]


def health_units_of(viewer: Viewer, emergency_id: UUID) -> list[tuple[str, str]]:
    """Health units of the county of registration, to which the follow-up can be handed."""
    found = Emergency.objects.filter(id=emergency_id).first()
    if found is None or not found.registered_id:
        return []
    units = Unit.objects.filter(
        jurisdiction_id=found.registered_id, kind__in=HEALTH_UNITS, closed_on=None, is_public=True
    )
    return [(str(one.id), one.called) for one in units.order_by("-kind", "code")]
