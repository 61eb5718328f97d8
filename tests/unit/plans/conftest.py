"""The office of the tests of cases, with a family that two units serve."""

from tests.unit.cases.conftest import office

__all__ = ["office"]
