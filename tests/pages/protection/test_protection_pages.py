"""Orders and shields by hand: every form once, what a page says, and what strangers and his side get."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from anwang.access.actions import grant, worker_key
from anwang.access.states import Zone
from anwang.cases.models import Case
from anwang.foundation import clock
from anwang.protection.models import Order, Relay, Seeking, Shielding, Violation
from tests.pages.cases.test_case_pages import as_, number
from tests.unit.cases.office import LATER, NIGHT, Office, open_office
from tests.unit.protection import orders as at_hand
from tests.world import build_world

pytestmark = pytest.mark.django_db
HERS = "adult_worker"


@pytest.fixture
def office(db: None, at: Callable[..., clock.FrozenClock]) -> Office:
    return open_office(build_world(), at(NIGHT + LATER))


@pytest.fixture
def case(office: Office) -> Case:
    return at_hand.her_case(office)


@pytest.fixture
def order(office: Office, case: Case) -> Order:
    return at_hand.registered(office, case.id)


def instant(prefix: str, then: datetime | None = None) -> dict[str, str]:
    here = clock.local(then or clock.now())
    return {f"{prefix}_day": f"{here.year - 1911}年{here.month}月{here.day}日", f"{prefix}_time": f"{here:%H:%M}"}


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def send(client: Client, path: str, **given: object) -> str:
    answer = client.post(path, given, follow=True)
    body = answer.content.decode()
    assert answer.redirect_chain, re.sub(r"<[^>]+>|\s+", " ", body)[:1500]
    return body


def test_says_of_an_empty_register_what_comes_next(office: Office, case: Case) -> None:
    body = text(as_(HERS), "/protection")
    assert "沒有在效的保護令。" in body
    assert "法院的保護令來了，從被害人的案件登錄。" in body
    assert "登錄保護令" in text(as_(HERS), f"/protection/of/{number(case)}")


def test_registers_an_order_through_its_form(office: Office, case: Case) -> None:
    at_hand.till(office, at_hand.RECEIVED)
    body = send(
        as_(HERS), f"/protection/of/{number(case)}/order", kind="ordinary", court="望潮地方法院",
        number="115年度家護字第9001號", bound=str(office.father), protects=[str(office.mother), str(office.boy)],
        terms=["no_contact", "keep_away"], distance_m="100", ends_on="117-03-08",
        **instant("issued_at", at_hand.ISSUED), **instant("received_at", at_hand.RECEIVED),
    )  # fmt: skip
    assert "對陳志豪的保護令，在效，到117年3月8日。" in re.sub(r"<[^>]+>", "", body)
    assert "遠離住居所、學校、工作場所（100公尺）" in re.sub(r"<[^>]+>", "", body)
    assert "第14條第1項第2款" in re.sub(r"<[^>]+>", "", body)


def test_stays_on_the_form_with_what_was_typed_when_the_court_cannot_have_said_so(office: Office, case: Case) -> None:
    at_hand.till(office, at_hand.RECEIVED)
    answer = as_(HERS).post(f"/protection/of/{number(case)}/order", {
        "kind": "temporary", "court": "望潮地方法院", "number": "9003號", "bound": str(office.father),
        "protects": [str(office.mother)], "terms": ["no_contact"], "ends_on": "117-03-08",
        **instant("issued_at", at_hand.ISSUED), **instant("received_at", at_hand.RECEIVED),
    })  # fmt: skip
    assert answer.status_code == 422
    assert "暫時與緊急的不填" in answer.content.decode()


def test_walks_through_every_form_of_an_order(office: Office, order: Order) -> None:
    client, here = as_(HERS), f"/protection/orders/{order.id}"
    for relay in Relay.objects.filter(order=order).order_by("id"):
        if relay.receiver == "tax":
            send(client, f"/protection/told/{relay.id}/left", words="沒有所得資料。", **instant("at"))
        else:
            send(client, f"/protection/told/{relay.id}", to="隱山分局", how="電話", **instant("at"))
            send(client, f"/protection/told/{relay.id}/received", who="值日員", **instant("at"))
    assert "隱山分局" not in text(client, here)
    assert "隱山分局" in client.post(f"{here}/places").content.decode()
    send(client, f"{here}/receiver", receiver="other_county")
    send(client, f"{here}/served", **instant("at"))
    send(client, f"{here}/change", terms=["no_contact"], words="裁定9009號", **instant("at"))
    send(
        client, f"{here}/broken", terms=["no_contact"], words="打電話來罵。", **instant("happened_at"), **instant("at")
    )
    send(client, f"/protection/broken/{Violation.objects.get().id}", then="police_told", words="分局案號9001",
         **instant("at"))  # fmt: skip
    send(client, f"{here}/extension", words="狀號9010", **instant("at"))
    send(client, f"{here}/safety-plan", words="換電話。", **instant("at"))
    send(client, f"{here}/ruling", ruled="granted", until="119-03-08", words="裁定9011號", **instant("at"))
    send(client, f"{here}/no-extension", words="談過，不聲請。", **instant("at"))
    body = send(client, f"{here}/end", how="revoked", words="裁定9012號", **instant("at"))
    assert "對陳志豪的保護令已經失效。" in body
    assert "違反保護令罪" in body


def test_walks_through_every_form_of_a_shield(office: Office, case: Case) -> None:
    client = as_(HERS)
    send(client, f"/protection/of/{number(case)}/shield", persons=[str(office.mother), str(office.boy)],
         kind="authority", against=[str(office.father)], ask_whom="家防中心 (08)000-1130", **instant("at"))  # fmt: skip
    shielding = Shielding.objects.filter(person_id=office.mother).get()
    here = f"/protection/shields/{shielding.id}"
    assert "住處、電話、學校都要登錄才會一起遮" in text(client, here)
    for what, place in {"phone": "0900-000-931", "school": "礁岩國民小學", "county": "珊瑚縣"}.items():
        send(client, f"{here}/place", what=what, text=place, **instant("at"))
    closed = text(client, here)
    assert "礁岩國民小學" not in closed
    opened = client.post(f"{here}/open").content.decode()
    assert "礁岩國民小學" in opened
    assert "珊瑚縣" in opened
    send(client, f"{here}/review", until_on="116-03-08", **instant("at"))
    send(client, f"/protection/of/{number(case)}/searching", person=str(office.mother), words="阿姨說他在問。",
         **instant("at"))  # fmt: skip
    assert "有1則消息說有人在找保密的人。" in re.sub(r"<[^>]+>", "", text(client, "/protection"))
    send(client, f"/protection/searching/{Seeking.objects.get().id}", words="她平安。", **instant("at"))
    assert "林佳安的去處不再保密。" in send(client, f"{here}/end", because="她搬回來了。", **instant("at"))


def test_shows_her_supervisor_the_bell_and_no_place(office: Office, case: Case) -> None:
    client = as_(HERS)
    send(client, f"/protection/of/{number(case)}/shield", persons=[str(office.mother)], kind="authority",
         ask_whom="家防中心 (08)000-1130", **instant("at"))  # fmt: skip
    here = f"/protection/shields/{Shielding.objects.get().id}"
    send(client, f"{here}/place", what="school", text="礁岩國民小學", **instant("at"))
    body = text(as_("adult_supervisor"), here)
    assert "需要時請洽家防中心" in body
    refused = as_("adult_supervisor").post(f"{here}/open")
    assert refused.status_code == 403
    assert "礁岩國民小學" not in refused.content.decode()


@pytest.mark.parametrize("key", ["worker2", "nurse", "ngo_worker", "clerk", "administrator", "screener"])
def test_answers_a_stranger_as_if_nothing_were_there(office: Office, order: Order, key: str) -> None:
    client, here = as_(key), f"/protection/orders/{order.id}"
    assert client.get(here).status_code == 404
    gone = client.get("/protection/orders/01890000-0000-7000-8000-00000000dead")
    assert gone.status_code == 404
    assert "陳志豪" not in client.get("/protection").content.decode()


def test_tells_his_public_worker_the_terms_and_nothing_of_her(office: Office, order: Order) -> None:
    his = at_hand.his_case(office, kind="mental_health", circle="neutral")
    body = re.sub(r"<[^>]+>", "", text(as_("worker2"), f"/cases/{number(his)}"))
    assert "安全提醒" in body
    assert "通常保護令：禁止騷擾、接觸、跟蹤、通話、通信、遠離住居所、學校、工作場所" in body
    assert "到117年3月8日" in body
    assert not [word for word in ("林佳安", "望潮地方法院", "9001", "賴思穎", "成保組") if word in body]


def test_tells_a_partner_under_contract_one_sentence(office: Office, order: Order) -> None:
    his = at_hand.his_case(office, kind="mental_health", circle="neutral")
    holder = worker_key(office.workers["ngo_worker"])
    grant(file_id=his.id, holder=holder, zones=(Zone.WORK,), because="joining", by=office.be("worker2"), at=clock.now())
    body = re.sub(r"<[^>]+>", "", text(as_("ngo_worker"), f"/cases/{number(his)}"))
    assert "安全提醒" in body
    assert "保護令：" not in body


def test_stops_telling_when_the_order_is_over(office: Office, order: Order) -> None:
    his = at_hand.his_case(office, kind="mental_health", circle="neutral")
    office.hands.advance(timedelta(days=800))
    body = re.sub(r"<[^>]+>", "", text(as_("worker2"), f"/cases/{number(his)}"))
    assert "通常保護令：" not in body
