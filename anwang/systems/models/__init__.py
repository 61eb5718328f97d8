"""Other systems, their tokens, what goes out to them and what came in."""

from .inbox import Incoming, IncomingBody
from .outbox import Attempt, Endpoint, EndpointSecret, Outgoing
from .sender import Sender
from .system import System
from .token import RequestKey, Token, TokenSeal

__all__ = [
    "Attempt",
    "Endpoint",
    "EndpointSecret",
    "Incoming",
    "IncomingBody",
    "Outgoing",
    "RequestKey",
    "Sender",
    "System",
    "Token",
    "TokenSeal",
]
