"""Contacts made on a report before its case existed count for the case too; nobody types them twice."""

from __future__ import annotations

from uuid import UUID

from anwang.access.viewer import Viewer
from anwang.cases.models import Contact, ContactSeen, ContactServes
from anwang.foundation import clock
from anwang.foundation.uuid7 import uuid7
from anwang.matters.models import Matter

from .served import Sight, Told, tell


def bring_contacts(matter: Matter, report_id: UUID, *, by: Viewer) -> None:
    """Let a new case have the contacts of its report, the oldest first. Internal to this room."""
    served = ContactServes.objects.filter(matter_id=report_id, opens=True).values("contact_id")
    for contact in Contact.objects.filter(id__in=served).order_by("started_at", "id"):
        sights = tuple(
            Sight(row.person_id, row.seen, row.not_seen_because, in_person=row.in_person)
            for row in ContactSeen.objects.filter(contact=contact)
        )
        ContactServes.objects.bulk_create(
            [ContactServes(id=uuid7(), contact=contact, matter=matter, recorded_at=clock.now())]
        )
        told = Told(contact.method, contact.outcome, contact.started_at, sights=sights)
        tell(matter, told, by=by)
