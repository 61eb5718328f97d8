"""Decisions of minutes by hand: every form once, the line drawn, and what each county's pages say."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from anwang.conferences.models import Decision
from anwang.matters.models import Matter
from anwang.tracking.models import Change, Relay, Track
from tests.pages.cases.test_case_pages import as_
from tests.unit.tracking.conftest import MORNING
from tests.unit.tracking.forum import BUREAU, OTHER, Forum, met, reported, seat, text_of, tracked
from tests.world import build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def forum(db: None, at) -> Forum:  # type: ignore[no-untyped-def]
    hands = at(MORNING)
    world = build_world()
    seat(world)
    return met(world, hands)


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def send(client: Client, path: str, **given: object) -> str:
    answer = client.post(path, given, follow=True)
    body = answer.content.decode()
    assert answer.redirect_chain, re.sub(r"<[^>]+>|\s+", " ", body)[:1500]
    return body


def number(track: Track) -> str:
    return Matter.objects.get(id=Decision.objects.get(id=track.decision_id).task_id).number


def test_goes_from_a_sentence_to_its_release_by_forms(forum: Forum) -> None:
    keeper = as_("officer")
    page = text(keeper, f"/sittings/decisions/{forum.sitting}")
    assert "半年後" in page
    form = text(keeper, f"/sittings/sentences/{text_of(forum, '二').id}")
    assert "115年9月2日" in form
    assert "從開會那天起算" in form
    send(keeper, f"/sittings/sentences/{text_of(forum, '二').id}", unit_id=forum.units[BUREAU], due_on="115年9月2日",
         helping=[forum.units[OTHER]], deliverable="專案報告", asks_change="on", every_months="")  # fmt: skip
    forum.be("officer")
    main = Track.objects.get(part="main")
    address = f"/sittings/tracked/{number(main)}"
    shown = re.sub(r"<[^>]+>|\s", "", text(keeper, address))
    assert re.search("要在.*9月2日.*前回報", shown), re.findall("望潮縣政府社會局.{30}", shown)
    county = as_("county_officer")
    send(county, f"{address}/report", words="報告完成", evidence="府社字第1號", proposes="released")
    refused = keeper.post(f"{address}/rule", {"state": "released"}).content.decode()
    assert "要求改變" in refused
    send(keeper, f"{address}/link", kind="rule", rule="instrument.windows", words="觀察期間")
    send(keeper, f"{address}/link", kind="page", page="instruments:report", words="半年報告")
    refused = keeper.post(f"{address}/rule", {"state": "released"}).content.decode()
    assert "還沒有回報" in refused
    forum.be("officer")
    share = Track.objects.get(part="share")
    other = as_("other_officer")
    send(
        other, f"/sittings/tracked/{number(share)}/report", words="也完成", evidence="府社字第2號", proposes="released"
    )
    body = send(keeper, f"{address}/rule", state="released")
    assert "裁示好了" in body
    page = text(keeper, address)
    drawn = page.partition('<ol class="line">')[2].partition("</ol>")[0]
    assert "人工調整之後觀察多久" in drawn
    assert "量表半年報告" in drawn


def test_stands_on_today_of_who_answers_and_leads_from_there(forum: Forum) -> None:
    track = tracked(forum)
    county, keeper = as_("county_officer"), as_("officer")
    assert number(track) in text(county, "/today")
    assert county.get(f"/decisions/{number(track)}").url == f"/sittings/tracked/{number(track)}"
    followed = Matter.objects.get(id=track.follow_id).number
    assert followed in text(keeper, "/today")
    assert keeper.get(f"/meetings/of/{followed}").url == f"/sittings/decisions/{forum.sitting}"
    assert number(track) not in text(as_("chief"), "/meetings")


def test_refuses_on_the_form_what_leads_nowhere(forum: Forum) -> None:
    track = tracked(forum)
    keeper = as_("officer")
    answer = keeper.post(f"/sittings/tracked/{number(track)}/link", {"kind": "rule", "rule": "no.rule", "words": "x"})
    assert answer.status_code == 422
    assert "沒有這條規則" in answer.content.decode()
    assert not Change.objects.exists()


def test_shows_a_county_its_own_and_not_another_county_s(forum: Forum) -> None:
    track = tracked(forum)
    reported(forum, track)
    no = number(track)
    own, other = as_("county_officer"), as_("other_officer")
    assert no in text(own, "/sittings/tracked")
    assert no not in text(other, "/sittings/tracked")
    assert other.get(f"/sittings/tracked/{no}").status_code == 404
    assert "府社字第1150000號" not in text(other, f"/sittings/decisions/{forum.sitting}")


def test_tells_units_and_sees_who_has_not_acknowledged(forum: Forum) -> None:
    keeper, county = as_("officer"), as_("county_officer")
    path = f"/sittings/decisions/{forum.sitting}/tell"
    send(keeper, path, unit_ids=[forum.units[BUREAU]], how="system")
    answer = keeper.post(path, {"unit_ids": [forum.units["far"]], "how": "system"})
    assert "不在系統上" in answer.content.decode()
    send(keeper, path, unit_ids=[forum.units["far"]], how="letter", words="衛家字第1150000001號")
    assert "還有2個單位沒有確認收到" in text(keeper, f"/sittings/decisions/{forum.sitting}")
    forum.be("officer")
    ours, far = (Relay.objects.get(unit_id=forum.units[one]).id for one in (BUREAU, "far"))
    assert "等你確認收到" in text(county, "/sittings/tracked")
    send(county, f"/sittings/relays/{ours}", how="system")
    assert county.get(f"/sittings/relays/{far}").status_code == 404
    send(keeper, f"/sittings/relays/{far}", how="phone", words="社會處陳科員")
    assert "沒有確認收到" not in text(keeper, f"/sittings/decisions/{forum.sitting}")
    assert keeper.post(f"/sittings/relays/{far}", {"how": "phone", "words": "x"}).status_code == 409


def test_writes_the_status_table_by_itself(forum: Forum) -> None:
    track = tracked(forum)
    tracked(forum, "四", unit_id=forum.units[OTHER])
    reported(forum, track)
    keeper = as_("officer")
    page = text(keeper, f"/sittings/decisions/{forum.sitting}/status")
    assert "還有1案沒有回報" in page
    assert "已提出報告" in page
    assert "建議解除列管" in page
    paper = keeper.post(f"/sittings/decisions/{forum.sitting}/status/print", {"form": "odt"})
    assert paper.status_code == 200
    assert paper["Content-Type"] == "application/vnd.oasis.opendocument.text"
    assert as_("county_officer").get(f"/sittings/decisions/{forum.sitting}/status").status_code == 404


def test_stops_a_round_and_says_why_nothing_changed(forum: Forum) -> None:
    track = tracked(forum, "三", every_months=6, asks_change=True)
    keeper = as_("officer")
    send(keeper, f"/sittings/tracked/{number(track)}/stop", because="改列年報")
    send(keeper, f"/sittings/tracked/{number(track)}/unchanged", because="現行統計已有")
    page = text(keeper, f"/sittings/tracked/{number(track)}")
    assert "改列年報" in page
    assert "現行統計已有" in page


def test_draws_every_decision_of_the_published_minutes(forum: Forum) -> None:
    keeper = as_("county_officer")
    assert "/sittings/lines/net-minutes-2021" in text(keeper, "/sittings/lines")
    page = text(keeper, "/sittings/lines/net-minutes-2021")
    assert "/policy/instrument.windows" in page
    assert "/forms/report" in page
    assert "還沒有" in page
    assert keeper.get("/sittings/lines/nothing").status_code == 404


def test_asks_few_statements(forum: Forum) -> None:
    track = tracked(forum)
    address, keeper = f"/sittings/tracked/{number(track)}", as_("officer")
    asked = {}
    here = f"/sittings/decisions/{forum.sitting}"
    for path in ("/sittings/tracked", address, here, f"{here}/status",
                 f"/sittings/sentences/{text_of(forum, '三').id}", f"{address}/rule",
                 f"{address}/link", "/sittings/lines", "/sittings/lines/net-minutes-2020"):  # fmt: skip
        text(keeper, path)
        with CaptureQueriesContext(connection) as caught:
            text(keeper, path)
        asked[path] = sum(not one["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN")) for one in caught)
    assert max(asked.values()) <= 8, asked


@pytest.mark.parametrize("who", ["officer", "chief", "worker", "clerk"])
def test_leads_nobody_to_a_closed_door(forum: Forum, who: str) -> None:
    client = as_(who)
    found: set[str] = set()
    for minutes in ("2018", "2019", "2020", "2021", "2022"):
        main = text(client, f"/sittings/lines/net-minutes-{minutes}").partition("<main")[2].partition("</main>")[0]
        found |= set(re.findall(r'href="(/[^"#?]*)', main))
    closed = {path: answer for path in sorted(found) if (answer := client.get(path).status_code) != 200}
    assert closed == {}


@pytest.mark.parametrize("who", ["worker", "clerk", "administrator"])
def test_is_closed_to_whoever_does_not_steer(forum: Forum, who: str) -> None:
    client = as_(who)
    assert "/sittings/tracked" not in text(client, "/sittings/lines/net-minutes-2021")
    for path in ("/sittings/tracked", f"/sittings/decisions/{forum.sitting}"):
        assert client.get(path).status_code in (403, 404), path
