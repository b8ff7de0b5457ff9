"""Run axe-core over a page, in every frame of it, with no help from the network."""

from __future__ import annotations

import functools
import importlib.util
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Frame, Page

GRAVE = ("serious", "critical")


@dataclass(frozen=True)
class Finding:
    """One rule that one frame breaks: how grave, what it means, and the elements concerned (start of their HTML)."""

    frame: str
    rule: str
    impact: str
    meaning: str
    elements: tuple[str, ...]

    def __str__(self) -> str:
        places = "".join(f"\n    {element}" for element in self.elements)
        return f"{self.impact}: {self.rule} ({self.meaning}) in {self.frame}{places}"


def findings(page: Page) -> list[Finding]:
    """All that axe finds in the page and in each frame inside it, whatever the impact."""
    return [finding for frame in page.frames for finding in _in_frame(frame)]


def grave_findings(page: Page) -> list[Finding]:
    """The serious and critical findings: `assert grave_findings(page) == []` prints the rest of the story."""
    return [finding for finding in findings(page) if finding.impact in GRAVE]


@functools.cache
def _script() -> str:
    """The text of axe-core, from the package that carries it. Read here because its own loader guesses the encoding."""
    package = importlib.util.find_spec("axe_playwright_python")
    if package is None or package.origin is None:
        raise FileNotFoundError("axe-playwright-python is not installed: run `make setup`")
    return Path(package.origin).with_name("axe.min.js").read_text(encoding="utf-8")


def _in_frame(frame: Frame) -> list[Finding]:
    frame.evaluate(_script())
    # Each frame is looked at by itself, so axe must not descend into the frames below it as well.
    result = frame.evaluate("() => axe.run(document, {resultTypes: ['violations'], iframes: false})")
    return [
        Finding(
            frame=frame.name or frame.url,
            rule=violation["id"],
            impact=violation["impact"] or "unknown",
            meaning=violation["help"],
            elements=tuple(node["html"][:200] for node in violation["nodes"]),
        )
        for violation in result["violations"]
    ]
