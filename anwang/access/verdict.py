"""The answer to "may this happen?": yes, or no with a sentence that says why and who can."""

from __future__ import annotations

from dataclasses import dataclass

from anwang.foundation.errors import Refused


@dataclass(frozen=True)
class Verdict:
    """`reason` is a user sentence (may be lazy), shown beside the act; `rule` names the policy rule, if one decided."""

    allowed: bool
    reason: str = ""
    rule: str = ""

    def __bool__(self) -> bool:
        return self.allowed

    def enforce(self) -> None:
        """Raise `Refused` with the reason when not allowed."""
        if not self.allowed:
            raise Refused(self.reason)


YES = Verdict(True)


def no(reason: str, rule: str = "") -> Verdict:
    """A refusal. The reason says what to do instead, or whom to ask."""
    return Verdict(False, reason, rule)
