"""What happened in the invented county, one module a story."""

from __future__ import annotations

from anwang.demo.background import background
from anwang.demo.beats import Story
from anwang.demo.county import County

from .accounts import Accounts
from .asked_across import AskedAcross
from .asked_for_his import AskedForHis
from .citizen import Citizen
from .conferring import Conferring
from .drafted import Drafted
from .first_night import FirstNight
from .first_weeks import FirstWeeks
from .handed_on import HandedOn
from .in_the_news import InTheNews
from .instruments import Instruments
from .looked import Looked
from .moved_away import MovedAway
from .next_door import NextDoor
from .nine_units import NineUnits
from .nobody_wants import NobodyWants
from .not_a_duplicate import NotADuplicate
from .not_home import NotHome
from .old_index import OldIndex
from .other_systems import OtherSystems
from .placing import Placing
from .plans_and_funds import PlansAndFunds
from .rosters import Rosters
from .schedules import OnSchedule
from .sitting import SittingStory
from .steered import Steered
from .steering import Asked
from .suicide_attempt import SuicideAttempt
from .tokens import Tokens
from .two_counties import TwoCounties


def all_stories(county: County, seed: int) -> list[Story]:
    """Every story; `seed` chooses the people of the background, not what happens in the others."""
    night, home, next_door = FirstNight(county), OldIndex(county), NextDoor(county)
    pupil, wanted, nine = SuicideAttempt(county), NobodyWants(county), NineUnits(county)
    return [
        home,
        NotHome(home),
        InTheNews(home),
        wanted,
        pupil,
        TwoCounties(county, pupil),
        night,
        FirstWeeks(night),
        Placing(county, night, wanted),
        nine,
        HandedOn(county, nine),
        NotADuplicate(county),
        MovedAway(county),
        next_door,
        AskedAcross(county, next_door),
        Looked(county, next_door),
        Conferring(county, night, next_door),
        SittingStory(county),
        OnSchedule(county, pupil, next_door),
        Instruments(county, pupil, home, night, next_door),
        Rosters(county),
        Asked(county),
        Steered(county),
        Drafted(county),
        Tokens(county),
        OtherSystems(county),
        Citizen(county),
        AskedForHis(county),
        Accounts(county),
        PlansAndFunds(county),
        *background(county, seed),
    ]
