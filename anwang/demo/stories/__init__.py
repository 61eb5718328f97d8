"""What happened in the invented county, one module a story."""

from __future__ import annotations

from anwang.demo.background import background
from anwang.demo.beats import Story
from anwang.demo.county import County

from .citizen import Citizen
from .first_night import FirstNight
from .first_weeks import FirstWeeks
from .moved_away import MovedAway
from .nobody_wants import NobodyWants
from .not_a_duplicate import NotADuplicate
from .not_home import NotHome
from .old_index import OldIndex
from .other_systems import OtherSystems
from .rosters import Rosters
from .suicide_attempt import SuicideAttempt
from .tokens import Tokens


def all_stories(county: County, seed: int) -> list[Story]:
    """Every story; `seed` chooses the people of the background, not what happens in the others."""
    night, home = FirstNight(county), OldIndex(county)
    return [
        home,
        NotHome(home),
        NobodyWants(county),
        SuicideAttempt(county),
        night,
        FirstWeeks(night),
        NotADuplicate(county),
        MovedAway(county),
        Rosters(county),
        Tokens(county),
        OtherSystems(county),
        Citizen(county),
        *background(county, seed),
    ]
