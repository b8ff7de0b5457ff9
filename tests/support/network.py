"""A guard on the network: nothing under test may speak to anything but this machine.

`install()` replaces the socket calls that reach out. A forbidden call raises, and is also remembered, because code
under test may catch the exception and carry on as if nothing had happened. Subprocesses get the same guard through
`tests/support/offline/sitecustomize.py`, which Python imports at start when the folder is on PYTHONPATH.
"""

from __future__ import annotations

import ipaddress
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

MARK = "OUTSIDE CONNECTION REFUSED"
"""Opens the line that a guarded subprocess writes to its error output."""

OFFLINE_FOLDER = Path(__file__).resolve().parent / "offline"


class OutsideConnection(RuntimeError):
    """Something tried to reach a machine other than this one. Not an OSError: few callers catch it by accident."""


def is_this_machine(host: object) -> bool:
    """Whether a host name or address (str, bytes or None for "any of mine") is this machine. Asks no name server."""
    if host is None:
        return True
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    name = name.strip("[]").split("%")[0].rstrip(".").lower()
    if name in ("", "localhost") or name.endswith(".localhost"):
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def offline_environment(base: dict[str, str] | None = None) -> dict[str, str]:
    """A copy of the environment (this process's unless given) in which every Python starts with the guard on."""
    env = dict(os.environ if base is None else base)
    env["PYTHONPATH"] = os.pathsep.join(part for part in (str(OFFLINE_FOLDER), env.get("PYTHONPATH", "")) if part)
    return env


def install(refused: list[str], *, say: bool = False) -> Callable[[], None]:
    """Put the guard on and return the function that takes it off.

    refused: each forbidden call is added to this list, in words.
    say: also write it to the error output, which is how a subprocess reports.
    """
    kept = {name: getattr(socket.socket, name) for name in ("connect", "connect_ex", "sendto")}
    kept_getaddrinfo = socket.getaddrinfo

    def refuse(what: str, host: object) -> None:
        words = f"{what} to {host!r}"
        refused.append(words)
        if say:
            print(f"{MARK}: {words}", file=sys.stderr, flush=True)
        raise OutsideConnection(f"{words}: the dashboard, its build and its tests work with the network unplugged")

    def check(sock: socket.socket, what: str, address: Any) -> None:
        # The other families (socket files, the kernel's own) cannot leave this machine.
        if sock.family in (socket.AF_INET, socket.AF_INET6) and not is_this_machine(address[0]):
            refuse(what, address[0])

    def connect(self: socket.socket, address: Any) -> None:
        check(self, "connection", address)
        return kept["connect"](self, address)

    def connect_ex(self: socket.socket, address: Any) -> int:
        check(self, "connection", address)
        return kept["connect_ex"](self, address)

    def sendto(self: socket.socket, data: Any, *rest: Any) -> int:
        check(self, "datagram", rest[-1])
        return kept["sendto"](self, data, *rest)

    def getaddrinfo(host: Any, *rest: Any, **named: Any) -> Any:
        if not is_this_machine(host):
            refuse("look-up of a name", host)
        return kept_getaddrinfo(host, *rest, **named)

    def take_off() -> None:
        for name, method in kept.items():
            setattr(socket.socket, name, method)
        socket.getaddrinfo = kept_getaddrinfo

    for name, method in {"connect": connect, "connect_ex": connect_ex, "sendto": sendto}.items():
        setattr(socket.socket, name, method)
    socket.getaddrinfo = getaddrinfo
    return take_off
