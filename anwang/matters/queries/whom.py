"""Whom a matter is about, in words: never a name the viewer may not read, never an address."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.postgres.fields import ArrayField
from django.db.models import Func, TextField
from django.utils.translation import gettext as _

NAMED = 2


class Whom(Func):
    """`matters_whom(matter)`: the names as row-level security shows them to the viewer. See `said`."""

    function = "matters_whom"
    output_field = ArrayField(TextField())


def said(names: Sequence[str] | None) -> str:
    """陳小宇、陳小樂; 陳小宇等3人; 保密 where somebody is entered whom the viewer may not read; empty for nobody."""
    if names is None:
        return ""
    if not names:
        return _("保密")
    known = [name or _("姓名不詳") for name in names]
    if len(known) == 1:
        return known[0]
    if len(known) > NAMED:
        return _("%(name)s等%(n)d人") % {"name": known[0], "n": len(known)}
    return _("、").join(known)
