"""Reading the registry of other systems."""

from .registry import SenderLine, SystemLine, TokenLine, ending_tokens, is_system, system, systems
from .senders import named_as

__all__ = [
    "SenderLine", "SystemLine", "TokenLine", "ending_tokens", "is_system", "named_as", "system", "systems",
]  # fmt: skip
