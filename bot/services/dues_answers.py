"""Questions about what was paid, answered in the member's own words: 十一月、十二月, 40, 是11月的, 不对，是10月."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.clock import beijing_day
from bot.errors import UserError
from bot.language import choices, money
from bot.language.months import Months
from bot.language.normalise import clean
from bot.patterns import Pattern
from bot.permissions import Actor
from bot.services import dues_claiming, dues_fitting, dues_saying
from bot.services.asking import Ask, Choice
from bot.texts import Text
from storage.unit_of_work import UnitOfWork

MORE = "dues_more"
"""A question for what was missing: the amount, or the months."""
UNCLEAR = Text(
    "没看懂。写上金额和月份就行，比如：60 一月到三月；不报了就说“取消”。",
    "I did not get that. Amount and months are enough: 60 January to March. “cancel” if there is nothing to report.",
)
PICTURE = Text(
    "截图我不看，也不当凭证。写上金额和月份就行，比如：60 一月到三月；不报了就说“取消”。",
    "I do not look at pictures; they prove nothing here. Amount and months are enough: 60 January to March. “cancel” if there is nothing.",
)
STOP = Choice(Text("取消", "cancel"), ("算了", "不报了", "不了", "不用", "没有", "no"))
_ASKS = "请写上"
"""What a refusal says for which the missing half is enough."""
_PICTURE = Pattern(r"[\[【(（]?(?:图片|照片|截图|转账截图|photo|picture|image|screenshot)[\]】)）]?", re.IGNORECASE)
_NO = Pattern(r"(?:不对|不是|错了|不|no)[的啊呀]?[ ,，。.!！、]*(?P<rest>.*)", re.DOTALL)
_FILLED = Pattern(r"(?:对|是|嗯|好|交|缴|已|了|的|元|块|钱|党费|就|那|月|份|整|yes|it is|for|was|yuan)|[\s,，。.!！;、]")
_PLAIN = Pattern(r"(?:对|是的?|嗯|好|就是|交的?是|我交的?是?|已?交了?|改成|应该是|yes|it was|for)*[\s,，。.、:：]*")


async def paid(work: UnitOfWork, actor: Actor, word: str, args: str, platform: str) -> Text | Ask:
    """What to answer to words like 已交 20 三月; what is missing is asked for, and the next words are joined. Raises `UserError`."""
    try:
        found = await dues_saying.paid(work, actor, word, args, platform)
    except UserError as refusal:
        if _ASKS not in refusal.text.zh or not _lacking(work, args):
            raise
        return Ask(MORE, refusal.text, (STOP,), data={"said": args}, free=True)
    return opened(found)


def opened(found: Text | Ask) -> Text | Ask:
    """A question about the own months takes words, too."""
    return replace(found, free=True) if isinstance(found, Ask) and found.kind in {dues_claiming.ASKED, dues_claiming.CHOSEN} else found


def again(text: Text) -> Ask:
    """Nothing was noted, and what was paid instead can be said at once."""
    return Ask(MORE, text, (STOP,), data={"said": ""}, free=True)


def denied(words: str) -> str | None:
    """What follows a no (不对，是10月); "" for the no alone, None for anything else."""
    match = _NO.fullmatch(words.strip())
    return match["rest"].strip() if match else None


def picked(words: str, data: Mapping[str, Any], count: int) -> int | None:
    """Which of the choices a number means, unless it is the amount that was asked about."""
    found, yuan = choices.choice(words, count), money.amount(words)
    return None if yuan is not None and yuan * 100 == sum(fen for _, fen in data["months"]) else found


def agrees(work: UnitOfWork, words: str, data: Mapping[str, Any]) -> bool:
    """Whether words say nothing else than what was asked: its amount, its months, or both."""
    if not about(work, words):
        return False
    said, months = _read(work, words)
    fen = sum(fen for _, fen in data["months"])
    asked = [month for month, _ in data["months"]]
    return said in {None, fen} and list(months.months) in ([], asked) and months.count in {None, len(asked)}


def about(work: UnitOfWork, words: str) -> bool:
    """Whether words are an amount, months, or both, and hardly more."""
    try:
        _, months = _read(work, words)
    except UserError:
        return True
    rest = clean(months.rest)
    for each in reversed(money.amounts(rest)):
        rest = f"{rest[: each.start]} {rest[each.end :]}"
    something = bool(months.months or months.count) or bool(money.amounts(months.rest))
    return something and not re.sub(r"一共|总共|共|合计|一起|in all|and", "", _FILLED.sub("", rest)).strip()


def unclear(words: str) -> Text:
    """What is said to words that are no answer."""
    return PICTURE if _PICTURE.fullmatch(words.strip()) else UNCLEAR


async def joined(work: UnitOfWork, actor: Actor, data: Mapping[str, Any], words: str, platform: str) -> Text | Ask:
    """What was said before and now (see `about`), read together; what is said in full now stands alone. Raises `UserError`."""
    said = _PLAIN.sub("", words, count=1)
    before = data.get("said", "")
    fen, months = _read(work, said)
    whole = fen is not None and (months.months or months.count)
    together = said if whole or not before else f"{before} {said}"
    try:
        return await paid(work, actor, "已交", together, platform)
    except UserError:
        if together == said:
            raise
        return await paid(work, actor, "已交", said, platform)


def _read(work: UnitOfWork, words: str) -> tuple[int | None, Months]:
    said = dues_fitting.understood(words, beijing_day(work.said_at))
    return said.fen, said.months


def _lacking(work: UnitOfWork, words: str) -> bool:
    """Whether the amount or the months are missing in words that are possible."""
    fen, months = _read(work, words)
    return fen is None or not (months.months or months.count or months.up_to)
