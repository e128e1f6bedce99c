"""Months as `YYYY-MM`, counted and put in a row."""

from datetime import date


def month_of(day: date) -> str:
    """The month of a day."""
    return f"{day:%Y-%m}"


def index(month: str) -> int:
    """Months since the year 0, so that two can be compared and subtracted."""
    return int(month[:4]) * 12 + int(month[5:]) - 1


def of_index(count: int) -> str:
    """The month of such a count."""
    return f"{count // 12:04}-{count % 12 + 1:02}"


def after(month: str, count: int = 1) -> str:
    """The month so many months later; earlier for a negative count."""
    return of_index(index(month) + count)


def span(first: str, last: str) -> list[str]:
    """Every month from the first to the last, both included; none if they are the wrong way round."""
    return [of_index(each) for each in range(index(first), index(last) + 1)]
