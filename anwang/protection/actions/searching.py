"""He is searching: who is shielded and looked for is told to her own worker, and to nobody else."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.cases.actions import police_line
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.matters.actions import happened
from anwang.matters.promises import keep
from anwang.protection import events, policies
from anwang.protection.models import Seeking
from anwang.protection.queries.people import standing_in

SEARCHED_SQL = "SELECT matter_id, person_id FROM protection_searched_for(%s, %s, %s)"


@transaction.atomic
def tell_of_search(*, text: str, by: Viewer, at: datetime) -> None:
    """Lines of the police, as `cases.actions.take_police_lines` reads them: whoever is shielded is looked for by it.

    Match only: whoever brought the lines learns nothing, and nothing goes out. A duty tells her worker.
    """
    for words in filter(str.strip, text.splitlines()):
        line = police_line(words)
        with connection.cursor() as cursor:
            cursor.execute(SEARCHED_SQL, [line.name, line.number, line.born])
            found = cursor.fetchall()
        for matter_id, person_id in found:
            _note(matter_id, person_id, line.words, by, at)
    keep()


@transaction.atomic
def tell_of_report(*, matter_id: UUID, person_id: UUID, number: str, by: Viewer, at: datetime) -> Seeking:
    """A report names her and says that somebody looks for her: its number, and nothing of what it says."""
    told = _("通報%(number)s提到有人在找。") % {"number": number}
    noted = _note(matter_id, person_id, told, by, at)
    keep()
    return noted


@transaction.atomic
def note_search(*, matter_id: UUID, person_id: UUID, words: str, by: Viewer, at: datetime) -> Seeking:
    """Her worker heard that somebody is searching: from school, a relative, the police by telephone."""
    policies.may_keep(by, matter_id).enforce()
    if person_id not in standing_in(matter_id):
        raise NotFound(_("這個人不在這個案件裡。"))
    if not words.strip():
        raise BadInput(_("請寫從哪裡聽到、他問了什麼。"), field="words")
    noted = _note(matter_id, person_id, words, by, at)
    keep()
    return noted


@transaction.atomic
def answer_search(*, seeking_id: UUID, words: str, by: Viewer, at: datetime) -> None:
    """What was made sure of: she was reached, the school was warned, the police know whom to ask."""
    found = Seeking.objects.select_for_update().filter(id=seeking_id).first()
    if found is None:
        raise NotFound(_("查無這則消息。"))
    policies.may_keep(by, found.matter_id).enforce()
    if found.answered_at is not None:
        raise Conflict(_("這則消息已經有人確認過了。"))
    if not words.strip():
        raise BadInput(_("請寫確認了什麼。"), field="words")
    found.answered_at, found.answered_words, found.answered_by = at, words.strip()[:200], by.worker_id
    found.save(update_fields=["answered_at", "answered_words", "answered_by"])
    same = Seeking.objects.filter(matter_id=found.matter_id, person_id=found.person_id, answered_at=None)
    if not same.exists():
        happened(
            matter_id=found.matter_id, event=events.SHIELD_SEARCH_ANSWERED, at=at, by=by, subject_id=found.person_id
        )
    record("shield.search_answered", by=by, at=at, matter_id=found.matter_id, seeking=found.id)
    keep()


def _note(matter_id: UUID, person_id: UUID, words: str, by: Viewer, at: datetime) -> Seeking:
    noted = Seeking(
        id=uuid7(), matter_id=matter_id, person_id=person_id, words=words.strip(), at=at, by=by.worker_id,
        recorded_at=clock.now(),
    )  # fmt: skip
    noted.save(force_insert=True)
    happened(matter_id=matter_id, event=events.SHIELD_SEARCHED_FOR, at=at, by=by, subject_id=person_id)
    record("shield.searched_for", by=by, at=at, matter_id=matter_id, seeking=noted.id)
    return noted
