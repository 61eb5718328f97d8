"""The registry as its page shows it: systems, their tokens by prefix, what is about to end."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.foundation import clock, roc
from anwang.foundation.errors import NotFound
from anwang.systems import rules
from anwang.systems.models import Endpoint, Sender, System, Token
from anwang.systems.states import Channel, Reach, Scope, TokenState


@dataclass(frozen=True)
class TokenLine:
    """A token without its secret: nobody can read that again."""

    id: UUID
    prefix: str
    scopes: tuple[str, ...]
    """What it opens, in words."""
    state: str
    state_words: str
    expires: str
    last_used: str
    """The hour; empty when it was never used."""
    is_mine: bool
    """Of the viewer's county; others are shown of a national system, and only their own county ends them."""


@dataclass(frozen=True)
class SenderLine:
    """An office for which a system may send lists, and since when."""

    id: UUID
    name: str
    since: str


@dataclass(frozen=True)
class SystemLine:
    """A system with its tokens, the newest first."""

    id: UUID
    code: str
    name: str
    agency: str
    reach: str
    channels: tuple[str, ...]
    contact: str
    is_retired: bool
    retired: str
    tokens: tuple[TokenLine, ...]
    endpoints: int
    """How many endpoints of the viewer's county take messages."""
    senders: tuple[SenderLine, ...] = ()
    """For whom it may send lists to the viewer's county."""

    @property
    def live(self) -> int:
        """How many of its tokens open something now."""
        return sum(token.state in (TokenState.LIVE, TokenState.ENDING) for token in self.tokens)

    @property
    def ending(self) -> int:
        return sum(token.state == TokenState.ENDING for token in self.tokens)


def systems(viewer: Viewer) -> tuple[SystemLine, ...]:
    """Systems of the viewer's county and national ones, live before retired; three statements."""
    return _lines(viewer, _seen(viewer).order_by("retired_at", "reach", "code"))


def system(viewer: Viewer, code: str) -> SystemLine:
    """One system. Raises NotFound for another county's as for one that is not there."""
    found = _lines(viewer, _seen(viewer).filter(code=code))
    if not found:
        raise NotFound(_("找不到這個系統。"))
    live = Sender.objects.filter(system_id=found[0].id, county_id=viewer.county, until_at=None).order_by("name")
    return replace(found[0], senders=tuple(SenderLine(row.id, row.name, _day(row.since_at)) for row in live))


def is_system(viewer: Viewer, code: str, county: str) -> bool:
    """Whether a system of this code may speak in a county; a retired one too, whose files still come."""
    return System.objects.filter(Q(county_id=county) | Q(reach=Reach.NATIONAL), code=code).exists()


def ending_tokens(viewer: Viewer) -> int:
    """How many live tokens of the viewer's county are about to end, so that somebody sees to it."""
    now = clock.now()
    live = Token.objects.filter(county_id=viewer.county, revoked_at=None, expires_at__gt=now)
    return live.filter(expires_at__lte=rules.ending_from(now, viewer.county)).count()


def _seen(viewer: Viewer) -> QuerySet[System]:
    return System.objects.filter(Q(county_id=viewer.county) | Q(reach=Reach.NATIONAL))


def _lines(viewer: Viewer, found: QuerySet[System]) -> tuple[SystemLine, ...]:
    rows = list(found)
    now, tokens = clock.now(), defaultdict(list)
    ending = rules.ending_from(now, viewer.county)
    for token in Token.objects.filter(system__in=rows).order_by("-issued_at", "-id"):
        tokens[token.system_id].append(_token(token, viewer, now, ending))
    taking = Counter(
        Endpoint.objects.filter(system__in=rows, county_id=viewer.county, ends_at=None).values_list(
            "system_id", flat=True
        )
    )
    return tuple(_line(row, tuple(tokens[row.id]), taking[row.id]) for row in rows)


def _line(row: System, tokens: tuple[TokenLine, ...], endpoints: int) -> SystemLine:
    return SystemLine(
        id=row.id, code=row.code, name=row.called, agency=row.agency, reach=str(Reach(row.reach).label),
        channels=tuple(str(Channel(one).label) for one in row.channels),
        contact="　".join(filter(None, [row.contact_unit, row.contact_phone])), is_retired=row.retired_at is not None,
        retired=_day(row.retired_at) if row.retired_at else "", tokens=tokens, endpoints=endpoints,
    )  # fmt: skip


def _token(token: Token, viewer: Viewer, now: datetime, ending: datetime) -> TokenLine:
    state = _state(token, now, ending)
    return TokenLine(
        id=token.id,
        prefix=token.prefix,
        scopes=tuple(str(one.label) for one in Scope if one in token.scopes),
        state=state,
        state_words=str(TokenState(state).label),
        expires=_last_day(token.expires_at),
        last_used=_hour(token.last_used_at) if token.last_used_at else "",
        is_mine=token.county_id == viewer.county,
    )


def _state(token: Token, now: datetime, ending: datetime) -> str:
    if token.revoked_at is not None:
        return TokenState.REVOKED
    if token.expires_at <= now:
        return TokenState.EXPIRED
    return TokenState.ENDING if token.expires_at <= ending else TokenState.LIVE


def _day(at: datetime) -> str:
    return roc.roc_long(clock.local(at).date(), _lang())


def _last_day(at: datetime) -> str:
    """The last day it is good: tokens end at a midnight."""
    return _day(at - timedelta(microseconds=1))


def _hour(at: datetime) -> str:
    return f"{_day(at)} {clock.local(at):%H:00}"


def _lang() -> roc.Lang:
    return "en" if (get_language() or "").startswith("en") else "zh"
