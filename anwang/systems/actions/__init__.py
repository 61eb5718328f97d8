"""The only writes to the registry of other systems and their tokens."""

from .registry import register_system, retire_system
from .requests import remember_request
from .senders import refuse_sender, speak_for, stop_speaking_for
from .tokens import IssuedToken, issue_token, revoke_token

__all__ = [
    "IssuedToken",
    "issue_token",
    "refuse_sender",
    "register_system",
    "remember_request",
    "retire_system",
    "revoke_token",
    "speak_for",
    "stop_speaking_for",
]
