"""The arithmetic of one duty, for whoever may read its matter."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from anwang.access.viewer import Viewer
from anwang.foundation import clock
from anwang.matters.why import duty_on_file
from anwang.rulebook import Rulebook, UnknownRule
from anwang.web.shell import words

from .counting import Term, terms


@dataclass(frozen=True, slots=True)
class DutySum:
    """Start ＋ length ＝ due, the sentence kept with the duty, and whose duty it is."""

    on: date
    county: str
    due: str
    words: str
    terms: tuple[Term, ...]
    matter: str
    who: str
    is_assumed: bool
    pushed: int


def duty_sum(viewer: Viewer, book: Rulebook, rule_id: str, duty_id: UUID | None) -> DutySum | None:
    """None without a duty, or when the duty is another rule's; raises NotFound when the matter may not be read."""
    if duty_id is None:
        return None
    duty = duty_on_file(viewer, duty_id)
    if duty.rule_id != rule_id:
        return None
    version = book.hashes.get(duty.rule_hash)
    try:
        version = version or book.duty(rule_id).latest(clock.local(duty.starts_at).date(), duty.county)
    except UnknownRule:
        version = None
    return DutySum(
        on=clock.local(duty.starts_at).date(),
        county=duty.county,
        due=words.instant(duty.due_at, deadline=True),
        words=duty.words_en if words.lang() == "en" and duty.words_en else duty.words,
        terms=terms(book, version, duty.inputs, duty.due_at) if version else (),
        matter=duty.matter_number,
        who=duty.owner,
        is_assumed=duty.is_assumed,
        pushed=duty.pushed,
    )
