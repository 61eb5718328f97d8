"""The only writes to the supply of places, by what they do."""

from .choosing import Over, choose_place, heard, move_to_place
from .keeping import ProviderGiven, close_places, close_provider, license_places, register_provider, reopen_places
from .waiting import WantedPlace, end_wait, want_place

__all__ = [
    "Over",
    "ProviderGiven",
    "WantedPlace",
    "choose_place",
    "close_places",
    "close_provider",
    "end_wait",
    "heard",
    "license_places",
    "move_to_place",
    "register_provider",
    "reopen_places",
    "want_place",
]
