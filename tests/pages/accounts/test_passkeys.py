"""Passkeys at our pages: made, used, and refused in every way in which one can be forged."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from fido2.utils import websafe_encode
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anwang.access.models import Account
from anwang.accounts import passkeys
from anwang.accounts.models import Passkey
from anwang.audit.models import Act
from anwang.foundation.errors import BadInput
from anwang.web.accounts import ways
from tests.authenticator import Authenticator
from tests.proving import prove
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
SITE = passkeys.Site("testserver", "https://testserver")


@pytest.fixture
def world(db: None) -> World:
    return build_world()


def secure(client: Client, path: str, given: dict[str, str] | None = None) -> Any:
    return client.post(path, given or {}, secure=True)


def asked(client: Client, path: str) -> dict[str, Any]:
    answer = secure(client, path)
    assert answer.status_code == 200, answer.content
    return json.loads(answer.content)


@pytest.fixture
def key(world: World) -> Authenticator:
    """The worker's passkey, made at the page of his account."""
    made, client = Authenticator(), Client()
    client.force_login(Account.objects.get(username="worker"))
    prove(client)
    options = asked(client, "/account/passkeys/asked")
    assert options["authenticatorSelection"] == {
        "residentKey": "required", "requireResidentKey": True, "userVerification": "required"
    }  # fmt: skip
    answer = secure(client, "/account/passkeys", {"passkey": made.make(options), "label": "辦公室\u202e電腦\r\nX: y"})
    assert answer.status_code == 302
    return made


def enter(key: Authenticator, client: Client | None = None, **forged: Any) -> Any:
    client = client or Client()
    answer = key.use(asked(client, "/login/passkey"), **forged)
    return secure(client, "/login", {"passkey": answer})


def test_comes_in_without_a_name_or_a_password(key: Authenticator) -> None:
    client = Client()
    assert enter(key, client).headers["Location"] == "/"
    page = client.get("/account", secure=True).content.decode()
    assert "辦公室電腦X: y" in page
    assert "你用1把通行金鑰登入" in page
    assert Act.objects.get(verb="account.entered").details == {"how": "passkey"}


def test_takes_a_challenge_once(key: Authenticator) -> None:
    client = Client()
    answer = key.use(asked(client, "/login/passkey"))
    assert secure(client, "/login", {"passkey": answer}).status_code == 302
    client.logout()
    assert secure(client, "/login", {"passkey": answer}).status_code == 422
    assert secure(Client(), "/login", {"passkey": answer}).status_code == 422


def test_takes_no_challenge_of_another_session_and_none_asked_for_something_else(key: Authenticator) -> None:
    other = key.use(asked(Client(), "/login/passkey"))
    mine = Client()
    asked(mine, "/login/passkey")
    assert secure(mine, "/login", {"passkey": other}).status_code == 422
    client = Client()
    client.force_login(Account.objects.get(username="worker"))
    proof = key.use(asked(client, "/account/prove/passkey"))
    assert secure(client, "/login", {"passkey": proof}).status_code == 422


@pytest.mark.parametrize("origin", ["https://evil.example", "http://testserver", "https://testserver:8443",
                                    "https://testserver.evil.example", "https://sub.testserver"])  # fmt: skip
def test_takes_no_answer_of_another_origin(key: Authenticator, origin: str) -> None:
    key.origin = origin
    assert enter(key).status_code == 422


def test_takes_no_answer_for_another_host(key: Authenticator) -> None:
    key.host = "evil.example"
    assert enter(key).status_code == 422


def test_takes_no_answer_of_another_kind_or_of_nobody_verified(key: Authenticator) -> None:
    assert enter(key, kind="webauthn.create").status_code == 422
    assert enter(key, verified=False).status_code == 422


def test_takes_no_other_key_under_the_same_name(key: Authenticator) -> None:
    assert enter(Authenticator(name=key.name)).status_code == 422


def test_ends_a_key_whose_counter_goes_back(key: Authenticator) -> None:
    assert enter(key, counter=7).status_code == 302
    assert enter(key, counter=7).status_code == 422
    assert Act.objects.filter(verb="passkey.copied").count() == 1
    assert enter(key, counter=8).status_code == 422
    assert Passkey.objects.get().ended_at is not None


def test_lets_a_counter_stand_at_nought(key: Authenticator) -> None:
    assert enter(key, counter=0).status_code == 302
    assert enter(key, counter=0).status_code == 302


