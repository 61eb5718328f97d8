"""Nothing is sent into our own network, by whatever spelling."""

import socket

import pytest

from anwang.exchange.sending import addresses
from anwang.exchange.sending.addresses import NotAllowed, is_outside, target


@pytest.mark.parametrize(
    "ip",
    [
        "127.0.0.1", "10.0.0.7", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.7", "2002:7f00:1::", "64:ff9b::7f00:1", "not an address",
    ],
)  # fmt: skip
def test_refuses_addresses_of_our_own_network(ip: str) -> None:
    assert not is_outside(ip)


@pytest.mark.parametrize("ip", ["8.8.8.8", "2001:4860:4860::8888", "::ffff:8.8.8.8"])
def test_lets_addresses_of_the_internet_through(ip: str) -> None:
    assert is_outside(ip)


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/", "ftp://example.org/", "https:///x", "https://user@example.org/",
        "https://user:word@example.org/", "https://example.org/#part", "https://example.org:port/",
        "https://exämple.org/", "https://主機.example：8443/", "https://[abc", "https://[abc]/",
        "https://example.org/a b", "file:///etc/passwd",
    ],
)  # fmt: skip
def test_refuses_what_is_no_plain_https_address(address: str) -> None:
    with pytest.raises(NotAllowed, match="address"):
        target(address, private=False)


def answering(monkeypatch, *ips: str) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 443)) for ip in ips]
    monkeypatch.setattr(addresses.socket, "getaddrinfo", lambda *_, **__: found)


def test_connects_to_exactly_the_address_it_looked_at(monkeypatch) -> None:
    answering(monkeypatch, "8.8.8.8")
    assert target("https://example.org/hook?x=1", private=False) == addresses.Target(
        True, "example.org", 443, "/hook?x=1", "8.8.8.8"
    )


def test_refuses_a_name_of_which_one_address_is_ours(monkeypatch) -> None:
    answering(monkeypatch, "8.8.8.8", "10.0.0.7")
    with pytest.raises(NotAllowed, match="private"):
        target("https://example.org/", private=False)


def test_says_name_where_there_is_no_such_house(monkeypatch) -> None:
    def nobody(*_: object, **__: object) -> None:
        raise OSError

    monkeypatch.setattr(addresses.socket, "getaddrinfo", nobody)
    with pytest.raises(NotAllowed, match="name"):
        target("https://example.org/", private=False)
