"""Whom a request to another authority is about: said once, when it is asked; the letter takes it from there."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.documents import circles, policies
from anwang.documents.models import AskedAbout
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.matters.models import Offer


@transaction.atomic
def name_asked(*, offer_id: UUID, people: Collection[UUID], by: Viewer) -> None:
    """Keep whom the request is about. Raises BadInput for nobody where the file has people, and for a stranger."""
    offer = Offer.objects.select_related("matter").filter(id=offer_id).first()
    if offer is None:
        raise NotFound(_("查無這個請求，可能剛剛已經回覆或撤回。"))
    policies.may_speak_of(by, offer.matter).enforce()
    standing = {key for key, _name, _side in circles.standing_in(offer.matter_id)}
    if (standing and not people) or not set(people) <= standing:
        raise BadInput(_("請勾選請對方訪視哪幾位。"), field="people")
    AskedAbout.objects.bulk_create(
        AskedAbout(
            id=uuid7(), offer=offer, file_id=offer.matter_id, person_id=person, recorded_at=clock.now()
        )
        for person in sorted(set(people))
    )  # fmt: skip
    record("request.about", by=by, at=offer.sent_at, matter_id=offer.matter_id, offer=offer.id, people=len(set(people)))
