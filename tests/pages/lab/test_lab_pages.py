"""Drafts of rules in a browser: written, commented on, answered, approved, counted again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from anwang.access.models import Account
from anwang.foundation import clock, roc
from anwang.lab import actions, jobs
from anwang.lab.models import Draft, Replay
from tests.unit.lab.drafting import (
    ALL_ONE,
    FIRST_VISIT,
    GRADE,
    Lab,
    drafted,
    graded_children,
    handed_on,
    open_lab,
    opened,
    said,
)

pytestmark = pytest.mark.django_db
NEW = f"/drafts/new/{FIRST_VISIT}"


@pytest.fixture
def hands(at: Callable[..., Any]) -> Any:
    return at("2026-03-07T10:00+08:00")


@pytest.fixture
def lab(hands: Any) -> Lab:
    return open_lab()


def as_(key: str, language: str = "zh-hant") -> Client:
    account = Account.objects.get(username=key)
    Account.objects.filter(pk=account.pk).update(language=language)
    client = Client()
    client.force_login(account)
    return client


def wanted(**more: str) -> dict[str, str]:
    day = roc.roc_long(clock.today() + timedelta(days=60))
    return {"values": "within: 7 days", "starts_on": day, "why": "十天太久", "letter": "府社字第1號", **more}


def test_goes_from_the_rule_to_a_draft_to_a_comment_to_its_answer_to_the_approvers(lab: Lab, hands: Any) -> None:
    official = as_("official")
    assert NEW in official.get(f"/policy/{FIRST_VISIT}").text
    assert "within: 10 days" in official.get(NEW).text
    page = official.post(NEW, wanted(), follow=True).text
    assert "<del>10</del>" in page
    assert "<ins>7</ins>" in page
    draft = Draft.objects.get()
    here = f"/drafts/of/{draft.id}"
    assert as_("worker").get(here).status_code == 404
    official.post(f"{here}/move/open")
    assert "有1份草案等你的意見" in as_("worker").get("/drafts").text
    assert "約不到人" in as_("worker").post(f"{here}/comment", {"text": "七天內約不到人"}, follow=True).text
    hands.advance(timedelta(days=15))
    assert "還有1則意見要先回覆" in official.get(here).text
    reply = official.get(here).text.split("/drafts/comments/")[1].split('"')[0]
    official.post(f"/drafts/comments/{reply}", {"taken": "no", "text": "可以先電話約"})
    assert "可以先電話約" in as_("worker").get(here).text
    official.post(f"{here}/move/hand_on")
    assert official.post(f"{here}/move/approve").status_code == 403
    assert "還要另一位" in as_("director").post(f"{here}/move/approve", follow=True).text
    assert "到生效日自動適用" in as_("official2").post(f"{here}/move/approve", follow=True).text
    told = as_("worker").get(f"/policy/{FIRST_VISIT}", {"on": draft.starts_on.isoformat()}).text
    assert '<p class="answer"><span class="n">7日</span>內' in told or "7日內" in told.replace("<", "")
    assert "府社字第1號" in told
    compared = as_("worker").get(f"/policy/{FIRST_VISIT}/compare", {"to": draft.starts_on.isoformat()}).text
    assert "<del>10</del>" in compared
    assert "留著的每一版" in compared


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"values": "within"}, "一行寫一項"),
        ({"values": "within: 7 days\nwithin: 8 days"}, "寫了兩次"),
        ({"values": "within: [7 days"}, "讀不懂"),
        ({"values": "within: 10 days"}, "沒有要改的"),
        ({"starts_on": "115年3月7日"}, "明天以後"),
        ({"starts_on": "115年2月30日"}, "日"),
        ({"why": ""}, "請填為什麼要改"),
        ({"values": "cite: {source: x}"}, "由系統填"),
        ({"values": "&a [*a]"}, "一行"),
    ],
)
def test_says_what_is_wrong_and_keeps_what_was_typed(lab: Lab, typed: dict[str, str], words: str) -> None:
    answer = as_("official").post(NEW, wanted(**typed))
    assert answer.status_code == 200
    assert words in answer.text
    assert not Draft.objects.exists()


TRUTH = {
    # who: (sees a national draft that is open, writes it, approves it; sees a county draft that is being written)
    "official": (True, True, False, False),
    "official2": (True, True, True, False),
    "director": (True, True, True, False),
    "steerer": (True, False, False, True),
    "chief": (True, False, False, True),
    "steerer_else": (True, False, False, False),
    "worker": (True, False, False, False),
    "ngo_worker": (True, False, False, False),
    "clerk": (True, False, False, False),
    "administrator": (True, False, False, False),
}


def test_who_may_what(lab: Lab, hands: Any) -> None:
    national = handed_on(lab, hands)
    county = drafted(lab, "steerer", "99001", within="6 days")
    found = {}
    for key in TRUTH:
        client = as_(key)
        page = client.get(f"/drafts/of/{national.id}")
        found[key] = (
            page.status_code == 200,
            f"/drafts/of/{national.id}/end/withdraw" in page.text,
            f"/drafts/of/{national.id}/move/approve" in page.text,
            client.get(f"/drafts/of/{county.id}").status_code == 200,
        )
    assert found == TRUTH


def test_a_county_value_needs_its_chief(lab: Lab, hands: Any) -> None:
    draft = handed_on(lab, hands, "steerer", "99001", within="6 days")
    here = f"/drafts/of/{draft.id}/move/approve"
    assert as_("chief_else").post(here).status_code == 403
    assert as_("official").post(here).status_code == 302
    assert "請主管核准" in as_("director").post(here).text
    assert as_("chief").post(here, follow=True).status_code == 200
    draft.refresh_from_db()
    assert draft.state == "enacted"


def test_shows_how_far_a_replay_is_and_then_what_it_found(lab: Lab) -> None:
    graded_children(lab.world, 3)
    draft = graded_draft(lab)
    going = as_("official").post(f"/drafts/of/{draft.id}/replay", follow=True)
    assert "完成0%" in going.text
    assert going.headers["Refresh"] == "3"
    assert jobs.replay() == 1
    here = f"/drafts/replays/{Replay.objects.get().id}"
    done = as_("official").get(here)
    assert "會換邊" in done.text
    assert "望潮縣" in done.text
    assert "Refresh" not in done.headers
    assert as_("worker").get(here).status_code == 404


def graded_draft(lab: Lab) -> Draft:
    return drafted(lab, rule_id=GRADE, rows=ALL_ONE)


@pytest.mark.parametrize("language", ["zh-hant", "en"])
def test_needs_few_statements(
    lab: Lab, hands: Any, language: str, django_assert_max_num_queries: Callable[..., object]
) -> None:
    draft = opened(lab)
    for n in range(4):
        said(lab, draft, text=f"意見{n}")
    actions.ask_replay(draft_id=draft.id, by=lab.be("official"), at=clock.now())
    jobs.replay()
    replay = Replay.objects.get()
    for path in ("/drafts", f"/drafts/of/{draft.id}", f"/drafts/replays/{replay.id}", NEW, f"/policy/{FIRST_VISIT}",
                 f"/policy/{FIRST_VISIT}/compare"):  # fmt: skip
        client = as_("official", language)
        with django_assert_max_num_queries(15):  # 8 of the page; savepoints, session, account
            page = client.get(path)
        assert page.status_code == 200
        assert language == "zh-hant" or "草案" not in page.text.replace("十天太久", "")


def test_a_stale_address_is_not_found(lab: Lab) -> None:
    nobody = "01890000-0000-7000-8000-00000000dead"
    gone = (f"/drafts/of/{nobody}", f"/drafts/comments/{nobody}", f"/drafts/replays/{nobody}", "/drafts/new/no.such")
    for path in gone:
        assert as_("official").get(path).status_code == 404
    draft = drafted(lab)
    assert as_("official").post(f"/drafts/of/{draft.id}/move/elsewhere").status_code == 404
    assert as_("official").get(f"/drafts/of/{draft.id}/end/elsewhere").status_code == 404
    assert as_("official").post(f"/drafts/of/{draft.id}/move/hand_on").status_code == 409
