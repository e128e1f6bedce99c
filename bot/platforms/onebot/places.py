"""What the bot may do in its groups: is it an administrator, and does anything it says get out there.

Where OneBot calls us only the running bot can ask; it notes what it learns, in one line for each account, and the doctor reads that.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.platforms.json_fields import Json, numeral, words
from bot.platforms.onebot.fields import ident, seconds

ALWAYS = 10**10
"""A moment that no mute outlasts: the whole group is muted until somebody lifts it."""
_ADMINISTRATORS = frozenset({"owner", "admin"})


@dataclass(frozen=True, slots=True)
class Place:
    """One group. `muted_until`: Unix seconds; 0 where the bot is not muted."""

    admin: bool
    muted_until: int = 0


def place(member: Json, group: Json) -> Place:
    """What `get_group_member_info` says of the bot, and what the list of groups says of the group; an administrator speaks all the same."""
    admin = words(member.get("role")) in _ADMINISTRATORS
    shut = not admin and (numeral(group.get("group_all_shut")) or 0) != 0
    return Place(admin, ALWAYS if shut else max(0, seconds(member.get("shut_up_timestamp"))))


def noted_as(account: str) -> str:
    """Under which name the places of an account are noted."""
    return f"{account}:groups"


def written(places: Mapping[str, Place]) -> str:
    """One line: the number of each group, what the bot is there, and until when it is muted."""
    return " ".join(f"{group}={'admin' if each.admin else 'member'}:{each.muted_until}" for group, each in sorted(places.items()))


def read(line: str) -> dict[str, Place]:
    """The same line, read; what is no part of it is left out."""
    found = {}
    for each in line.split():
        group, _, rest = each.partition("=")
        role, _, until = rest.partition(":")
        if ident(group) and until.isascii() and until.isdecimal():
            found[group] = Place(role == "admin", int(until))
    return found
