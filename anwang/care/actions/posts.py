"""員額 of the mental health services: opened, filled, vacated."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.care import policies, rules
from anwang.care.models import Filling, Post
from anwang.care.states import HEALTH_UNITS
from anwang.directory.models import Unit
from anwang.directory.queries import has_post
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.matters.models import Matter


@transaction.atomic
def open_post(*, unit_id: UUID, service: str, since_on: date, by: Viewer, at: datetime) -> Post:
    """One approved post more. It is empty until somebody is put into it."""
    policies.may_keep_posts(by, unit_id).enforce()
    if rules.code(rules.SERVICE, service, since_on) is None:
        raise BadInput(_("請選由哪一種人員服務。"), field="service")
    post = Post(id=uuid7(), unit_id=unit_id, service=service, since_on=since_on, recorded_at=clock.now())
    post.save(force_insert=True)
    record("care.post_opened", by=by, at=at, post=post.id, unit=unit_id, service=service)
    return post


@transaction.atomic
def fill_post(*, post_id: UUID, worker_id: UUID, since_on: date, by: Viewer, at: datetime) -> Filling:
    """補實. The queue then lists what a nurse does in its place, to be handed over."""
    post = _post(post_id)
    policies.may_keep_posts(by, post.unit_id).enforce()
    if not has_post(worker_id, post.unit_id):
        raise BadInput(_("這一位不在這個單位任職。請先請系統管理登錄任職。"), field="worker")
    if Filling.objects.filter(post=post, until_on=None).exists():
        raise Conflict(_("這個員額剛剛已經有人。請重新整理看最新情形。"))
    if Filling.objects.filter(worker_id=worker_id, until_on=None).exists():
        raise Conflict(_("這一位已經在另一個員額上。請先離開那一個。"))
    if since_on < post.since_on:
        raise BadInput(_("到職日不能早於員額開始的那一天。"), field="since_on")
    filling = Filling(id=uuid7(), post=post, worker_id=worker_id, since_on=since_on, recorded_at=clock.now())
    filling.save(force_insert=True)
    record("care.post_filled", by=by, at=at, post=post.id, worker=worker_id)
    return filling


@transaction.atomic
def vacate_post(*, post_id: UUID, until_on: date, by: Viewer, at: datetime) -> None:
    """出缺: whoever was in it left. His cases are handed over by the kernel's own list."""
    post = _post(post_id)
    policies.may_keep_posts(by, post.unit_id).enforce()
    filling = Filling.objects.filter(post=post, until_on=None).first()
    if filling is None:
        raise Conflict(_("這個員額剛剛已經出缺。請重新整理看最新情形。"))
    if until_on < filling.since_on:
        raise BadInput(_("離職日不能早於到職日。"), field="until_on")
    Filling.objects.filter(id=filling.id).update(until_on=until_on)
    record("care.post_vacated", by=by, at=at, post=post.id, worker=filling.worker_id)


def is_empty(matter_id: UUID, service: str) -> bool:
    """Whether no post of a service is filled in the units of the county's health that could serve this case.

    No post on record counts as empty: a county that keeps no list of posts is not held to one. Internal to this room.
    """
    county = Matter.objects.values_list("county", flat=True).get(id=matter_id)
    units = Unit.objects.filter(jurisdiction_id=county, kind__in=HEALTH_UNITS, closed_on=None)
    return not Filling.objects.filter(post__unit__in=units, post__service=service, until_on=None).exists()


def _post(post_id: UUID) -> Post:
    found = Post.objects.select_for_update().filter(id=post_id).first()
    if found is None:
        raise NotFound(_("查無這個員額。"))
    return found
