"""One HTTP POST to one machine: bounded in time however slow the other side is, and no redirect is followed."""

from __future__ import annotations

import http.client
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass
from threading import Timer

from .addresses import NotAllowed, Target, target

SECONDS = 10.0
"""How long one message may take from connecting to the answer's first line."""


@dataclass(frozen=True)
class Answer:
    """What came of it: an HTTP status, or a code that says why there is none."""

    status: int | None
    because: str = ""
    """`address`, `name`, `private`, `timeout`, `tls`, `connect`, `broken`; `redirect` and `status` with a status."""

    @property
    def is_taken(self) -> bool:
        return not self.because


def post(address: str, body: bytes, headers: dict[str, str], *, private: bool, seconds: float = SECONDS) -> Answer:
    """Send it and look at the status only; what the other side writes is not read."""
    try:
        connection = _Pinned(target(address, private=private), seconds)
    except NotAllowed as error:
        return Answer(None, str(error))
    # A timeout of the socket counts anew with each byte; whoever drips must end too.
    watch = Timer(seconds, connection.cut)
    watch.daemon = True
    watch.start()
    try:
        connection.request("POST", connection.to.path, body=body, headers=headers)
        status = connection.getresponse().status
    except ssl.SSLError:
        return Answer(None, "timeout" if connection.was_cut else "tls")
    except TimeoutError:
        return Answer(None, "timeout")
    except (OSError, http.client.HTTPException, ValueError):
        return Answer(None, "timeout" if connection.was_cut else "broken" if connection.sock else "connect")
    finally:
        watch.cancel()
        connection.close()
    return Answer(status, _judge(status))


def _judge(status: int) -> str:
    if 200 <= status < 300:  # "successful" of RFC 9110, 15.3
        return ""
    return "redirect" if 300 <= status < 400 else "status"


class _Pinned(http.client.HTTPConnection):
    """A connection to the address that was looked at, with the certificate checked for the name."""

    def __init__(self, to: Target, seconds: float) -> None:
        super().__init__(to.host, to.port, timeout=seconds)
        self.to = to
        self.was_cut = False

    def connect(self) -> None:
        self.sock = socket.create_connection((self.to.ip, self.to.port), self.timeout)
        if self.to.is_secure:
            context = ssl.create_default_context()
            # The handshake only once `sock` is the new socket: else it could not be cut while it waits.
            self.sock = context.wrap_socket(self.sock, server_hostname=self.to.host, do_handshake_on_connect=False)
            self.sock.do_handshake()

    def cut(self) -> None:
        """End it from another thread, whatever it waits for."""
        self.was_cut = True
        with suppress(OSError, TypeError):
            socket.socket.shutdown(self.sock, socket.SHUT_RDWR)
