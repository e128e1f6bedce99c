"""What somebody says of their going away, read into the draft of a report, or why it cannot be."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from bot.clock import beijing_day
from bot.language import departure_talk as talk
from bot.language import departures as language
from bot.language import places as gazetteer
from bot.language import travel_words
from bot.language.normalise import bare
from bot.language.places import Level
from bot.rules import away
from bot.services import place_words, register_values
from bot.services.asking import Ask
from bot.services.consents import Purpose, given
from bot.services.departure_questions import STEPS, UNCLEAR, Detour, detour
from bot.texts import Text
from storage.departures import Departure
from storage.unit_of_work import UnitOfWork

LONGEST = {"reason": 20, "employer": 40}
AHEAD, BEHIND = timedelta(days=366), timedelta(days=366 * 10)
"""How far ahead and back the day of leaving may lie."""
TOO_LONG = Text("太长了，{most} 个字以内就行，没有记。", "Too long: {most} characters are enough. Nothing was noted. ")
NO_CITY = Text("没认出“{words}”是哪座城市。写“成都”“四川成都”这样就行。", "I do not know the city “{words}”. “Chengdu” will do. ")
FAR = Text("这一天太远了（一年以后，或十年以前），没有记。", "That day is too far off; nothing was noted. ")
HALF_PHONE = Text("号码“{part}”不完整，没有记。", "“{part}” is no whole telephone number; nothing was noted. ")
NO_FIRM = Text("这不像单位的名字，没有记。没定就跳过。", "That is no name of a firm; nothing was noted. If it is open, skip it. ")
BEFORE = Text("回来的日子比走的还早，没有记。", "The return lies before the leaving; nothing was noted. ")


class Unfit(Exception):
    """An answer that cannot be: why, in words."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


async def filled(work: UnitOfWork, draft: Departure, words: str, slots: Mapping[str, Any]) -> tuple[Departure, Ask | None]:
    """A draft with what a first sentence told of each question; and a question that comes in between, if one does."""
    today = beijing_day(work.now)
    values: dict[str, Any] = {}
    if reason := str(slots.get("reason", "")):
        values["reason"] = register_values.without_health(reason)[: LONGEST["reason"]]
    leaves = date.fromisoformat(slots["date_from"]) if "date_from" in slots else language.leaves_on(words, today) if words else None
    if leaves is not None:
        values["leave_on"] = _possible(leaves, today)
    start = values.get("leave_on") or draft.leave_on or today
    values |= _until(words, slots, start, today)
    if leaves is not None:
        draft = _counted_anew(work, draft, values["leave_on"])
    if slots.get("employer"):
        values["employer"] = str(slots["employer"])[: LONGEST["employer"]]
    if slots.get("phone"):
        values["phone"] = str(slots["phone"])
    told = [step for step in STEPS if step in values or (step == "until" and values.get("lasting"))]
    draft = work.departures.change(draft, **values, settled=with_steps(draft, *told), step_at=work.now)
    code = _code(slots)
    return await _to(work, draft, [code] if code is not None else [], "")


def _counted_anew(work: UnitOfWork, draft: Departure, leaves: date) -> Departure:
    """A draft whose day of leaving is told after how long: that was counted from another day, so it is asked for again."""
    if draft.until is None or leaves == (draft.leave_on or beijing_day(work.now)):
        return draft
    return work.departures.change(draft, until=None, settled=tuple(each for each in draft.settled if each != "until"))


def with_steps(draft: Departure, *steps: str) -> tuple[str, ...]:
    """The questions that are settled, with more of them."""
    return tuple(dict.fromkeys((*draft.settled, *steps)))


def _code(slots: Mapping[str, Any]) -> int | None:
    """The city that was understood, as its code."""
    named = "".join(str(slots.get(name) or "") for name in ("province", "city"))
    found = place_words.meant(named) if named else []
    return found[0].city_code if found and found[0].level is not Level.PROVINCE else None


def _possible(day: date, today: date) -> date:
    if not today - BEHIND <= day <= today + AHEAD:
        raise Unfit(FAR)
    return day


def _until(words: str, slots: Mapping[str, Any], start: date, today: date) -> dict[str, Any]:
    """Until when, as far as it is said; `lasting` for good. A day of return before that of leaving is not taken: it is asked for."""
    if language.lasts(words) or slots.get("lasting"):
        return {"lasting": True, "until": None}
    if "duration_months" in slots:
        return {"until": away.later(start, int(slots["duration_months"])), "lasting": False}
    if "duration_days" in slots:
        return {"until": start + timedelta(days=int(slots["duration_days"])), "lasting": False}
    said = language.return_said(words)
    until = language.back_by(said, today, away.later) if said else None
    return {"until": until, "lasting": False} if until is not None and until >= start else {}


async def _to(work: UnitOfWork, draft: Departure, codes: list[int], words: str) -> tuple[Departure, Ask | None]:
    """Note where somebody goes, as far as they agreed to that; else the question that has to come first."""
    if not codes:
        return draft, None
    agreed = await given(work, draft.member_id, Purpose.LOCATION)
    if agreed is False:
        return draft, None
    if len(codes) > 1:
        return draft, detour(draft, Detour("which", tuple(codes[:6]), words))
    if agreed is None:
        return draft, detour(draft, Detour("consent", (codes[0],)))
    return work.departures.change(draft, place=codes[0], scope="", settled=with_steps(draft, "place"), step_at=work.now), None


