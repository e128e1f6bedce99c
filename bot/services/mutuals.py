"""六互: that one of the six mutuals was done under an agreement. Nobody is named in what is written down."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.clock import beijing_day
from bot.errors import UserError
from bot.language import agreements as language
from bot.language.as_written import chinese
from bot.language.normalise import is_blank
from bot.permissions import Actor, Permission, Subject, require
from bot.services import agreements, register_values
from bot.texts import Text
from storage.agreements import Agreement
from storage.unit_of_work import UnitOfWork

LOGGED = "mutual_logged"
"""A kind of deeds."""
MUTUAL_NAMES: Mapping[str, Text] = {
    "inform": Text("信息互通", "informing each other"),
    "educate": Text("教育管理互抓", "educating together"),
    "rights": Text("党员权利互保", "keeping members' rights"),
    "duties": Text("党员义务互促", "keeping members to their duties"),
    "help": Text("困难党员互帮", "helping those in need"),
    "models": Text("先进典型互培", "raising models together"),
}
WHICH_MUTUAL = Text(
    "记哪一互？信息互通、教育管理互抓、党员权利互保、党员义务互促、困难党员互帮、先进典型互培。例：记六互 佛山 信息互通",
    "Which of the six? inform, educate, rights, duties, help, models. For example: mutual Foshan help",
)
AHEAD = Text("{day} 还没到，做了再记。", "{day} is still ahead; please note it when it is done.")
BEFORE = Text("{day} 协议还没开始，请看看日期。", "On {day} there was no agreement yet; please look at the day.")
WORDS_LONG = Text("做了什么请在 {most} 个字以内。", "At most {most} characters for what was done.")
NO_NAMES = Text(
    "这里只记支部的事，不写人的姓名（“{name}”）和号码，请改一下。", "No names (“{name}”) or numbers here; please say it without."
)


async def log(work: UnitOfWork, actor: Actor, words: str) -> tuple[Agreement, Text, date]:
    """Note that one of the six was done: “佛山 困难党员互帮 3月5日 慰问两户”. Raises `UserError`."""
    require(actor, Permission.SHARE, Subject(work.branch_id))
    today, said = beijing_day(work.now), language.logged(words, work.now)
    if said is None:
        raise UserError(WHICH_MUTUAL)
    found = await agreements.named(work, said.host, lambda each: each.ended_on is None and each.since <= today)
    if said.day is None and language.odd_day(words):
        raise UserError(agreements.NO_SUCH_DAY(words=language.odd_day(words)))
    day = said.day or today
    if day > today:
        raise UserError(AHEAD(day=day.isoformat()))
    if day < found.since:
        raise UserError(BEFORE(day=day.isoformat()))
    if len(said.words) > agreements.LONGEST:
        raise UserError(WORDS_LONG(most=agreements.LONGEST))
    await _names_nobody(work, said.words)
    which = work.agreements.log(found, said.kind, day, "" if is_blank(said.words) else said.words, actor.member)
    if actor.member is not None:
        work.deeds.add(actor.member, LOGGED, {"mutual": which})
    return found, MUTUAL_NAMES[said.kind], day


async def _names_nobody(work: UnitOfWork, words: str) -> None:
    """Whom it concerned is nobody's business but theirs."""
    if register_values.holds_identity(words):
        raise UserError(register_values.IDENTITY)
    written = chinese(words)
    for each in await work.members.present() if words else ():
        if each.name in written or each.latin.casefold() in written.casefold():
            raise UserError(NO_NAMES(name=each.name))
    if sum(sign.isdigit() for sign in words) >= _DIGITS:
        raise UserError(NO_NAMES(name=words[:12]))


_DIGITS = 7
"""So many are a telephone or another number of somebody's."""


async def undo_logging(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> None:
    """That was not done."""
    require(actor, Permission.SHARE, Subject(work.branch_id))
    work.agreements.unlog(data["mutual"])
