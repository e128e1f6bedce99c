"""What members say in English and no other rule reads: one table of sentences, matter by matter. Names and meetings may be in Chinese."""

from collections.abc import Callable
from typing import Any

from bot.language import aid_words, days, event_words, job_words, persons, place_slots
from bot.language.contexts import QUIZ
from bot.language.english_sentences import SENTENCES
from bot.language.free_text import alone
from bot.language.place_reasons import english as reason_of
from bot.language.rule import LIKELY, Found, Rule
from bot.language.said import Said
from bot.patterns import Pattern

_LONGEST = 140
_Slots = Callable[[Said, Any], dict[str, Any] | None]
"""The slots of a sentence that a pattern found; None where it means something else after all."""


def _line(said: Said) -> str:
    """The line in lower case, with its spaces: names in Chinese stand apart."""
    return said.spaced.casefold().strip(_EDGES)


def _told(said: Said, found: Any, group: str) -> str:
    """What stands behind a heading, as it was typed."""
    line = said.spaced.strip(_EDGES)
    return line[found.start(group) :].strip(" .!。") if len(line) == len(_line(said)) else str(found[group])


_EDGES = " .,!?。~"
_BRIEF = 3


def _plain(said: Said, found: Any) -> dict[str, Any]:
    return {}


def _place(said: Said) -> dict[str, Any]:
    return place_slots.first(_line(said), said.setting.near)


def _behind(said: Said, found: Any) -> dict[str, Any]:
    return place_slots.first(_line(said)[found.end("name") :], said.setting.near)


def _numbered(said: Said, found: Any) -> dict[str, Any]:
    return {"project_no": int(next(filter(None, found.groupdict().values())))}


def _text(said: Said, found: Any) -> dict[str, Any] | None:
    """What stands behind the heading, as it was typed."""
    text = _told(said, found, next(name for name, value in found.groupdict().items() if value))
    return {"text": text} if len(text) > _BRIEF else None


def _offer(said: Said, found: Any) -> dict[str, Any] | None:
    return None if said.asks or _ASKS_US.search(_line(said)) else _place(said)


_ASKS_US = Pattern("(?:can|could|would|will) (?:you|any|some|the )|\\bnot\\b|n't\\b|[0-9]{2,}|project|meeting|dues")


def _request(said: Said, found: Any) -> dict[str, Any]:
    return aid_words.slots(_line(said)) | _place(said)


def _gift(said: Said, found: Any) -> dict[str, Any]:
    named = {"anonymous": True} if "anonym" in said.words else {}
    return {"amount": int(found["money"]), **named}


def _liaison(said: Said, found: Any) -> dict[str, Any] | None:
    members = list(persons.every(found["members"]))
    return {"liaison": found["liaison"], "members": members} if members and persons.is_person(found["liaison"]) else None


def _moved(said: Said, found: Any) -> dict[str, Any] | None:
    whens = [each for each in days.find(_line(said), said.setting.at) if each.day is not None]
    title = event_words.event(_line(said))
    if said.setting.role != "secretary" or not title or len(whens) != _TWO:
        return None
    before, after = whens
    return {"change_from": f"{before.day}", "start": after.iso(), "title": title} | (
        {"part": after.part} if after.part and not after.clock else {}
    )


_TWO = 2


def _known(said: Said, found: Any) -> dict[str, Any] | None:
    name = found["name"]
    if name.isascii():
        return {"name": name.title(), **_behind(said, found)}
    return {"name": name, **_behind(said, found)} if persons.is_person(name) else None


def _whom(said: Said, found: Any) -> dict[str, Any] | None:
    return {"name": found["name"]} if persons.is_person(found["name"]) else None


def _entry(said: Said, found: Any) -> dict[str, Any] | None:
    where = _behind(said, found)
    if not persons.is_person(found["name"]) or not where:
        return None
    via = "phone" if _PHONED.search(_line(said)) else ""
    return {"name": found["name"], "inner": "location_update", **where} | ({"via": via} if via else {})


_PHONED = Pattern("phone|call|rang")


def _seeks(said: Said, found: Any) -> dict[str, Any]:
    trade = job_words.trade(_line(said))
    return ({"trade": trade} if trade else {}) | _place(said)


