"""Reading people. Results are flat and ready for a page; what the viewer may not read is not in them."""

from anwang.people.portrait import FamilyPerson

from .belonging import families_of, household_of, households, kin, people_in_files, readable_people
from .card import Card, card, name_behind_code, reach, records_of_identity, safety_address
from .family import FamilyPage, family_page, member_ids
from .finding import find_by_phone, look_up_for_call, search, terms
from .likeness import candidates
from .stating import Said, Topic, statement_choices, statements
from .zones import may_describe, zones_of_person

__all__ = [
    "Card",
    "FamilyPage",
    "FamilyPerson",
    "Said",
    "Topic",
    "candidates",
    "card",
    "families_of",
    "family_page",
    "find_by_phone",
    "household_of",
    "households",
    "kin",
    "look_up_for_call",
    "may_describe",
    "member_ids",
    "name_behind_code",
    "people_in_files",
    "reach",
    "readable_people",
    "records_of_identity",
    "safety_address",
    "search",
    "statement_choices",
    "statements",
    "terms",
    "zones_of_person",
]
