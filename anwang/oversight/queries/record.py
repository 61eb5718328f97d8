"""Whether the record holds: the newest checkpoint and note, and what the watch over them found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.keys import signing_key
from anwang.audit.models import Checkpoint, Erasure, Posting, Watch
from anwang.audit.notes import verifier
from anwang.foundation import clock

QUIET = timedelta(hours=3)
"""A watch that was not kept for so long is a fault of its own."""


@dataclass(frozen=True)
class Kept:
    """One part of the watch: how it went last."""

    what: str
    words: str
    is_well: bool
    fault: str
    tried_at: datetime | None


@dataclass(frozen=True)
class Standing:
    """For the page and for the sheet that goes into a drawer."""

    size: int
    root: str
    sealed_at: datetime | None
    note: int
    posted_at: datetime | None
    kept: tuple[Kept, ...]
    erased: int
    key: str

    @property
    def is_well(self) -> bool:
        return all(one.is_well for one in self.kept)

    @property
    def root_groups(self) -> tuple[str, ...]:
        """The root in eights, so that it can be compared by eye."""
        return tuple(self.root[at : at + 8] for at in range(0, len(self.root), 8))


def standing(viewer: Viewer) -> Standing:
    """The record as it stands now; four statements."""
    newest = Checkpoint.objects.filter(size__isnull=False).order_by("id").last()
    posted = Posting.objects.order_by("number").last()
    return Standing(
        size=newest.size or 0 if newest else 0, root=bytes(newest.root).hex() if newest else "",
        sealed_at=newest.made_at if newest else None, note=posted.number if posted else 0,
        posted_at=posted.posted_at if posted else None, erased=Erasure.objects.count(),
        kept=watch(viewer), key=verifier(signing_key()),
    )  # fmt: skip


def watch(viewer: Viewer) -> tuple[Kept, ...]:
    """How watching over the record went last; what is not well belongs on every page of who answers for it."""
    rows = {row.what: row for row in Watch.objects.all()}
    said = [("verify", _("逐段重算")), ("post", _("寫到資料庫外"))]
    if settings.ANWANG_CHECKPOINT_COPY:
        said.append(("copy", _("放到第二個地方")))
    return tuple(_kept(what, words, rows.get(what)) for what, words in said)


def _kept(what: str, words: str, row: Watch | None) -> Kept:
    if row is None:
        return Kept(what, words, False, _("還沒有做過。請確認背景程式有在跑。"), None)
    if not row.fault and clock.now() - row.tried_at > QUIET:
        return Kept(what, words, False, _("超過3小時沒有做。請確認背景程式有在跑。"), row.tried_at)
    return Kept(what, words, not row.fault, row.fault, row.tried_at)
