"""Reading the registry of other systems."""

from .registry import SystemLine, TokenLine, ending_tokens, is_system, system, systems

__all__ = ["SystemLine", "TokenLine", "ending_tokens", "is_system", "system", "systems"]
