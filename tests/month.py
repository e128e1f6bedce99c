"""`make month`: the scripted month of docs/month.txt with dates instead of D00, D01 …; D00 is a Monday."""

import re
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

from bot.clock import BEIJING

SCRIPT = Path(__file__).parent.parent / "docs" / "month.txt"


def dated(script: str, monday: date) -> str:
    """The script with its dates."""
    return re.sub(r"^D(\d\d)T", lambda day: f"{monday + timedelta(days=int(day[1]))}T", script, flags=re.MULTILINE)


def monday_after(day: date) -> date:
    """The first Monday after a day."""
    return day + timedelta(days=7 - day.weekday())


if __name__ == "__main__":
    sys.stdout.write(dated(SCRIPT.read_text(encoding="utf-8"), monday_after(datetime.now(BEIJING).date())))
