"""The only writes about people. Everything is added with its source and ended with a date; nothing is overwritten."""

from .belonging import count_in, count_out, open_family, put_in_household, relate
from .correcting import correct_person
from .disputing import dispute_fact, settle_fact
from .ending import (
    end_address,
    end_contact_point,
    end_relation,
    end_risk,
    end_safety_address,
    end_shield,
    leave_household,
)
from .identity import decide_identity
from .persons import add_identifier, add_person, bring_in, note_birth, note_death, note_language
from .places import add_address, add_contact_point, add_risk, add_safety_address, shield
from .stating import state

__all__ = [
    "add_address",
    "add_contact_point",
    "add_identifier",
    "add_person",
    "add_risk",
    "add_safety_address",
    "bring_in",
    "correct_person",
    "count_in",
    "count_out",
    "decide_identity",
    "dispute_fact",
    "end_address",
    "end_contact_point",
    "end_relation",
    "end_risk",
    "end_safety_address",
    "end_shield",
    "leave_household",
    "note_birth",
    "note_death",
    "note_language",
    "open_family",
    "put_in_household",
    "relate",
    "settle_fact",
    "shield",
    "state",
]
