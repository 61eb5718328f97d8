"""Looks of an office's sheets: brought, tried, used, taken out of use."""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.documents import policies
from anwang.documents.models import Template
from anwang.documents.printing.checking import look_through
from anwang.documents.states import SheetKind, TemplateState
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.foundation.uuid7 import uuid7


@transaction.atomic
def bring_template(*, kind: str, name: str, body: bytes, by: Viewer) -> Template:
    """A restyled template is looked through and kept to be tried. Raises BadInput with everything that stops it."""
    policies.may_restyle(by).enforce()
    if kind not in SheetKind.values:
        raise BadInput(_("請選這是哪一種文件的範本。"), field="kind")
    stops = [one.words for one in look_through(body) if one.stops]
    if stops:
        raise BadInput(" ".join(stops), field="body")
    template = Template.objects.create(
        id=uuid7(), unit_id=by.unit_id, kind=kind, name=name.strip()[:80] or str(SheetKind(kind).label), body=body,
        sha256=hashlib.sha256(body).hexdigest(), uploaded_by=by.worker_id, recorded_at=clock.now(),
    )  # fmt: skip
    record("template.brought", by=by, subject_id=template.id, kind=kind, sha256=template.sha256)
    return template


@transaction.atomic
def use_template(*, template_id: UUID, by: Viewer) -> Template:
    """From now on the sheets of the unit and of those below it look like this; the one before goes out of use."""
    template = _mine(template_id, by)
    if template.state != TemplateState.TRIED:
        raise Conflict(_("這個範本已經用過或停用。請重新整理再看。"))
    now = clock.now()
    before = Template.objects.filter(unit_id=template.unit_id, kind=template.kind, state=TemplateState.USED)
    before.update(state=TemplateState.ENDED, ended_by=by.worker_id, ended_at=now)
    Template.objects.filter(id=template_id).update(state=TemplateState.USED, used_by=by.worker_id, used_at=now)
    record("template.used", by=by, subject_id=template.id, kind=template.kind)
    return template


@transaction.atomic
def end_template(*, template_id: UUID, by: Viewer) -> None:
    """Out of use; sheets look as they do without a template."""
    template = _mine(template_id, by)
    ended = {"state": TemplateState.ENDED, "ended_by": by.worker_id, "ended_at": clock.now()}
    if not Template.objects.filter(id=template_id).exclude(state=TemplateState.ENDED).update(**ended):
        raise Conflict(_("這個範本已經停用。"))
    record("template.ended", by=by, subject_id=template.id, kind=template.kind)


def _mine(template_id: UUID, by: Viewer) -> Template:
    template = Template.objects.filter(id=template_id, unit_id__in=by.units).first()
    if template is None:
        raise NotFound(_("找不到這個範本。"))
    policies.may_restyle(by).enforce()
    return template
