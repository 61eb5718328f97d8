"""Forms and fields of the house. Pages import from here: `from anwang.web.shell import forms`."""

from .base import Fault, Form
from .blank import blank
from .choices import (
    ANSWERS,
    Boxes,
    Listed,
    OneOf,
    OneOfMany,
    Radios,
    SomeOf,
    TickField,
    WholeNumberField,
    YesNoUnknownField,
)
from .codes import CodeField, FewCodesField
from .number import NationalIdField
from .text import LongTextField, PersonNameField, PhoneField, TextField
from .times import InstantField, RocDateField
from .token import OnceToken

__all__ = [
    "ANSWERS",
    "Boxes",
    "CodeField",
    "Fault",
    "FewCodesField",
    "Form",
    "InstantField",
    "Listed",
    "LongTextField",
    "NationalIdField",
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
    "blank",
]
