"""A letter does not tell who reported, neither by name nor by number, however it is typed."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from anwang.access.models import Account
from anwang.documents.models import Paper
from anwang.foundation import clock
from anwang.intake.actions import receive_report
from anwang.intake.incoming import PersonIn, ReporterIn, ReportIn
from anwang.intake.queries.telling import tells_reporter
from anwang.matters.models import Matter
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 3, 7, 23, 40, tzinfo=clock.TAIPEI)
CHILD = "陳小宇"


@pytest.fixture
def world(at: Callable[..., object]) -> World:
    at(NIGHT + timedelta(minutes=5))
    return build_world(night=(NIGHT - timedelta(hours=4), NIGHT + timedelta(hours=9)))


@pytest.fixture
def matter(world: World) -> Matter:
    told = ReportIn(
        received_at=NIGHT, channel="line_113", narrative="小孩臉上有瘀青。", kinds=("child_protection",),
        persons=(PersonIn(role="child", name=CHILD),),
        reporter=ReporterIn(name="羅淑美", phone="0900-000-555", category="citizen", may_call_back="yes"),
    )  # fmt: skip
    report = receive_report(report=told, by=world.viewer("night"))
    return Matter.objects.get(id=report.id)


TELLING = ["羅淑美老師說的", "請打 0900-000-555", "０９０００００５５５", "0900 000 555"]


@pytest.mark.parametrize("text", TELLING)
def test_finds_the_reporter_in_the_text(world: World, matter: Matter, text: str) -> None:
    assert tells_reporter(world.viewer("night"), matter.id, text)


@pytest.mark.parametrize("text", ["請訪視陳小宇。", "電話0900-000-556", "淑美", "請與承辦人聯絡。"])
def test_lets_other_words_pass(world: World, matter: Matter, text: str) -> None:
    assert not tells_reporter(world.viewer("night"), matter.id, text)


def test_says_nothing_to_whoever_may_not_read_the_reporter(world: World, matter: Matter) -> None:
    assert not tells_reporter(world.viewer("screening_supervisor"), matter.id, TELLING[0])


@pytest.mark.parametrize("text", TELLING[:2])
def test_refuses_the_draft(world: World, matter: Matter, text: str) -> None:
    client = Client()
    client.force_login(Account.objects.get(username="night"))
    given = {
        "kind": "transfer", "matter_number": matter.number, "to_unit": str(world.units["protection2"]),
        "circle": "victim", "reason": text,
    }  # fmt: skip
    assert "內容寫到通報人" in client.post("/papers/letter", given).content.decode()
    assert not Paper.objects.exists()
    assert client.post("/papers/letter", {**given, "reason": "請接續服務。"}).status_code == 302


def test_does_not_take_a_title_that_stands_for_a_name_for_the_reporter(world: World, matter: Matter) -> None:
    told = ReportIn(
        received_at=NIGHT, channel="line_113", narrative="又有瘀青。", kinds=("child_protection",),
        persons=(PersonIn(role="child", name=CHILD),), reporter=ReporterIn(name="承辦人", category="education"),
    )  # fmt: skip
    report = receive_report(report=told, by=world.viewer("night"))
    assert not tells_reporter(world.viewer("night"), report.id, "請於週五前與承辦人聯絡。")