def _leave(said: Said, found: Any) -> dict[str, Any] | None:
    if not event_words.named(_line(said)):
        return None
    day = next((each.day for each in days.find(_line(said), said.setting.at) if each.day is not None), None)
    event, reason = event_words.event(_line(said)), reason_of(_line(said))
    told = {"date": f"{day}" if day else "", "event": event, "reason": reason}
    return {name: value for name, value in told.items() if value}


def _letter(said: Said, found: Any) -> dict[str, Any] | None:
    return {"choice": (found["letter"] or found["letter2"]).upper()} if said.setting.context == QUIZ else None


def _officers(said: Said, found: Any) -> dict[str, Any] | None:
    return None if said.setting.role == "secretary" else {"asked": "all_locations"}


def _unpaid(said: Said, found: Any) -> dict[str, Any] | None:
    return {"filter": "unpaid"} if said.setting.role == "secretary" else None


def _vote(said: Said, found: Any) -> dict[str, Any]:
    return {"subject": _told(said, found, "text")}


_WONDERS = Pattern(r"^(?:is|are|can|do|does|how|what|any|where|i heard|tell)\b")


def _allowance(said: Said, found: Any) -> dict[str, Any] | None:
    return {"topic": "创业补贴"} if said.asks or _WONDERS.search(_line(said)) else None


_READ: dict[str, _Slots] = {
    "nothing": _plain, "gift": _gift, "offer": _offer, "request": _request, "liaison": _liaison, "unpaid": _unpaid, "moved": _moved,
    "known": _known, "whom": _whom, "work": _seeks, "text": _text, "number": _numbered, "entry": _entry, "everybody": _officers,
    "subject": _vote, "leave": _leave, "letter": _letter, "allowance": _allowance,
    "location": lambda said, found: {"purpose": "location"},
    "rights": lambda said, found: {"topic": "rights"},
    "myself": lambda said, found: {"self": True},
    "partner": lambda said, found: {"with": "书记" if "secretary" in found[0] else "联系人"},
    "later": lambda said, found: {"needs_clarify": True},
}  # fmt: skip
_TABLE = tuple((intent, Pattern(pattern), _READ[how]) for intent, pattern, how in SENTENCES)
_ENGLISH = Pattern("[a-z]{2,}[ ,:]")
_OTHERS = Pattern(
    r"^(?:he|she|they|my (?:wife|husband|friend|brother|sister|boss|cousin|colleague|neighbou?r))\b|\bif i\b"
    r"|\bi heard that\b"
)


def _read(said: Said) -> Found | None:
    words = _line(said)
    if len(words) > _LONGEST or not _ENGLISH.search(words) or _OTHERS.search(words):
        return None
    for intent, pattern, slots in _TABLE:
        found = pattern.search(words) if intent == "aid_offer" else pattern.fullmatch(words) or _of_request(intent, pattern, words)
        told = slots(said, found) if found else None
        if told is not None:
            sure = LIKELY if said.setting.in_group else _KEEPERS if intent == "dues_summary" else alone(said)
            return Found(told, sure, args=told.get("text", ""), intent=intent, why="said in English")
    return None


_KEEPERS = 0.99
"""Who keeps the dues asks who has not paid them, and not of wages."""


def _of_request(intent: str, pattern: Pattern, words: str) -> Any:
    """An appeal tells of the hardship first."""
    return pattern.search(words) if intent == "aid_request" and len(words) > _TOLD else None


_TOLD = 24

_CUES = (
    "me in", "me down", "i'll ", "i ", " to help", "lend a hand", "my help", "my request", "my appeal", "the branch", "liaison", "assign",
    "my location", "where i", "on me", "about me", "probation", "who", "who'", "move", "postpone", "reschedule", " job", " work",
    "leave", "where is", "where'", "for me", "suggest", "complain", "feedback", "project", "proposal", "propose", "entry", "record",
    "answer", "it is", "reflection", "thoughts", "takeaway", "subsid", "grant", "secretary", "report", "locations of", "of all",
    "of every", "excuse", "all members",
    "everyone", "vote", "ballot", "poll", "what", "which", "off", "anyone", "let", "make", "can't", "position", "have a",
)  # fmt: skip

RULES: tuple[Rule, ...] = (Rule("help", _read, _CUES, why="said in English"),)
