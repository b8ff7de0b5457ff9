"""Every message that people can meet stands in docs/errors.md, and nothing stands there that no code says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

import pytest

from tests.support.messages import VARIES, messages
from tests.support.paths import ROOT

PAGE = ROOT / "docs" / "errors.md"

SHORT = 16
"""An entry with fewer fixed letters has to say the whole message, or it would stand for others too."""


@dataclass(frozen=True)
class Entry:
    """The words in bold of one entry, on one line."""

    words: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What is found in a message that the entry is about."""
        found = ".*".join(re.escape(piece.strip()) for piece in self.words.split(VARIES))
        is_short = len(re.sub(r"\W", "", self.words)) < SHORT
        return re.compile(rf"\A(?:.*{VARIES}:? )?{found}\Z" if is_short else found)

    def is_about(self, text: str) -> bool:
        """Whether it is the entry of a message."""
        return self.pattern.search(text) is not None


def entries(document: str) -> list[Entry]:
    """Every entry of the page: a line of a list that begins in bold."""
    return [
        Entry(" ".join(words.split())) for words in re.findall(r"^- \*\*(.+?)\*\*", document, re.MULTILINE | re.DOTALL)
    ]


def missing(document: str, texts: list[str]) -> list[str]:
    """The texts that no entry is about."""
    known = entries(document)
    return [text for text in texts if not any(entry.is_about(text) for entry in known)]


def stale(document: str, texts: list[str]) -> list[str]:
    """The entries that are about no text."""
    return [entry.words for entry in entries(document) if not any(entry.is_about(text) for text in texts)]


def test_every_message_has_an_entry():
    where = {message.text: message.where for message in messages()}
    found = missing(PAGE.read_text(encoding="utf-8"), list(where))
    assert not found, "Add to docs/errors.md:\n" + "\n".join(f"{where[text]}: {text}" for text in found)


def test_every_entry_has_a_message():
    found = stale(PAGE.read_text(encoding="utf-8"), [message.text for message in messages()])
    assert not found, "No code says this any more; take it out of docs/errors.md:\n" + "\n".join(found)


def test_no_entry_stands_twice():
    words = [entry.words for entry in entries(PAGE.read_text(encoding="utf-8"))]
    assert sorted(set(words)) == sorted(words)


# --- the checker itself ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("where", "text"),
    [
        ("etl/cells.py", "Expected yes or no."),  # raised
        ("etl/check.py", "Expected the rule by which it was derived or inferred."),  # made by a method
        ("etl/faults.py", "1 fault found; nothing was published"),  # given to Exception, one of two readings
        ("etl/returns/guard.py", "reading it took longer than … seconds"),  # returned by a function
        ("etl/returns/archive.py", "a workbook with macros. Send the workbook"),  # a constant of another module
        ("etl/editions_command.py", "No edition is live."),  # appended
        ("etl/boundaries/command.py", "Not taken; nothing was written"),  # printed
        ("etl/returns/text.py", "… is a mark that reorders it."),  # named as told
        ("ui/edition_notices.py", "The newest edition cannot be read."),  # with its markup taken out
    ],
)
def test_texts_are_found_wherever_they_are_said(where, text):
    assert any(text in message.text for message in messages() if message.where.startswith(where))


PAGE_OF_TWO = (
    "# Messages\n\n- **Expected … rows.** Count\n  them.\n- **is no …; the closest is\n  … of what we know** Take it.\n"
)


def test_a_message_without_an_entry_is_told():
    texts = ["Expected … rows.", "… is no …; the closest is … of what we know."]
    assert missing(PAGE_OF_TWO, texts) == []
    assert missing(PAGE_OF_TWO, [*texts, "Expected … columns."]) == ["Expected … columns."]


def test_an_entry_without_a_message_is_told():
    assert stale(PAGE_OF_TWO, ["Expected … rows."]) == ["is no …; the closest is … of what we know"]


def test_a_short_entry_stands_for_its_own_message_only():
    assert missing(PAGE_OF_TWO, ["Expected … sheets, and in each of them … rows. Look again."])
    assert not missing(PAGE_OF_TWO, ["…: … Expected … rows."])
