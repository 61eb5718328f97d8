"""What protection shows: orders and shields of files the viewer reads, and what a door keeps shut."""

from .against import kept_from
from .orders import OrderLine, OrderPage, RelayLine, kept_on, order_page, orders, told_places
from .people import people_of
from .shields import PlaceLine, ShieldLine, ShieldPage, open_places, shield_page, shields

__all__ = [
    "OrderLine",
    "OrderPage",
    "PlaceLine",
    "RelayLine",
    "ShieldLine",
    "ShieldPage",
    "kept_from",
    "kept_on",
    "open_places",
    "order_page",
    "orders",
    "people_of",
    "shield_page",
    "shields",
    "told_places",
]
