"""The command that a message names next is the one that was typed, folders and all."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

import pytest

from etl.__main__ import main
from tests.support.rows import write_sources

PROGRAMME = {"fact_key": "programme-test", "name": "Test", "kind": "other", "summary": "Made for a test."}


def last_line(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().err.rstrip("\n").splitlines()[-1]


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """A data folder with a blank in its name and a fault."""
    return write_sources(tmp_path / "facts of may", {"programme": [{**PROGRAMME, "kind": "nonsense"}]})


def test_the_arguments_of_a_build_are_repeated(
    faulty: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["build", "--data", str(faulty), "--warehouse", str(tmp_path / "w"), "--accept-loss", "It's gone."]
    assert main(given) == 1
    said = last_line(capsys)
    assert said.startswith("Mend them, then run: python -m etl build --data '")
    assert shlex.split(said.partition("python -m etl ")[2]) == given


@pytest.mark.parametrize(
    "command", [["check"], ["rounds"], ["rounds", "note", "Camden", "x y", "asked", "--on", "2012-05-01"]]
)
def test_so_are_those_of_other_commands(faulty: Path, capsys: pytest.CaptureFixture[str], command: list[str]) -> None:
    given = [command[0], "--data", str(faulty), *command[1:]]
    assert main(given) == 1
    assert shlex.split(last_line(capsys).partition("run: python -m etl ")[2]) == given


def test_a_build_that_would_lose_facts_names_itself_with_the_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = write_sources(tmp_path / "of may", {"programme": [PROGRAMME]})
    given = ["build", "--data", str(data), "--warehouse", str(tmp_path / "w")]
    assert main(given) == 0
    shutil.rmtree(data / "sources")
    assert main(given) == 1
    said = last_line(capsys).strip()
    assert shlex.split(said) == ["python", "-m", "etl", *given, "--accept-loss", "the reason, in a sentence"]
    assert main(shlex.split(said)[3:]) == 0


def test_what_was_noted_is_built_from_the_same_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = write_sources(tmp_path / "of may", {"programme": [PROGRAMME]})
    given = ["--label", "June 2012", "--opens", "2012-05-01", "--deadline", "2012-06-14"]
    assert main(["rounds", "--data", str(data), "add", "2012q2", *given]) == 0
    assert capsys.readouterr().out == f"Noted. To show it, run: python -m etl build --data '{data}'\n"
