"""A desk of the invented county: the site on a clone of it, one browser, and a clock that the story sets."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.stories.desk import Desk

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"


@pytest.fixture
def committed_db(county_db: str) -> str:
    """The whole invented county, for this story alone."""
    return county_db


@pytest.fixture
def desk(live: str, page: Page, log_in: Callable[[Page, str], None], tmp_path: Path) -> Desk:
    """One browser, at which people of the county sit down one after the other."""
    pictures = PICTURES if os.environ.get("PICTURES") == "1" else tmp_path
    pictures.mkdir(parents=True, exist_ok=True)
    return Desk(live, page, log_in, pictures)
