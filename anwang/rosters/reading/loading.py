"""From a file and what its letter says to what `receive_roster` takes. A letter and a file that differ are refused."""

from __future__ import annotations

import re
from datetime import datetime

from django.utils.translation import gettext as _

from anwang.foundation.errors import BadInput
from anwang.rosters import rules
from anwang.rosters.incoming import RosterIn

from .files import Read, read

_SUM = re.compile(r"[0-9a-f]{64}")


def load(
    *, body: bytes, kind: str, sender: str, received_at: datetime, county: str, declared: int | None = None,
    sha256: str = "", period: str = "", about: str = "", name: str = "", media_type: str = "",
) -> RosterIn:  # fmt: skip
    """Raises BadInput when the file cannot be read, or its control line contradicts what was said of it."""
    of = rules.kind(kind, received_at, county)
    if of is None:
        raise BadInput(_("沒有這種名冊，或那時還沒有這些規則。"), field="kind")
    said = re.sub(r"\s", "", sha256).lower()
    if said and not _SUM.fullmatch(said):
        raise BadInput(_("雜湊值是64個字。請從對方的函照抄，沒有就不填。"), field="sha256")
    found = read(body, of, received_at)
    _compare(found, "kind", of.label.zh, (of.label.zh, of.code))
    sender = sender.strip() or found.control.get("sender", "")
    _compare(found, "sender", sender, (sender,))
    return RosterIn(
        kind=kind, sender=sender, declared=_declared(found, declared), body=body, rows=found.rows,
        received_at=received_at, declared_sha256=said, period=period or found.control.get("period", ""), about=about,
        name=name, media_type=media_type, encoding=found.encoding, form=found.form,
    )  # fmt: skip


def _compare(found: Read, what: str, shown: str, fits: tuple[str, ...]) -> None:
    said = found.control.get(what, "")
    if said and said not in fits:
        words = {"said": said[:60], "shown": shown}
        raise BadInput(_("檔案的控制列寫「%(said)s」，這裡選的是「%(shown)s」。請先釐清。") % words, field=what)


def _declared(found: Read, declared: int | None) -> int:
    """How many the sender says there are: from his letter or his control line, which must not differ."""
    said = found.control.get("declared", "").strip().removesuffix("筆")
    inside = int(said) if said.isascii() and said.isdigit() and len(said) < 8 else None
    if declared is None and inside is None:
        raise BadInput(_("請填對方說有幾筆；不要用數的。"), field="declared")
    if declared is not None and inside is not None and declared != inside:
        words = {"letter": declared, "inside": inside}
        raise BadInput(_("函上寫%(letter)d筆，檔案的控制列寫%(inside)d筆。請先釐清。") % words, field="declared")
    return declared if declared is not None else inside  # type: ignore[return-value]  # one of them is there
