"""Hearing that dues were paid, for oneself or another, and what is answered to it."""

from bot.language.dues import other
from bot.permissions import Actor
from bot.services import dues_cards, dues_claiming
from bot.services.asking import Ask
from bot.services.dues_standing import ClaimKind, ClaimState
from bot.texts import Text
from storage.dues_claims import Claim
from storage.unit_of_work import UnitOfWork

NOTED = Text(
    "记下了，编号 C{number}：{what}{flags}，待组织委员核对。机器人不收钱。想撤回，发“撤回缴费 C{number}”。",
    "Noted as C{number}: {what}{flags}. The dues keeper will check; the bot takes no money. "
    "To take it back, send “withdraw dues C{number}”.",
)
WITH_A_PERSON = Text(
    "记下了，编号 C{number}：{what}{flags}。这要组织委员看过才算，您不用再做什么。想撤回，发“撤回缴费 C{number}”。",
    "Noted as C{number}: {what}{flags}. The dues keeper looks at it first; there is nothing more to do. "
    "To take it back, send “withdraw dues C{number}”.",
)
LARGE = Text(
    "谢谢。记下了，编号 C{number}：{what}。按第十一条另记，全部上缴中央，不算月份；请把钱交给组织委员，机器人不收钱。",
    "Thank you. Noted as C{number}: {what}. By art. 11 it is kept apart and goes to the centre, not for months. Please hand it to the dues "
    "keeper; the bot takes no money.",
)


async def paid(work: UnitOfWork, actor: Actor, word: str, args: str, platform: str) -> Text | Ask:
    """What to answer to words like 已交 20 三月: `word` is the command they began with, if any. Raises `UserError`."""
    if other(args) is not None:
        return await for_other(work, actor, args, platform)
    about = await dues_claiming.mentioned(work, actor, args)
    if about is not None:
        return _told(work, await dues_claiming.claim_for(work, actor, about, args, platform))
    return _told(work, await dues_claiming.claim(work, actor, f"{word} {args}".strip()))


async def for_other(work: UnitOfWork, actor: Actor, words: str, platform: str) -> Text | Ask:
    """What to answer to words like 替周海已交 20 三月. Raises `UserError`."""
    return _told(work, await dues_claiming.for_other(work, actor, words, platform))


def _told(work: UnitOfWork, made: Claim | Ask) -> Text | Ask:
    return made if isinstance(made, Ask) else noted(work, made)


def noted(work: UnitOfWork, made: Claim) -> Text:
    """That a claim is noted, with its number and what happens next."""
    text = LARGE if made.kind == ClaimKind.LARGE else NOTED if made.state == ClaimState.WAITING else WITH_A_PERSON
    return text(number=made.number, what=dues_cards.what(made, work), flags=dues_cards.flags(made))
