"""Single fields of Telegram's JSON, read without trust: what is missing or of the wrong shape reads as nothing."""

from bot.messages import Location
from bot.platforms.json_fields import Json, degrees, mapping, words


def location(value: object) -> Location | None:
    """A point on the earth."""
    card = mapping(value)
    latitude, longitude = degrees(card.get("latitude"), 90), degrees(card.get("longitude"), 180)
    return None if latitude is None or longitude is None else Location(latitude, longitude)


def full_name(user: Json) -> str:
    """First and last name as Telegram shows them."""
    return f"{words(user.get('first_name'))} {words(user.get('last_name'))}".strip()