async def elsewhere(work: UnitOfWork, draft: Departure, said: str) -> tuple[Departure, Ask | None]:
    """A draft with another place than the one told before. What is no city, or is not to be kept, is asked for anew; and so `_to`."""
    codes = _cities(said)
    if not codes or await given(work, draft.member_id, Purpose.LOCATION) is False:
        settled = tuple(each for each in draft.settled if each != "place")
        return work.departures.change(draft, place=None, scope="", settled=settled, step_at=work.now), None
    return await _to(work, draft, codes, said)


async def told_anew(work: UnitOfWork, draft: Departure, said: str, named: str) -> tuple[Departure, Ask | None]:
    """A draft with what a whole sentence tells that was said where only how long was asked: the place, and the time. Raises `Unfit`."""
    today = beijing_day(work.now)
    leaves = not any(each in said for each in "在回") and language.leaves_on(said, today) is not None
    spans = travel_words.duration(bare(said)) if leaves else {}
    draft, _ = await filled(work, draft, said if leaves else "", {**spans, "lasting": language.lasts(said)})
    start = draft.leave_on or today
    until = None if leaves or "until" in draft.settled else language.back_by(said, start, away.later)
    if until is not None and until >= start:
        draft = work.departures.change(draft, until=until, settled=with_steps(draft, "until"))
    elif language.unsure(said):
        draft = work.departures.change(draft, settled=with_steps(draft, "until"))
    return (draft, None) if _told_before(draft, named) else await elsewhere(work, draft, named)


def _told_before(draft: Departure, named: str) -> bool:
    """Whether a draft goes to this place already, or into this province."""
    return draft.place is not None and any(gazetteer.place(draft.place).within(each) for each in place_words.meant(named))


def asked(step: str) -> str:
    """The question of the five to which one in between belongs."""
    return "place" if step == "scope" else step


async def written(work: UnitOfWork, draft: Departure, step: str, said: str, *, chosen: bool) -> tuple[Departure, Ask | None]:
    """A draft with the answer to a question, chosen or in one's own words; and a question in between. Raises `Unfit`."""
    today = beijing_day(work.now)
    if step == "until" and not chosen and (named := talk.goes_to(said)) is not None:
        return await told_anew(work, draft, said, named)
    if step == "place":
        codes = [int(said)] if chosen else _cities(said)
        if not codes:
            raise Unfit(NO_CITY(words=said[:20]))
        return await _to(work, draft, codes, said)
    values: dict[str, Any] = {}
    if step in {"reason", "scope"}:
        values = {step: _reason(said) if step == "reason" else said}
    elif step == "leave_on":
        days = {"today": today, "tomorrow": today + timedelta(days=1)}
        leaves = days.get(said) if chosen else language.leaves_on(said, today)
        if leaves is None:
            raise Unfit(UNCLEAR)
        values = {"leave_on": _possible(leaves, today)}
        draft = _counted_anew(work, draft, leaves)
    elif step == "employer":
        firm, phone = _reached(said)
        values = {"employer": _short(firm, "employer"), **({"phone": phone} if phone else {})}
    else:
        values = _back(said, draft.leave_on or today, chosen=chosen)
    return work.departures.change(draft, **values, settled=with_steps(draft, asked(step)), step_at=work.now), None


def _reason(said: str) -> str:
    """Why, from an answer; nothing of health. Raises `Unfit`, also for what was meant for the firm."""
    if talk.half_phone(said) or talk.introduced(said):
        raise Unfit(UNCLEAR)
    return register_values.without_health(_short(said, "reason"))


def _reached(said: str) -> tuple[str, str]:
    """The firm and the telephone number, from an answer. Raises `Unfit`."""
    firm, phone = language.reached(said)
    if not phone and (part := talk.half_phone(said)):
        raise Unfit(HALF_PHONE(part=part))
    if talk.introduced(said):
        raise Unfit(NO_FIRM)
    return firm, phone


def _cities(said: str) -> list[int]:
    return list(dict.fromkeys(each.city_code for each in place_words.meant(said) if each.level is not Level.PROVINCE))


def _short(said: str, what: str) -> str:
    words = " ".join(said.split())
    if len(words) > LONGEST[what]:
        raise Unfit(TOO_LONG(most=LONGEST[what]))
    return words


def _back(said: str, start: date, *, chosen: bool) -> dict[str, Any]:
    """Until when, from an answer. Raises `Unfit`."""
    if (chosen and said == "lasting") or language.lasts(said):
        return {"lasting": True, "until": None}
    if chosen:
        return {"until": away.later(start, int(said)), "lasting": False}
    if language.unsure(said):
        return {}
    until = language.back_by(said, start, away.later)
    if until is None:
        raise Unfit(UNCLEAR)
    if until < start:
        raise Unfit(BEFORE)
    return {"until": until, "lasting": False}
