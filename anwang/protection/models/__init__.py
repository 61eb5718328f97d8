"""Protection orders with whom they bind and protect, and whose whereabouts are kept from whom."""

from .order import Order, OrderChange, OrderProtects, Relay, RelayTo, Violation
from .shielding import Seeking, ShieldedPlace, Shielding, ShieldingAgainst

__all__ = [
    "Order",
    "OrderChange",
    "OrderProtects",
    "Relay",
    "RelayTo",
    "Seeking",
    "ShieldedPlace",
    "Shielding",
    "ShieldingAgainst",
    "Violation",
]
