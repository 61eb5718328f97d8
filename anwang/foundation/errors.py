"""Errors whose message is a sentence for the user: what is wrong and what to do next.

`message` may be a lazy translation; it becomes text only when shown.
"""


class AnwangError(Exception):
    """Base of all errors that a page shows as a sentence."""

    def __init__(self, message: object = "") -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


class Refused(AnwangError):
    """The person, or anyone, may not do this to this thing now. Nothing was changed."""


class ProofNeeded(Refused):
    """The person at the session must first prove anew that it is he; then the same may be tried again."""


class Conflict(AnwangError):
    """Somebody else changed the thing meanwhile. Nothing was changed; look again and decide again."""


class NotFound(AnwangError):
    """There is no such thing for this person; said alike when it exists but may not be seen."""


class BadInput(AnwangError):
    """What was typed cannot be taken. `field` names the field it belongs to, when there is one."""

    def __init__(self, message: object = "", field: str | None = None) -> None:
        super().__init__(message)
        self.field = field
