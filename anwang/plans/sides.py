"""On whose side people of a plan stand, and what may be handed to a side on paper."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from anwang.access.states import Circle
from anwang.foundation.errors import BadInput
from anwang.people.models import Person

SIDES_SQL = """
SELECT i.person_id, array_agg(DISTINCT i.circle) FROM access_involvement i
 WHERE (i.file_id = %(matter)s
        OR i.file_id IN (SELECT id FROM matters_matter WHERE family_id = (SELECT family_id FROM matters_matter
                                                                           WHERE id = %(matter)s)))
   AND EXISTS (SELECT 1 FROM access_grant g WHERE g.file_id = i.file_id AND 'case' = ANY (g.zones)
                AND g.holder = ANY ((SELECT access_keys())::text[]) AND g.starts_at <= access_at()
                AND (g.ends_at IS NULL OR g.ends_at > access_at()))
 GROUP BY i.person_id
"""
BOTH = "both"
"""Somebody whom one file holds for hers and another for his: no paper for a side names him."""


def sides(matter_id: UUID) -> dict[UUID, str]:
    """Everybody who stands in a file of the family that the viewer reads, with his side there.

    Files of others say nothing here: not even that the family has two sides.
    """
    with connection.cursor() as cursor:
        cursor.execute(SIDES_SQL, {"matter": matter_id})
        return {person_id: _side(set(circles)) for person_id, circles in cursor.fetchall()}


def _side(circles: set[str]) -> str:
    taken = circles - {Circle.NEUTRAL.value}
    return taken.pop() if len(taken) == 1 else BOTH if taken else Circle.NEUTRAL.value


def may_be_named(side: str, circle: str) -> bool:
    """Whether somebody of `side` may be named to whoever stands in `circle`."""
    return side in (circle, Circle.NEUTRAL)


def refuse_others(known: dict[UUID, str], circle: str, text: str, field: str = "") -> None:
    """Raises BadInput when words name somebody whom this side must not hear of."""
    hidden = [person_id for person_id, side in known.items() if not may_be_named(side, circle)]
    for name in _names(hidden):
        if len(name) > 1 and name in text:
            raise BadInput(_("這份會寫到另一側的人，不能給這個對象。請改寫那一行，或不要勾給他。"), field=field)


def _names(ids: Collection[UUID]) -> list[str]:
    return list(Person.objects.filter(id__in=ids).exclude(name="").values_list("name", flat=True)) if ids else []
