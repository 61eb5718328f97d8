"""Every page in a browser by one fitting role: accessible, within a phone's width, colours kept for their meaning."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest
from django.test import Client
from playwright.sync_api import ConsoleMessage, Page

from tests.pages.everywhere import places
from tests.proving import prove

WHO = {
    "duty_desk": "luo", "intake": "fang", "unit_desk": "ye", "asking": "ye", "papers": "zhong", "figures": "fang",
    "asking:reassign": "shi", "asking:swap": "jiang", "cases:open_lead": "shi", "papers:visit": "jian",
    "people:end": "du", "unit_desk:dispute": "shi", "unit_desk:leaving": "fang", "unit_desk:people": "yu",
    "cases:search": "shen", "cases:search_step": "shen", "cases:end_search": "shen", "cases:check_sighting": "shen",
    "cases:police_list": "fang", "cases:police_lines": "fang", "rosters": "he", "intake:person": "jian",
    "protection": "lin", "systems": "yu", "systems:uploads": "du", "systems:upload": "du",
    "accounts": "yu", "disclosure": "lin", "disclosure:opening": "luo", "disclosure:use": "shi", "oversight": "pu",
    "instruments": "lai", "instruments:report": "ye", "instruments:half": "ye", "instruments:take": "ye",
    "restricted": "fu", "steering": "cheng", "tracking": "xie", "minutes": "xie", "lab": "xie", "funding": "xie",
    "submissions": "cheng", "deployment": "cheng", "steering:try_card": "bo",
    "subjects": "zhong", "subjects:keeping": "pu", "subjects:dictionary": "pu",
}  # fmt: skip
"""Who looks first at a desk or at one of its pages."""
OTHERS = ("jian", "ye", "lin", "shi", "lai", "tang", "shen", "fu", "gao", "xu", "xu2", "dai", "hua", "qin", "sun",
          "rong", "guan", "you2", "meng", "zhuo", "du", "fang", "luo", "zhong", "yu", "pu", "xie", "lan",
          "cheng", "bo")  # fmt: skip
"""Who is asked next, one after the other, until a page opens for somebody."""
IN_A_CAR = {"duty_desk", "families", "instruments", "intake", "people", "public", "worklist"}
"""Desks whose accessibility is asked at a telephone's width too; the tests of cases do so themselves."""
NOWHERE = {"asking:taken_over", "public:leave", "rosters:row", "accounts:agency", "accounts:prove_agency",
           "accounts:begin", "accounts:here", "accounts:join", "followups:feed", "treatment:warned"}  # fmt: skip
"""Pages that open for nobody in the invented county: no transfer waits for another county there, two lead away, one
answers without a page, a calendar's address is known to its owner alone, nobody threatened in treatment
(tests/pages/treatment), every row of a list was mended (tests/pages/rosters looks at that form), and of an invitation
nobody knows the link again (tests/pages/accounts looks at what it opens)."""
DESKS = sorted({app for app, _ in places.patterns()})
TOO_WIDE = "document.documentElement.scrollWidth - innerWidth"
COLOUR_LAW = """() => { const root = getComputedStyle(document.documentElement), probe = document.createElement('i');
  document.body.append(probe);
  const rgb = name => { probe.style.color = root.getPropertyValue(name); return getComputedStyle(probe).color; };
  const law = [['--risk', '[data-is=risk], .harm, .flag, .call'], ['--late', '[data-is=late]']]
    .map(([name, where]) => [name, rgb(name), where]);
  probe.remove();
  return [...document.querySelectorAll('main *')].flatMap(part => { const style = getComputedStyle(part);
    return law.filter(([, colour, where]) => [style.color, style.stroke].includes(colour) && !part.closest(where))
      .map(([name]) => name + ' on ' + part.outerHTML.slice(0, 80)); }); }"""


@pytest.fixture
def committed_db(county: str) -> str:
    """The site stands on the county that this worker's tests share."""
    return county


@pytest.mark.parametrize("desk", DESKS)
def test_shows_every_page_so_that_all_can_read_it(
    desk: str,
    live: str,
    page: Page,
    log_in: Callable[[Page, str], None],
    axe: Callable[[Page], list[str]],
    eyes: psycopg.Connection[places.Row],
) -> None:
    faults: list[str] = []
    opened: list[str] = []  # for whom pages of this desk opened: likely those of whom the next does, too
    page.on("console", lambda said: faults.append(_words(said)) if said.type == "error" else None)
    for name, paths in places.addresses(eyes).items():
        if name.startswith(f"{desk}:") and name not in NOWHERE and not name.endswith(":logout"):
            first = WHO.get(name, WHO.get(desk, OTHERS[0]))
            for who in dict.fromkeys((first, *reversed(opened), *OTHERS)):
                log_in(page, who)
                _prove(page)
                if (seen := _seen(page, desk, [live + path for path in paths], axe)) is not None:
                    opened.append(who)
                    break
            faults += [f"{name} opens nowhere: {paths}"] if seen is None else seen
    assert not faults, "\n".join(faults)


def _prove(page: Page) -> None:
    """Whoever sits there has just proved who he is, as some pages ask."""
    held = next(one["value"] for one in page.context.cookies() if one["name"] == "sessionid")
    client = Client()
    client.cookies["sessionid"] = held
    prove(client)


def _seen(page: Page, desk: str, addresses: list[str], axe: Callable[[Page], list[str]]) -> list[str] | None:
    """What is wrong with the first address that opens, None where none does; an action's answer to a GET is no page."""
    for address in addresses:
        answer = page.request.get(address)
        if answer.status == 405:
            return []
        if answer.status == 200:
            return _faults(page, desk, address, axe) if "text/html" in answer.headers["content-type"] else []
    return None


def _words(said: ConsoleMessage) -> str:
    return f"{said.location['url']}: {said.text}"


def _faults(page: Page, desk: str, address: str, axe: Callable[[Page], list[str]]) -> list[str]:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
    faults = [*axe(page), *page.evaluate(COLOUR_LAW)]
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 844})
        over = page.evaluate(TOO_WIDE)
        faults += [f"{over} px too wide at {width}"] if over > 0 else []
        faults += axe(page) if width == 390 and desk in IN_A_CAR else []
    return [f"{address}: {fault}" for fault in faults]
