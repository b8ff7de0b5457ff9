"""Keeps answers for all readers, and lets the oldest go before they fill the memory.

How many answers fit cannot be said in answers: one holds a single row, another twenty thousand. So what is kept is
weighed by what it is made of.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import fields, is_dataclass
from typing import Any

from markupsafe import Markup

MOST_WEIGHT = 500_000
"""Rows, and entries of the lists inside rows, of all answers kept together. Some 200 bytes each, so about 100 MB; the
sources of 50,000 facts are a third of it."""

LETTERS = 200
"""Letters of HTML that weigh as much as a row."""


def weight(answer: Any) -> int:
    """How many rows and entries an answer holds: itself, and whatever stands in its lists, dicts and rows."""
    if isinstance(answer, Markup):
        return 1 + len(answer) // LETTERS
    if isinstance(answer, dict):
        return 1 + sum(weight(entry) for entry in answer.values())
    if isinstance(answer, tuple | list):
        if not answer or isinstance(answer[0], str | int):  # a list of keys or numbers holds nothing else
            return 1 + len(answer)
        return 1 + sum(weight(entry) for entry in answer)
    if is_dataclass(answer):
        values = (getattr(answer, field.name) for field in fields(answer))
        return 1 + sum(weight(value) for value in values if isinstance(value, tuple | list | dict))
    return 1


class Kept:
    """Answers by key, the latest used last. Safe to share between threads."""

    def __init__(self, most: int = MOST_WEIGHT) -> None:
        self.most = most
        self._answers: OrderedDict[Hashable, tuple[int, Any]] = OrderedDict()
        self._weight = 0
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """The answer of this key; made, and kept, where there is none. What `make` raises is passed on and not kept.

        Two readers who ask at once may both make it: neither waits for the other, and both get the same.
        """
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return self._answers[key][1]
        answer = make()
        own = weight(answer) + weight(key)
        with self._lock:
            if key not in self._answers:
                self._answers[key] = (own, answer)
                self._weight += own
                while self._weight > self.most and len(self._answers) > 1:
                    _, (gone, _) = self._answers.popitem(last=False)
                    self._weight -= gone
        return answer

    def __len__(self) -> int:
        return len(self._answers)
