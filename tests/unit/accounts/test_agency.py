"""An agency's own log-in, against a provider in this process: bound by issuer and subject, through an invitation."""

from __future__ import annotations

import base64
import hashlib
import json
import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey

from anwang.access.entering import AtTheDoor
from anwang.access.models import Account
from anwang.accounts import actions, oidc
from anwang.accounts.models import AgencyBinding
from anwang.accounts.passkeys import Made
from anwang.foundation import clock
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
ISSUER = "https://login.wangchao.example"


class Provider:
    """An OpenID provider: remembers what it was asked at its front, answers codes once. `forge` changes its tokens."""

    def __init__(self) -> None:
        self.key = ECKey.generate_key("P-256", {"kid": "1", "alg": "ES256", "use": "sig"})
        self.signer: Any = self.key
        self.header: dict[str, Any] = {"alg": "ES256", "kid": "1"}
        self.asked: dict[str, str] = {}
        self.codes: set[str] = set()
        self.forge: dict[str, Any] = {}
        self.described: dict[str, Any] = {"issuer": ISSUER}

    def front(self, address: str) -> dict[str, str]:
        """The browser arrives; what it brings back."""
        self.asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        code = f"code-{len(self.codes)}"
        self.codes.add(code)
        return {"state": self.asked["state"], "code": code, "iss": ISSUER}

    def fetch(self, method: str, address: str, body: bytes | None = None, headers: Any = None) -> bytes:
        path = urlsplit(address).path
        if path == "/.well-known/openid-configuration":
            ends = {name: f"{ISSUER}/{name}" for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")}
            return json.dumps({**ends, **self.described}).encode()
        if path == "/jwks_uri":
            return json.dumps({"keys": [self.key.as_dict(private=False)]}).encode()
        given = {name: values[0] for name, values in parse_qs((body or b"").decode()).items()}
        assert headers["Authorization"] == "Basic " + base64.b64encode(b"anwang:geheim").decode()
        proof = base64.urlsafe_b64encode(hashlib.sha256(given["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        assert proof == self.asked["code_challenge"]
        self.codes.remove(given["code"])
        return json.dumps({"id_token": self.token()}).encode()

    def token(self) -> str:
        now = int(time.time())
        claims = {"iss": ISSUER, "aud": "anwang", "sub": "subject-1", "nonce": self.asked["nonce"], "iat": now,
                  "exp": now + 300, "email": "worker@wangchao.example", "amr": ["mfa"], **self.forge}  # fmt: skip
        claims = {name: value for name, value in claims.items() if value is not None}
        if self.header["alg"] == "none":
            parts = [base64.urlsafe_b64encode(json.dumps(one).encode()).rstrip(b"=").decode()
                     for one in (self.header, claims)]  # fmt: skip
            return ".".join([*parts, ""])
        return jwt.encode(self.header, claims, self.signer)


@pytest.fixture
def world(db: None) -> World:
    return build_world()


@pytest.fixture
def provider(world: World, monkeypatch: pytest.MonkeyPatch) -> Provider:
    made = Provider()
    oidc._known.clear()
    monkeypatch.setattr(oidc, "fetch", made.fetch)
    actions.register_agency(
        name="望潮縣單一簽入", code="wangchao", issuer=ISSUER, client_id="anwang", client_secret="geheim",
        by=world.viewer("administrator"), at=clock.now(),
    )  # fmt: skip
    return made


def go(client: Client, provider: Provider, **changed: str) -> Any:
    away = client.get("/login/agency/wangchao")
    assert away.headers["Location"].startswith(f"{ISSUER}/authorization_endpoint?"), away.headers
    return client.get("/login/agency/wangchao/back", {**provider.front(away.headers["Location"]), **changed})


def bound(world: World, provider: Provider, key: str = "worker") -> Client:
    """A worker invited with the agency's log-in, who accepted by it."""
    agency = actions.agency_of("wangchao")[0]
    made = actions.invite(worker_id=world.workers[key], agency_id=agency, by=world.viewer("administrator"),
                          at=clock.now())  # fmt: skip
    client = Client()
    assert client.post(f"/join/{made.link}", {"code": made.code}).headers["Location"] == "/join/begin"
    assert "望潮縣單一簽入" in client.get("/join/begin").content.decode()
    assert go(client, provider).headers["Location"] == "/"
    return client


def test_binds_by_invitation_and_comes_in_afterwards(world: World, provider: Provider) -> None:
    assert bound(world, provider).get("/policy").status_code == 200
    binding = AgencyBinding.objects.get()
    assert (binding.subject, binding.account.username) == ("subject-1", "worker")
    client = Client()
    assert "望潮縣單一簽入" in client.get("/login").content.decode()
    assert go(client, provider).headers["Location"] == "/"
    assert client.get("/policy").status_code == 200


def test_lets_nobody_in_who_was_not_bound_whatever_his_address(world: World, provider: Provider) -> None:
    provider.forge = {"email": "worker", "preferred_username": "worker", "name": "簡伯勳", "email_verified": True}
    client = Client()
    assert go(client, provider).headers["Location"] == "/login"
    assert "還沒有綁定" in client.get("/login").content.decode()
    assert not AgencyBinding.objects.exists()


def test_binds_no_subject_to_two_accounts(world: World, provider: Provider) -> None:
    bound(world, provider)
    agency = actions.agency_of("wangchao")[0]
    made = actions.invite(worker_id=world.workers["clerk"], agency_id=agency, by=world.viewer("administrator"),
                          at=clock.now())  # fmt: skip
    client = Client()
    client.post(f"/join/{made.link}", {"code": made.code})
    assert go(client, provider).headers["Location"] == "/login"
    assert AgencyBinding.objects.count() == 1


@pytest.mark.parametrize(
    "forge",
    [{"iss": "https://evil.example"}, {"aud": "other"}, {"aud": ["anwang", "other"]}, {"nonce": "x"}, {"nonce": None},
     {"exp": 1}, {"iat": 9999999999}, {"sub": None}, {"sub": ""}, {"sub": 7}, {"sub": "x" * 256}, {"exp": "soon"}],
    ids=str,
)  # fmt: skip
def test_believes_no_token_that_is_not_the_answer(world: World, provider: Provider, forge: dict[str, Any]) -> None:
    bound(world, provider)
    provider.forge = forge
    client = Client()
    assert go(client, provider).headers["Location"] == "/login"
    assert client.get("/policy").status_code == 302


def test_believes_no_signature_but_the_providers(world: World, provider: Provider) -> None:
    bound(world, provider)
    provider.signer = ECKey.generate_key("P-256", {"kid": "1"})
    assert go(Client(), provider).headers["Location"] == "/login"
    provider.signer, provider.header = OctKey.import_key("geheim" * 8), {"alg": "HS256"}
    assert go(Client(), provider).headers["Location"] == "/login"
    provider.header = {"alg": "none"}
    assert go(Client(), provider).headers["Location"] == "/login"


@pytest.mark.parametrize(
    "changed", [{"state": "x"}, {"state": ""}, {"code": ""}, {"iss": "https://evil.example"}], ids=str
)
def test_believes_no_answer_to_another_question(world: World, provider: Provider, changed: dict[str, str]) -> None:
    bound(world, provider)
    assert go(Client(), provider, **changed).headers["Location"] == "/login"


def test_takes_an_answer_once_and_only_in_its_session(world: World, provider: Provider) -> None:
    bound(world, provider)
    client = Client()
    answer = provider.front(client.get("/login/agency/wangchao").headers["Location"])
    assert Client().get("/login/agency/wangchao/back", answer).headers["Location"] == "/login"
    assert client.get("/login/agency/wangchao/back", answer).headers["Location"] == "/"
    client.logout()
    assert client.get("/login/agency/wangchao/back", answer).headers["Location"] == "/login"


def test_asks_the_second_factor_where_the_agency_asked_only_a_password(world: World, provider: Provider) -> None:
    bound(world, provider)
    account = Account.objects.get(username="worker")
    actions.add_passkey(account_id=account.pk, made=passkey(), label="x", by=door(account), at=clock.now())
    provider.forge = {"amr": ["pwd"]}
    assert go(Client(), provider).headers["Location"] == "/login/second"


def passkey() -> Any:
    return Made(b"one", b"attested", 0, False)


def door(account: Account) -> Any:
    return AtTheDoor(account.worker_id)


def test_lets_nobody_in_once_the_agency_or_the_account_is_ended(world: World, provider: Provider) -> None:
    bound(world, provider)
    Account.objects.filter(username="worker").update(is_active=False)
    assert go(Client(), provider).headers["Location"] == "/login"
    actions.end_agency(agency_id=actions.agency_of("wangchao")[0], by=world.viewer("administrator"), at=clock.now())
    assert Client().get("/login/agency/wangchao").status_code == 404


def test_believes_no_provider_that_calls_itself_otherwise(world: World, provider: Provider) -> None:
    provider.described = {"issuer": "https://evil.example"}
    assert Client().get("/login/agency/wangchao").headers["Location"] == "/login"


@pytest.mark.parametrize("address", ["http://login.example/x", "https://127.0.0.1/x", "https://10.0.0.8/x",
                                     "https://169.254.169.254/latest", "file:///etc/passwd", "https://u:p@x.example/",
                                     "https://x.example/\r\nHost: y", "https://[::1]/"])  # fmt: skip
def test_asks_nothing_of_our_own_network(settings: object, address: str) -> None:
    settings.OUTBOX_PRIVATE = False  # type: ignore[attr-defined]
    with pytest.raises(oidc.BadInput):
        oidc.fetch("GET", address)


def step_up(client: Client, provider: Provider, **told: Any) -> str:
    """Log in at the agency anew, from the page that asks who is there; what that page then says."""
    away = client.get("/account/prove/agency/wangchao")
    provider.forge = {"auth_time": int(time.time()), **told}
    answer = client.get("/login/agency/wangchao/back", provider.front(away.headers["Location"]))
    return str(answer.content.decode()) if answer.status_code == 200 else answer.headers["Location"]


def aged(client: Client) -> Client:
    """An hour later: the proof of coming in counts no more."""
    session = client.session
    session["proved"] = int(clock.now().timestamp()) - 3600
    session.save()
    return client


def is_proved(client: Client) -> bool:
    return client.session["proved"] > clock.now().timestamp() - 60


def test_proves_himself_at_his_agency_and_goes_on_with_what_he_had_sent(world: World, provider: Provider) -> None:
    client = aged(bound(world, provider))
    asked = client.post("/account/confirm").content.decode()
    assert "/account/prove/agency/wangchao" in asked
    assert "沒有辦法確認" not in asked
    assert client.post("/account/prove", {"agency": "1", "next": "/account"}).status_code == 422, "not before he did"
    assert "確認好了" in step_up(client, provider)
    assert (provider.asked["prompt"], provider.asked["max_age"]) == ("login", "0")
    on = client.post("/account/prove", {"agency": "1", "next": "/account/confirm", "sends": "1", "kept-name": ["why"],
                                        "kept-value": ["要匯出"]})  # fmt: skip
    assert "要匯出" in on.content.decode()
    assert is_proved(client)


@pytest.mark.parametrize("told", [{"auth_time": None}, {"auth_time": 1}, {"auth_time": "now"},
                                  {"auth_time": 9999999999}], ids=str)  # fmt: skip
def test_believes_no_agency_that_does_not_say_he_logged_in_anew(
    world: World, provider: Provider, told: dict[str, Any]
) -> None:
    client = aged(bound(world, provider))
    assert step_up(client, provider, **told) == "/login"
    assert not is_proved(client)


def test_believes_nobody_else_at_the_same_session(world: World, provider: Provider) -> None:
    client = aged(bound(world, provider))
    assert "那不是這裡登入的帳號" in step_up(client, provider, sub="subject-2")
    assert not is_proved(client)


def test_unlocks_by_the_agencys_password_but_takes_no_dangerous_step(world: World, provider: Provider) -> None:
    client = aged(bound(world, provider))
    client.post("/account/veil", HTTP_ACCEPT="application/json")
    assert client.get("/policy").status_code == 302
    assert "已解鎖" in step_up(client, provider, amr=["pwd"])
    assert client.get("/policy").status_code == 200
    assert not is_proved(client)
    assert client.post("/account/confirm").status_code == 403
