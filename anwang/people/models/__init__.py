"""Persons and how they belong together: household, kinship, case-family; where they live and how to reach them.

Three things are called "family" and are kept apart: household (who lives where), kinship (edges that do not end with
divorce) and case-family (whom a service counts in). None of them gives access to anything.
"""

from .contact import Address, ContactPoint, SafetyAddress, Shield, WorkerRisk
from .correction import Correction
from .dispute import DisputedFact
from .family import Family, FamilyMember, Household, HouseholdMember, Kinship
from .keys import KeyVersion
from .person import Identifier, IdentityDecision, NameSeal, Person
from .statement import Statement

__all__ = [
    "Address",
    "ContactPoint",
    "Correction",
    "DisputedFact",
    "Family",
    "FamilyMember",
    "Household",
    "HouseholdMember",
    "Identifier",
    "IdentityDecision",
    "KeyVersion",
    "Kinship",
    "NameSeal",
    "Person",
    "SafetyAddress",
    "Shield",
    "Statement",
    "WorkerRisk",
]