def test_comes_in_by_no_key_of_a_closed_or_resting_account(key: Authenticator) -> None:
    Account.objects.filter(username="worker").update(is_active=False)
    assert enter(key).status_code == 422


def test_is_the_second_factor_of_a_password(key: Authenticator) -> None:
    client = Client()
    answer = client.post("/login", {"username": "worker", "password": "correct horse battery"}, secure=True)
    assert answer.headers["Location"] == "/login/second"
    options = asked(client, "/login/passkey")
    assert len(options["allowCredentials"]) == 1
    assert secure(client, "/login/second", {"passkey": key.use(options)}).status_code == 302
    assert client.get("/account", secure=True).status_code == 200


def test_proves_only_its_own_account(key: Authenticator, world: World) -> None:
    client = Client()
    client.force_login(Account.objects.get(username="administrator"))
    options = asked(client, "/account/prove/passkey")
    answer = secure(client, "/account/prove", {"next": "/accounts", "passkey": key.use(options)})
    assert answer.status_code == 422


def test_makes_no_key_without_a_proof_and_none_for_another_account(world: World) -> None:
    client = Client()
    client.force_login(Account.objects.get(username="worker"))
    assert secure(client, "/account/passkeys/asked").status_code == 403
    prove(client)
    made = Authenticator().make(asked(client, "/account/passkeys/asked"))
    secure(client, "/account/passkeys", {"passkey": made, "account": str(Account.objects.get(username="clerk").pk)})
    assert Passkey.objects.get().account.username == "worker"


def test_keeps_the_last_second_factor(key: Authenticator) -> None:
    Account.objects.filter(username="worker").update(is_demo=False)
    client = Client()
    enter(key, client)
    prove(client)
    path = f"/account/passkeys/{Passkey.objects.get().id}/remove"
    refused = secure(client, path)
    assert refused.status_code == 403
    assert "最後一道驗證" in refused.content.decode()
    other = Client()
    other.force_login(Account.objects.get(username="clerk"))
    assert secure(prove(other), path).status_code == 404


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.text(max_size=200),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=20),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
                st.sampled_from(["id", "rawId", "type", "response", "clientDataJSON", "signature", "x"]), inner
            ),
        ).map(json.dumps),
    )
)  # fmt: skip
def test_answers_whatever_is_sent_with_a_sentence(answer: str) -> None:
    state = passkeys.ask_to_use(SITE)[1]
    for read in (
        lambda: passkeys.credential_of(ways.read(answer)),
        lambda: passkeys.used(SITE, state, bytes(Authenticator().attested), ways.read(answer)),
        lambda: passkeys.made(SITE, state, ways.read(answer)),
    ):
        with pytest.raises(BadInput):
            read()


NO_ITEMS = {
    "cut short": b"\x1a",
    "folded": b"\x81" * 5000,
    "empty": b"",
    "no item": b"\xff",
    "half a pair": b"\xa1\x01",
}


@pytest.mark.parametrize("sent", NO_ITEMS.values(), ids=NO_ITEMS)
def test_reads_cbor_of_any_shape_and_says_that_it_is_not_true(sent: bytes) -> None:
    state = passkeys.ask_to_use(SITE)[1]
    key = Authenticator()
    told = json.loads(key.make({"challenge": state["challenge"]}))
    told["response"]["attestationObject"] = websafe_encode(sent)
    used = json.loads(key.use({"challenge": state["challenge"]}))
    used["response"]["authenticatorData"] = websafe_encode(bytes(32) + b"\xc1\0\0\0\0" + sent)
    for read in (
        lambda: passkeys.made(SITE, state, told),
        lambda: passkeys.used(SITE, state, bytes(key.attested), used),
    ):
        with pytest.raises(BadInput):
            read()


@pytest.mark.parametrize(
    ("host", "origin", "takes"),
    [("anwang.example.gov.tw", "https://anwang.example.gov.tw", True), ("localhost", "http://localhost:8000", True),
     ("127.0.0.1", "http://127.0.0.1:8000", False), ("10.0.0.3", "https://10.0.0.3", False),
     ("anwang.example", "http://anwang.example", False), ("[::1]", "https://[::1]:8000", False)],
)  # fmt: skip
def test_says_where_a_browser_makes_none(host: str, origin: str, takes: bool) -> None:
    assert passkeys.Site(host, origin).takes_passkeys is takes
