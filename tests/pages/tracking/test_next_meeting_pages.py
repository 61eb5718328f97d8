"""By hand: one ruling on several cases, the next agenda filled anew, minutes searched."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from anwang.conferences.models import DecisionRuling
from anwang.foundation import clock
from anwang.minutes import actions as minutes
from anwang.minutes.models import Item, Sitting
from tests.pages.cases.test_case_pages import as_
from tests.unit.tracking.forum import Forum, reported, tracked

from .test_tracking_pages import forum, send, text

__all__ = ["forum"]
pytestmark = pytest.mark.django_db


def test_rules_fills_and_finds_by_forms(forum: Forum) -> None:
    reported(forum, tracked(forum))
    tracked(forum, "四")
    keeper = as_("officer")
    address = f"/sittings/decisions/{forum.sitting}/rule"
    assert "多案一起裁示" in text(keeper, f"/sittings/decisions/{forum.sitting}/status")
    page = text(keeper, address)
    assert "第1案" in page
    assert "第2案" in page
    refused = keeper.post(address, {"because": "照案。"}).content.decode()
    assert "至少選一案" in refused
    series = Sitting.objects.get(id=forum.sitting).series_id
    assert series
    draft = minutes.plan(series_id=series, met_on=date(2026, 4, 8), by=forum.be("officer"), at=clock.now())
    assert "照現在的回報重寫說明" in text(keeper, f"/sittings/of/{draft.id}")
    Item.objects.filter(sitting=draft).update(explanation="")
    send(keeper, f"/sittings/decisions/{draft.id}/fill")
    assert "案次1" in Item.objects.get(sitting=draft).explanation
    send(keeper, address, case_1="released", because="第1案解除列管。")
    forum.be("officer")
    assert [one.because for one in DecisionRuling.objects.all()] == ["第1案解除列管。"]
    with CaptureQueriesContext(connection) as asked:
        found = text(keeper, "/sittings/search?words=實物銀行&since=115年3月1日")
    assert "實物銀行分布" in found
    assert "流動情形" not in found
    assert sum("minutes_" in one["sql"] for one in asked) <= 3
    assert "填一欄以上" in text(keeper, "/sittings/search")
    assert "沒有符合的紀錄" in text(as_("county_officer"), "/sittings/search?words=查無此字")
    assert as_("worker").get("/sittings/search?words=實物").status_code == 403
