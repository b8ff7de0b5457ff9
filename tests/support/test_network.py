"""The guard itself: it must refuse what leaves this machine, and say so even where the refusal was swallowed."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import urllib.request

import pytest

from tests.support import network
from tests.support.server import free_port

ELSEWHERE = ["192.0.2.1", "2001:db8::1", "example.org", "127.0.0.1.example.org", "localhost.example.org", b"10.0.0.1"]
HERE = ["127.0.0.1", "127.8.9.1", "::1", "[::1]", "localhost", "LOCALHOST.", "map.localhost", "0.0.0.0", "", None]


@pytest.mark.parametrize("host", ELSEWHERE)
def test_other_machines_are_told_apart(host):
    assert not network.is_this_machine(host)


@pytest.mark.parametrize("host", HERE)
def test_this_machine_is_known(host):
    assert network.is_this_machine(host)


def test_a_connection_elsewhere_is_refused_and_remembered(refused_connections):
    with socket.socket() as sock, pytest.raises(network.OutsideConnection, match=r"192\.0\.2\.1"):
        sock.connect(("192.0.2.1", 80))
    with socket.socket() as sock, contextlib.suppress(network.OutsideConnection):
        sock.connect_ex(("192.0.2.2", 80))
    with socket.socket(type=socket.SOCK_DGRAM) as sock, contextlib.suppress(network.OutsideConnection):
        sock.sendto(b"x", ("192.0.2.3", 53))
    assert [words.split()[-1] for words in refused_connections] == ["'192.0.2.1'", "'192.0.2.2'", "'192.0.2.3'"]
    refused_connections.clear()


def test_a_look_up_of_a_name_is_refused(refused_connections):
    with pytest.raises(network.OutsideConnection, match=r"example\.org"):
        urllib.request.urlopen("http://example.org/", timeout=1)
    assert refused_connections
    refused_connections.clear()


def test_this_machine_can_be_reached():
    with socket.create_server(("127.0.0.1", free_port())) as listening:
        with socket.create_connection(listening.getsockname(), timeout=5) as calling:
            calling.sendall(b"here")
        answer, _ = listening.accept()
        with answer:
            assert answer.recv(10) == b"here"


def test_subprocesses_are_guarded_too():
    program = "import socket\ntry: socket.create_connection(('192.0.2.1', 80))\nexcept Exception as e: print(repr(e))"
    run = subprocess.run(
        [sys.executable, "-c", program],
        env=network.offline_environment(),
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    assert "OutsideConnection" in run.stdout
    assert network.MARK in run.stderr


def test_the_subprocess_environment_keeps_what_was_there():
    env = network.offline_environment({"PYTHONPATH": "before", "OTHER": "1"})
    assert env["PYTHONPATH"] == f"{network.OFFLINE_FOLDER}{os.pathsep}before"
    assert env["OTHER"] == "1"
