"""An agency's own log-in: registered and ended by the administration, with a secret nobody reads again."""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.proving import stepped_up
from anwang.access.viewer import Viewer
from anwang.accounts import policies, sealed
from anwang.accounts.models import AgencyBinding, AgencyLogin, AgencySecret
from anwang.accounts.oidc import Agency
from anwang.audit.actions import record
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.foundation.uuid7 import uuid7


@transaction.atomic
def register_agency(
    *, name: str, code: str, issuer: str, client_id: str, client_secret: str, by: Viewer, at: datetime
) -> AgencyLogin:
    """Let accounts of the county be bound to this issuer, by invitation."""
    policies.may_keep_accounts(by).enforce()
    stepped_up(by).enforce()
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{1,23}", code):
        raise BadInput(_("代碼請用小寫英文、數字和橫線。"), field="code")
    if AgencyLogin.objects.filter(code=code).exists():
        raise BadInput(_("這個代碼有人用了。請換一個。"), field="code")
    if not _is_address(issuer):
        raise BadInput(_("網址不能用。請填https開頭、不含帳號密碼與參數。"), field="issuer")
    login = AgencyLogin(
        id=uuid7(), county_id=by.county, code=code, name=name, issuer=issuer, client_id=client_id, made_at=at
    )
    login.save(force_insert=True)
    AgencySecret(login=login, sealed=sealed.seal(client_secret, "agency", login.id)).save(force_insert=True)
    record("agency.registered", by=by, at=at, subject_id=login.id)
    return login


@transaction.atomic
def end_agency(*, agency_id: UUID, by: Viewer, at: datetime) -> int:
    """Nobody comes in by it any more; how many accounts were bound to it."""
    policies.may_keep_accounts(by).enforce()
    login = AgencyLogin.objects.select_for_update(no_key=True).filter(id=agency_id, county_id=by.county).first()
    if login is None:
        raise NotFound(_("查無這個機關帳號。"))
    if login.ended_at is not None:
        raise Conflict(_("這個機關帳號剛剛已經停用。"))
    stepped_up(by).enforce()
    AgencyLogin.objects.filter(id=login.id).update(ended_at=at)
    bound = AgencyBinding.objects.filter(login=login, ended_at=None).update(ended_at=at)
    record("agency.ended", by=by, at=at, subject_id=login.id, bound=bound)
    return bound


def agency_of(code: str) -> tuple[UUID, Agency]:
    """A live agency's log-in with its secret, for talking to it. Raises NotFound."""
    login = AgencyLogin.objects.filter(code=code, ended_at=None).first()
    if login is None:
        raise NotFound(_("查無這個機關帳號。"))
    sealed.at_agency(login.id)
    kept = AgencySecret.objects.get(login=login)
    return login.id, Agency(login.issuer, login.client_id, sealed.unseal(kept.sealed, "agency", login.id))


def _is_address(issuer: str) -> bool:
    try:
        parts = urlsplit(issuer)
        host = parts.hostname
    except ValueError:
        return False
    schemes = ("https", "http") if settings.OUTBOX_PRIVATE else ("https",)
    plain = issuer.isascii() and issuer.isprintable() and not re.search(r"\s", issuer)
    return bool(host) and plain and parts.scheme in schemes and not (parts.query or parts.fragment or parts.username)
