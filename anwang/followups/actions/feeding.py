"""A worker's calendar address: made, shown once, revoked."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.followups.models import Feed
from anwang.foundation.errors import Refused
from anwang.foundation.uuid7 import uuid7

BYTES = 32


@transaction.atomic
def make_feed(*, by: Viewer, at: datetime) -> str:
    """The secret of a new address, shown this once; the former one answers no more."""
    if by.worker_id is None:
        raise Refused(_("行事曆網址是給個人的。請用自己的帳號登入。"))
    _revoke(by, at)
    secret = secrets.token_urlsafe(BYTES)
    feed = Feed(id=uuid7(), worker_id=by.worker_id, digest=digest(secret), language=by.language, created_at=at)
    feed.save(force_insert=True)
    record("followup.feed_made", by=by, at=at, subject_id=feed.id)
    return secret


@transaction.atomic
def revoke_feed(*, by: Viewer, at: datetime) -> bool:
    """The address answers no more; returns whether there was one."""
    gone = _revoke(by, at)
    if gone:
        record("followup.feed_revoked", by=by, at=at)
    return gone


def digest(secret: str) -> bytes:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).digest()


def _revoke(by: Viewer, at: datetime) -> bool:
    live = Feed.objects.filter(worker_id=by.worker_id, revoked_at=None)
    return live.update(revoked_at=at) > 0
