"""Saying which rosters are expected, so that one that does not come is noticed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.rosters import policies, rules
from anwang.rosters.models import RosterFeed


@transaction.atomic
def expect_feed(*, kind: str, sender: str, county: str = "", by: Viewer, at: datetime) -> RosterFeed:
    """One kind of roster is expected from a sender from `at` on. Twice is the same as once."""
    policies.may_load(by).enforce()
    county, sender = county or by.county, sender.strip()
    if rules.kind(kind, at, county) is None:
        raise BadInput(_("沒有這種名冊，或那時還沒有這些規則。"), field="kind")
    if not sender:
        raise BadInput(_("請填哪個機關送來的。"), field="sender")
    feed, is_new = RosterFeed.objects.get_or_create(
        county_id=county, kind=kind, sender=sender,
        defaults={"id": uuid7(), "since_at": at, "recorded_by": by.worker_id, "recorded_at": clock.now()},
    )  # fmt: skip
    if is_new:
        record("roster.expected", by=by, at=at, feed=feed.id, kind=kind)
    elif feed.until_at is not None:
        RosterFeed.objects.filter(id=feed.id).update(until_at=None, ended_because="")
        record("roster.expected_again", by=by, at=at, feed=feed.id, kind=kind)
    return feed


@transaction.atomic
def end_feed(*, feed_id: UUID, because: str, by: Viewer, at: datetime) -> None:
    """A roster is expected no more, with the reason; its files stay."""
    policies.may_settle(by).enforce()
    if not because.strip():
        raise BadInput(_("請寫為什麼不再送，例如改由別的機關送。"), field="because")
    changed = RosterFeed.objects.filter(
        id=feed_id, county_id=by.county, until_at__isnull=True, since_at__lte=at
    ).update(until_at=at, ended_because=because.strip()[:200])  # fmt: skip
    if not changed:
        raise NotFound(_("查無這份名冊，或已經停收。"))
    record("roster.expected_no_more", by=by, at=at, feed=feed_id)
