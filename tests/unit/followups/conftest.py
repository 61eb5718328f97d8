"""Fixtures for schedules: the office of casework, with the mental health unit's case of a pupil."""

from tests.unit.cases.conftest import office

__all__ = ["office"]
