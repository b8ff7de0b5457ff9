"""Dates, numbers and absences as words, where no page is near: in what changed between editions and in commands.

Pages take them from `ui.words`.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from warehouse.schema.column import Status

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

ABSENT = {
    Status.not_reported: "not reported",
    Status.not_asked: "not applicable",
    Status.withheld: "withheld to protect people",
}


def day(value: date) -> str:
    """5 December 2011."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def partial_date(text: str | None) -> str:
    """A date as precise as known: 2011, December 2011 or 5 December 2011."""
    if not text:
        return "not reported"
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        return day(date(*parts))
    return f"{MONTHS[parts[1] - 1]} {parts[0]}" if len(parts) == 2 else str(parts[0])


def number(value: float | None, status: str = Status.value) -> str:
    """A number with commas and at most two decimals, or the words for its absence."""
    if value is None:
        return ABSENT.get(Status(status), "not reported")
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}".rstrip("0").rstrip(".")


def moment(built: str) -> str:
    """5 December 2011, 14:05 UTC, from an ISO time with its zone."""
    when = datetime.fromisoformat(built).astimezone(UTC)
    return f"{day(when.date())}, {when:%H:%M} UTC"
