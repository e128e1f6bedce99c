"""What has to be asked before a place is kept: whether it may be, which of several it is, which city."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from bot.language import places as gazetteer
from bot.language.places import Place
from bot.services import place_words
from bot.services.asking import Ask, Choice
from bot.services.consents import AGREE, DISAGREE
from bot.texts import Text
from storage.keys import BranchId, MemberId
from storage.questions import OpenQuestion
from storage.unit_of_work import UnitOfWork

CONSENT, WHICH, CITY = "consent_location", "place_choice", "place_city"
_CONSENT_LIVES, _CARD_LIVES = timedelta(days=1), timedelta(days=30)
SAID_LIVES = timedelta(minutes=10)

ASK_CONSENT = Text(
    "可以记下您所在的地方吗？只记到市、区，只留最近一处和日期，不留行踪。书记能看到，分布图只显示人数。"
    "随时发“以后别记我位置”就停，“删除我的位置”就删。不同意也不影响别的。",
    "May I keep where you are? City or district only, just the latest with its date, no trail. The secretary sees it, the map shows only "
    "numbers. “stop my place” ends it, “delete my place” erases it. A no changes nothing else.",
)
ASK_WHICH = Text("是下面哪一处？回数字就行：\n{lines}", "Which of these? A number will do:\n{lines}")
ASK_ONE = Text("记为{place}，对吗？回“对”，或说正确的地方。", "Shall I note {place}? Answer “yes”, or say where it is.")
ASK_CITY = Text(
    "您在{place}的哪个市？直接说市名就好。不想细说，回“就这样”。",
    "Which city in {place}? Just name it. If you would rather not, answer “leave it”.",
)
NONE = Choice(Text("都不是", "none of these"), ("不是", "没有", "不对", "都不对", "no", "none"))
RIGHT = Choice(Text("对", "yes"), ("对的", "是", "是的", "好", "好的", "嗯", "可以", "没错", "ok", "right"))
WRONG = Choice(Text("不对", "no"), ("不是", "不", "不用", "不记", "wrong"))
LEAVE_IT = Choice(Text("就这样", "leave it"), ("就这样吧", "不细说", "可以", "好"))
DROP_IT = Choice(Text("不记了", "do not keep it"), ("不记", "算了", "不用了", "no"))


def known(about: MemberId, found: Sequence[Place], *, corrects: bool) -> dict[str, Any]:
    """What a question has to know: of whom it speaks, the places said, whether they stand in for the last one."""
    return {"member": about, "codes": [each.code for each in found], "corrects": corrects}


def consent(about: MemberId, found: Sequence[Place], *, corrects: bool) -> Ask:
    """Whether a place may be kept. What was said in private is in the question alone, for ten minutes; said in a group it is in nothing."""
    return Ask(CONSENT, ASK_CONSENT, (_allowing(), DISAGREE), _CONSENT_LIVES, known(about, found, corrects=corrects))


def said(work: UnitOfWork, asked: OpenQuestion | None) -> list[Place]:
    """The places that were said before a question for consent, if that was a moment ago."""
    if asked is None or work.now - asked.opened_at >= SAID_LIVES:
        return []
    return [gazetteer.place(code) for code in asked.data.get("codes", ())]


async def where_said(work: UnitOfWork) -> set[BranchId]:
    """The branches with places said ten minutes ago and not consented to."""
    return await work.agenda.questions_that_know(CONSENT, "codes", work.now - SAID_LIVES)


async def forget_said(work: UnitOfWork) -> None:
    """Nothing is kept before the consent: drop the places that questions for it have known for ten minutes."""
    for asked in await work.questions.of_kind(CONSENT):
        if asked.data.get("codes") and work.now - asked.opened_at >= SAID_LIVES:
            unsaid(work, asked)


def unsaid(work: UnitOfWork, asked: OpenQuestion) -> None:
    """Let a question for consent know no place."""
    work.questions.learn(asked, known(MemberId(asked.data["member"]), (), corrects=False))


def consent_card() -> Ask:
    """The same, asked unasked: it leaves an open question alone and knows no place."""
    return Ask(CONSENT, ASK_CONSENT, (_allowing(), DISAGREE), _CARD_LIVES, card=True)


def _allowing() -> Choice:
    return Choice(AGREE.label, (*AGREE.words, "同意记位置", "可以记", "记吧"))


def which(found: Sequence[Place], data: dict[str, Any]) -> Ask:
    """Which of several places; for one alone, whether it is the one."""
    if len(found) == 1:
        return Ask(WHICH, ASK_ONE(place=place_words.full(found[0])), (RIGHT, WRONG), data=data)
    names = [place_words.full(each) for each in found]
    lines = Text.join(Text.plain(f"{number} ") + name for number, name in enumerate(names, 1))
    choices = [Choice(name, words) for name, words in zip(names, place_words.telling(found), strict=True)]
    return Ask(WHICH, ASK_WHICH(lines=lines), (*choices, NONE), data=data, columns=1)


def city(province: Place, data: dict[str, Any]) -> Ask:
    """Which city of a province; it may stay at the province."""
    return Ask(CITY, ASK_CITY(place=place_words.full(province)), (LEAVE_IT, DROP_IT), data=data)


async def open_now(work: UnitOfWork, member_id: MemberId, *kinds: str) -> OpenQuestion | None:
    """The question about a place, of some kinds, that a member has still to answer."""
    question = await work.questions.latest(member_id)
    return question if question is not None and question.kind in (kinds or (CONSENT, WHICH, CITY)) else None
