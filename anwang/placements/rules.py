"""What the supply of places asks the rulebook, and whether a place suits somebody. No literal of law here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from anwang.cases.rules import code, codes
from anwang.cases.words import label
from anwang.placements.models import Provider
from anwang.placements.states import Takes

KIND, SUITED, CLOSED, MOVED, OVER, WAIT_ENDED = (
    "placement.kind", "place.suited", "place.closed_because", "place.moved_because", "place.over_because",
    "place.wait_ended",
)  # fmt: skip
__all__ = ["CLOSED", "KIND", "MOVED", "OVER", "SUITED", "WAIT_ENDED", "Needed", "against", "code", "codes"]


@dataclass(frozen=True)
class Needed:
    """Who needs a place. An age not known holds nothing against a place: people ask."""

    kind: str = ""
    needs: Sequence[str] = ()
    age: int | None = None
    sex: str = "unknown"


def age_on(born_latest: date | None, on: date) -> int | None:
    """Whole years, the youngest somebody may be; None where no birth is known."""
    if born_latest is None:
        return None
    return max(0, on.year - born_latest.year - ((on.month, on.day) < (born_latest.month, born_latest.day)))


def against(provider: Provider, needed: Needed) -> tuple[str, ...]:
    """What speaks against a place, in words; empty when it suits. Advice, never a refusal."""
    said = []
    if needed.kind and provider.kind != needed.kind:
        said.append(_("類型不同"))
    if needed.age is not None and not provider.age_from <= needed.age <= (provider.age_to or needed.age):
        said.append(_("年齡不合"))
    if (provider.takes, needed.sex) in ((Takes.FEMALE, "male"), (Takes.MALE, "female")):
        said.append(str(Takes(provider.takes).label))
    missing = [one for one in needed.needs if one not in provider.suited]
    said += [_("不適合：%(need)s") % {"need": label(SUITED, one)} for one in missing]
    return tuple(said)
