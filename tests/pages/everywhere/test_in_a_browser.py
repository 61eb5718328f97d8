"""Every page in a browser by one fitting role: accessible, within a phone's width, colours kept for their meaning."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest
from playwright.sync_api import ConsoleMessage, Page

from tests.pages.everywhere import places

WHO = {
    "duty_desk": "luo", "intake": "fang", "unit_desk": "ye", "asking": "ye", "papers": "zhong", "figures": "fang",
    "asking:reassign": "shi", "asking:swap": "jiang", "cases:open_lead": "shi", "papers:visit": "jian",
    "people:end": "du", "unit_desk:dispute": "shi", "unit_desk:leaving": "fang", "unit_desk:people": "yu",
    "cases:search": "shen", "cases:search_step": "shen", "cases:end_search": "shen", "cases:check_sighting": "shen",
    "cases:police_list": "fang", "cases:police_lines": "fang", "rosters": "he", "intake:person": "jian",
    "systems": "yu", "systems:uploads": "du", "systems:upload": "du",
}  # fmt: skip
"""Who looks at a desk or at one of its pages; the rest is seen by whoever acts on the case of the first night."""
IN_A_CAR = {"duty_desk", "families", "intake", "people", "public", "worklist"}
"""Desks whose accessibility is asked at a telephone's width too; the tests of cases do so themselves."""
NOWHERE = {"asking:taken_over", "public:leave", "rosters:row"}
"""Pages that open for nobody in the invented county: no transfer waits for another county there, one leads away, and
every row of a list was mended (tests/pages/rosters looks at that form)."""
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
    page.on("console", lambda said: faults.append(_words(said)) if said.type == "error" else None)
    for name, paths in places.addresses(eyes).items():
        if name.startswith(f"{desk}:") and name not in NOWHERE and not name.endswith(":logout"):
            log_in(page, WHO.get(name, WHO.get(desk, "jian")))
            faults += _seen(page, name, [live + path for path in paths], axe)
    assert not faults, "\n".join(faults)


def _seen(page: Page, name: str, addresses: list[str], axe: Callable[[Page], list[str]]) -> list[str]:
    """The first address that opens; none of an action's answers to a GET is a page."""
    desk = name.partition(":")[0]
    for address in addresses:
        answer = page.request.get(address)
        if answer.status == 405:
            return []
        if answer.status == 200:
            return _faults(page, desk, address, axe) if "text/html" in answer.headers["content-type"] else []
    return [f"{name} opens nowhere: {addresses}"]


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
