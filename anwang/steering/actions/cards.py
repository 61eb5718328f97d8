"""Practice cards: written by a county, published to everybody, tried by others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from anwang.access.steering import standing
from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.steering import policies
from anwang.steering.models import Card, Trial


@dataclass(frozen=True, kw_only=True)
class CardGiven:
    """What was done, for whom and what it cost. `cost` None: not known."""

    title: str
    did: str
    for_whom: str
    cost: int | None = None
    cost_words: str = ""
    begun_on: date | None = None
    learned: str = ""


@transaction.atomic
def write_card(*, given: CardGiven, by: Viewer, at: datetime, card_id: UUID | None = None) -> Card:
    """A draft of the viewer's county, new or written over; a published card is not written over."""
    policies.may_act_for_county(by).enforce()
    for field, words in (("title", _("請寫標題。")), ("did", _("請寫做了什麼。")), ("for_whom", _("請寫為誰做的。"))):
        if not str(getattr(given, field)).strip():
            raise BadInput(words, field=field)
    told = {
        "title": given.title.strip(), "did": given.did.strip(), "for_whom": given.for_whom.strip(), "cost": given.cost,
        "cost_words": given.cost_words.strip(), "begun_on": given.begun_on, "learned": given.learned.strip(),
    }  # fmt: skip
    if card_id is not None:
        card = _own(card_id, by)
        if card.published_at is not None:
            raise Conflict(_("公布的實務卡不能改。有新的做法請再寫一張。"))
        Card.objects.filter(id=card.id).update(**told)
        card.refresh_from_db()
    else:
        card = Card(id=uuid7(), county_id=standing(by).county, unit_id=by.unit_id, by=by.worker_id, at=at, **told)
        card.save(force_insert=True)
    record("card.written", by=by, at=at, subject_id=card.id)
    return card


@transaction.atomic
def publish_card(*, card_id: UUID, by: Viewer, at: datetime) -> None:
    """公布: from now on everybody in the network reads it."""
    card = _own(card_id, by)
    if card.published_at is not None:
        raise Conflict(_("這張實務卡已經公布了。"))
    Card.objects.filter(id=card.id).update(published_at=at)
    record("card.published", by=by, at=at, subject_id=card.id)


@transaction.atomic
def tell_trial(*, card_id: UUID, tried_on: date, words: str, by: Viewer, at: datetime) -> Trial:
    """試辦: another county tried it, and tells what came of it."""
    card = Card.objects.filter(id=card_id, published_at__isnull=False).first()
    if card is None:
        raise NotFound(_("查無這張實務卡。"))
    policies.may_try(by, card).enforce()
    if not words.strip():
        raise BadInput(_("請寫試了什麼、結果怎樣。"), field="words")
    if tried_on > clock.local(at).date():
        raise BadInput(_("請填已經開始的日期。"), field="tried_on")
    trial = Trial(
        id=uuid7(), card=card, county_id=standing(by).county, unit_id=by.unit_id, tried_on=tried_on,
        words=words.strip(), by=by.worker_id, at=at,
    )  # fmt: skip
    try:
        with transaction.atomic():
            trial.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict(_("你的單位這一天的試辦已經登了。")) from error
    record("card.tried", by=by, at=at, subject_id=card.id)
    return trial


def _own(card_id: UUID, by: Viewer) -> Card:
    card = Card.objects.select_for_update(of=("self",)).filter(id=card_id).first()
    if card is None or not (card.published_at or policies.may_keep_card(by, card)):
        raise NotFound(_("查無這張實務卡。"))
    policies.may_keep_card(by, card).enforce()
    return card
