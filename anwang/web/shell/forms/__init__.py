"""Forms and fields of the house. Pages import from here: `from anwang.web.shell import forms`."""

from .base import Fault, Form
from .choices import (
    ANSWERS,
    Boxes,
    OneOf,
    OneOfMany,
    Radios,
    SomeOf,
    TickField,
    WholeNumberField,
    YesNoUnknownField,
)
from .text import LongTextField, PersonNameField, PhoneField, TextField
from .times import InstantField, RocDateField
from .token import OnceToken

__all__ = [
    "ANSWERS",
    "Boxes",
    "Fault",
    "Form",
    "InstantField",
    "LongTextField",
    "OnceToken",
    "OneOf",
    "OneOfMany",
    "PersonNameField",
    "PhoneField",
    "Radios",
    "RocDateField",
    "SomeOf",
    "TextField",
    "TickField",
    "WholeNumberField",
    "YesNoUnknownField",
]
