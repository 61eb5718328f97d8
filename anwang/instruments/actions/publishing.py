"""Publishing: a version is kept by its hash at its first use, and nothing else can stand for its day any more."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.foundation import clock
from anwang.foundation.errors import Conflict, Refused
from anwang.instruments import policies, rules
from anwang.instruments.models import Version
from anwang.rulebook.handles import DatedInstrument


@transaction.atomic
def publish(*, by: Viewer) -> int:
    """Publish every version whose first day has come and that is no draft; gives how many were new.

    Raises Conflict naming a form whose files no longer say what was published.
    """
    policies.may_publish(by).enforce()
    fresh = 0
    for handle in rules.handles():
        lines = (handle.national, *handle.counties.values())
        for version in (one for line in lines for one in line if not one.withdrawn and one.from_ <= clock.today()):
            form = DatedInstrument(version)
            if not form.content.use.draft:
                fresh += _keep(form, by)
    return fresh


def publish_for_use(form: DatedInstrument, by: Viewer) -> str:
    """The hash of a version that is about to be used, published if it was not. Internal to this room."""
    if form.content.use.draft:
        raise Refused(_("這一版還是草案，不能填。"))
    _keep(form, by)
    return form.hash


def _keep(form: DatedInstrument, by: Viewer) -> bool:
    if Version.objects.filter(hash=form.hash).exists():
        return False
    county = form.version.county or ""
    of_day = {"instrument": form.rule_id, "from_on": form.from_, "county": county}
    kept = Version(
        hash=form.hash, **of_day, body=form.version.stored, published_at=clock.now(), published_by=by.worker_id
    )
    Version.objects.bulk_create([kept], ignore_conflicts=True)
    if Version.objects.get(**of_day).hash != form.hash:
        said = {"title": rules.said(form.title), "day": form.from_.isoformat()}
        raise Conflict(_("「%(title)s」%(day)s的版本已經用過，檔案被改了。請還原，另加新日期的一版。") % said)
    record("instrument.published", by=by, instrument=form.rule_id, hash=form.hash)
    return True
