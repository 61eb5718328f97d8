"""What stands about one person, for a copy he asked for: his own, with everybody else masked.

Read with the rights of whoever writes the answer. Files in which the person stands as the other side are left out
whole. Hiding places never get onto paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from uuid import UUID

from anwang.access.models import Involvement
from anwang.access.queries import zones_of
from anwang.access.states import Circle, Zone
from anwang.access.viewer import Viewer
from anwang.cases import words
from anwang.cases.models import Case, Contact, ContactServes, ContactText
from anwang.intake.models import Report
from anwang.people import queries as people
from anwang.people import seals
from anwang.people.models import Address, ContactPoint, DisputedFact, Identifier, Person, SafetyAddress

MASK = "〇〇"
_LEAST = 2
_RUN = 6
"""So many letters of a hidden address in a row betray it."""

Rows = tuple[tuple[str, str], ...]


def of_person(viewer: Viewer, person_id: UUID) -> dict[str, Rows]:
    """Rows (label, text) by part. Raises NotFound for somebody the viewer does not read."""
    card = people.card(viewer, person_id)
    records = list(Person.objects.filter(identity_id=card.identity_id).values_list("id", flat=True))
    files = own_files(viewer, records)
    hide = masking(files, records)
    cases = list(Case.objects.filter(id__in=files).order_by("received_at"))
    reach = people.reach(viewer, card)
    where = () if reach.sealed else tuple((one.kind, one.text) for one in reach.addresses)
    return {
        "basics": (
            ("姓名", card.name), ("性別", card.sex), ("出生日", card.birth),
            *(("證號", number.words) for number in card.numbers), *_disputes(records),
        ),
        "reach": (*where, *((one.kind, one.value) for one in reach.contacts)) if not reach.sealed else (),
        "reports": tuple(
            (words.day(one.received_at), "接獲通報")
            for one in Report.objects.filter(id__in=files).order_by("received_at")
        ),
        "services": tuple(_services(files, hide)),
        "decisions": tuple(_decisions(cases)),
    }  # fmt: skip


def own_files(viewer: Viewer, records: Iterable[UUID]) -> list[UUID]:
    """Files in which he stands on no other side than the one they serve, as far as the viewer reads their content."""
    rows = list(Involvement.objects.filter(person_id__in=records).values_list("file_id", "circle"))
    against = {file_id for file_id, circle in rows if circle == Circle.OTHER}
    mine = sorted({file_id for file_id, _circle in rows} - against)
    return [one for one in mine if Zone.CASE in zones_of(viewer, one)]


class Masks:
    """Words of other people that a text must not show."""

    def __init__(self, secrets: Iterable[str], hidden: Iterable[str]) -> None:
        longest = sorted({one for one in secrets if len(one) >= _LEAST}, key=len, reverse=True)
        self._names = re.compile("|".join(map(re.escape, longest))) if longest else None
        self._hidden = [_plain(one) for one in hidden]

    def __call__(self, text: str) -> str:
        """The text with each replaced, all by the same letters."""
        shown = self._names.sub(MASK, text) if self._names else text
        lines = [MASK if self._betrays(line) else line for line in re.split(r"(?<=[。；\n])", shown)]
        return "".join(lines)

    def _betrays(self, line: str) -> bool:
        plain = _plain(line)
        return any(
            place[at : at + _RUN] in plain for place in self._hidden for at in range(max(len(place) - _RUN + 1, 1))
        )


def masking(files: Iterable[UUID], records: Iterable[UUID]) -> Masks:
    """Everybody else in these files, with his numbers and places; and every hiding place, the person's own too."""
    near = set(Involvement.objects.filter(file_id__in=files).values_list("person_id", flat=True))
    others = near - set(records)
    secrets: list[str] = []
    for name in Person.objects.filter(id__in=others).values_list("name", flat=True):
        secrets += [name, name[1:] if len(name) > _LEAST else ""]
    for value in ContactPoint.objects.filter(person_id__in=others).values_list("value", flat=True):
        secrets += [value, re.sub(r"\D", "", value)]
    secrets += Address.objects.filter(person_id__in=others, is_hidden=False).values_list("text", flat=True)
    for row in Identifier.objects.filter(person_id__in=others):
        secrets.append(seals.unseal(row.sealed_value, "identifier.value", row.id))
    hidden = [
        seals.unseal(row.sealed_text, "safety_address.text", row.id)
        for row in SafetyAddress.objects.filter(person_id__in=near)
    ]
    return Masks(secrets, hidden)


def _services(files: list[UUID], hide: Masks) -> Iterable[tuple[str, str]]:
    served = ContactServes.objects.filter(matter_id__in=files).values("contact_id")
    texts = dict(ContactText.objects.filter(contact_id__in=served).values_list("contact_id", "summary"))
    corrected = set(Contact.objects.filter(corrects_id__isnull=False).values_list("corrects_id", flat=True))
    for contact in Contact.objects.filter(id__in=served).order_by("started_at"):
        if contact.id not in corrected:
            said = (words.label("visit.method", contact.method), hide(texts.get(contact.id, "")))
            yield (words.instant(contact.started_at), "：".join(filter(None, said)))


def _decisions(cases: Iterable[Case]) -> Iterable[tuple[str, str]]:
    for case in cases:
        said = [f"開案{words.day(case.opened_on)}"] if case.opened_on else ["調查或評估中"]
        if case.closed_on:
            said.append(f"結案{words.day(case.closed_on)}")
        yield (words.label("case.kind", case.kind), "，".join(said))


def _disputes(records: Iterable[UUID]) -> Rows:
    rows = DisputedFact.objects.filter(person_id__in=records, until_at__isnull=True).order_by("since_at")
    return tuple((f"{row.get_fact_display()}有爭執", row.words) for row in rows)


def _plain(text: str) -> str:
    return re.sub(r"[\s,，、.．。()（）\-－之]+", "", text)
