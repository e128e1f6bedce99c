"""What a secretary typed as an announcement, shown back before fifty people see it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.errors import UserError
from bot.language.dates import ImpossibleMoment, moment
from bot.language.normalise import is_blank, tidy
from bot.permissions import Actor, Permission, Subject, require
from bot.services import notices
from bot.services.asking import Ask, Choice
from bot.services.notice_messages import when
from bot.texts import Text, cut
from storage.notices import Notice
from storage.unit_of_work import UnitOfWork

KIND = "notice_post"
LIVES = timedelta(minutes=30)
EMPTY = Text(
    "请把内容写在后面，比如：公告 周六九点开会。要定时，就先写时间：公告 明天9点 请大家……",
    "Please write it behind the word: announce meeting on Saturday at nine. With a time first (tomorrow 9:00 …) it is posted then.",
)
IMPOSSIBLE = Text(
    "开头的时间日历上没有，请改一下再发，我先不发。",
    "The time at the beginning does not exist in the calendar. Please mend it and send it again; nothing is posted.",
)
PREVIEW = Text("这条会发到支部群，先请您看一遍：", "This goes to the branch's group; please look at it first:")
LATER = Text("这条会在{when}发到支部群，先请您看一遍：", "This goes to the branch's group at {when}; please look at it first:")
EITHER = Text(
    "这条会马上发到支部群；要到{when}再发，点“到时发”：",
    "This goes to the branch's group at once; to post it at {when}, press “post then”:",
)
PAST = Text("{when}已经过了，不能定时。要按原文现在发吗？", "{when} is over, so it cannot be scheduled. Post it now as it stands?")
_ROOM = 150
_APART = frozenset(" \t\r\n\u3000,，:：、;；。")


class Decision(StrEnum):
    """What becomes of a draft."""

    NOW = "now"
    LATER = "later"
    CANCEL = "cancel"


_WORDS = ("发", "发送", "发出", "发吧", "对", "好", "是", "可以", "确认", "ok", "yes", "send")
_POST = Choice(Text("发", "post"), _WORDS)
_POST_LATER = Choice(Text("到时发", "post then"), ("定时", *_WORDS))
_THEN = Choice(Text("到时发", "post then"), ("定时",))
_POST_NOW = Choice(Text("现在就发", "post now"), ("现在发", "now"))
_CANCEL = Choice(Text("取消", "cancel"), ("不发", "不", "不要", "算了", "no"))


@dataclass(frozen=True, slots=True)
class Draft:
    """Words, the moment they begin with, if any, and what follows it."""

    words: str
    at: datetime | None = None
    rest: str = ""

    @property
    def apart(self) -> bool:
        """Whether the moment stands apart (明天9点 开会), and does not begin a sentence (明天9点开会)."""
        before = self.words.removesuffix(self.rest)
        return before[-1:] in _APART


async def draft(work: UnitOfWork, actor: Actor, words: str) -> Draft:
    """Read what is to be announced. Raises `UserError` for nothing, a time that does not exist, or a branch without a group."""
    require(actor, Permission.ANNOUNCE, Subject(work.branch_id))
    await notices.require_group(work)
    words = tidy(words)
    try:
        found = moment(words, work.said_at)
    except ImpossibleMoment as error:
        raise UserError(IMPOSSIBLE) from error
    at, rest = found or (None, words)
    if is_blank(rest):
        raise UserError(EMPTY)
    notices.no_codes(words)
    return Draft(words, at, rest)


def preview(work: UnitOfWork, drafted: Draft) -> tuple[list[Text], Ask]:
    """The draft shown back: messages before the question, and the question with the draft in its data."""
    head, words, choices = _offer(work, drafted)
    pieces = shown(head, words)
    data = {
        "words": drafted.words,
        "rest": drafted.rest,
        "at": drafted.at.isoformat() if drafted.at else "",
        "decisions": [each.value for each in choices],
    }
    return pieces[:-1], Ask(KIND, pieces[-1], tuple(choices.values()), LIVES, data, columns=3)


def shown(head: Text, words: str) -> list[Text]:
    """A notice's words under a sentence, in messages that are short enough."""
    pieces = [Text.plain(piece) for piece in cut(words, _ROOM)]
    return [Text.join([head, pieces[0]]), *pieces[1:]]


def _offer(work: UnitOfWork, drafted: Draft) -> tuple[Text, str, dict[Decision, Choice]]:
    """What is said of a draft, which of its words are shown, and what may be decided."""
    if drafted.at is None:
        return PREVIEW, drafted.words, {Decision.NOW: _POST, Decision.CANCEL: _CANCEL}
    moment_told = when(drafted.at)
    if drafted.at <= work.now:
        return PAST(when=moment_told), drafted.words, {Decision.NOW: _POST, Decision.CANCEL: _CANCEL}
    if drafted.apart:
        return LATER(when=moment_told), drafted.rest, {Decision.LATER: _POST_LATER, Decision.NOW: _POST_NOW, Decision.CANCEL: _CANCEL}
    return EITHER(when=moment_told), drafted.words, {Decision.NOW: _POST, Decision.LATER: _THEN, Decision.CANCEL: _CANCEL}


async def decide(work: UnitOfWork, actor: Actor, data: Mapping[str, Any], choice: int) -> Notice | None:
    """Do with a draft what was decided; None if that is nothing."""
    decisions: Sequence[str] = data["decisions"]
    if decisions[choice] == Decision.CANCEL:
        return None
    if decisions[choice] == Decision.LATER:
        return await notices.schedule(work, actor, data["rest"], datetime.fromisoformat(data["at"]))
    return await notices.announce(work, actor, data["words"])
