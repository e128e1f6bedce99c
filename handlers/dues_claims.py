"""What the dues keepers do with claims: 待确认, 全部确认, 更正, 冲正, the cards, and what they enter for somebody."""

import re
from collections.abc import Mapping
from typing import Any

from bot.commands import Ask, Choice, Context, MemberId, Reply, Say, Where, answer, command, entry, undoes
from bot.language.dues import paid, voluntary
from bot.language.dues_talk import asks_to_confirm, of_whom
from bot.language.normalise import bare
from bot.patterns import Pattern
from bot.permissions import Permission
from bot.questions import OWN_WORDS
from bot.services import dues_cards, dues_claiming, dues_correcting, dues_deciding, finals, finding, privacy
from bot.services.dues_deciding import Outcome
from bot.texts import Text

CORRECT, DECLINE = "dues_correct", "dues_decline"
HELP_LIST = Text("看等核对的党费，一次全确认", "see the dues that wait for you, and confirm them at once")
HELP_ALL = Text("把刚才列出的党费都确认", "confirm the dues that were just listed")
HELP_CORRECT = Text("按实际到账更正一笔党费", "correct a claim to what really came")
HELP_REVERSE = Text("冲正一张党费收据", "reverse a receipt of dues")
WAITING = Text("等您核对的：", "Waiting for you:")
MORE = Text("还有 {count} 笔，确认完再发“待确认”。", "{count} more; send “to confirm” again afterwards.")
NOTHING = Text("没有等您核对的党费。", "No dues wait for you.")
NONE_OF = Text("{who}没有等您核对的党费。", "No dues of {who} wait for you.")
CONFIRMED = Text(
    "好，确认了 {count} 笔：{receipts}。弄错了，十分钟内发“撤销”。",
    "Confirmed {count}: {receipts}. “undo” within ten minutes takes it back.",
)
NOT_YET = Text("好，先不动。", "All right, nothing was changed.")
HOW_MUCH = Text(
    "C{number} 实际到账多少，是哪几个月？比如：40 一月到二月。",
    "How much came for C{number}, and for which months? For example: 40 January to February.",
)
WHY = Text("C{number} 为什么没有核对上？写一句，会告诉本人。", "Why was C{number} not found? One sentence; they will be told.")
CORRECTED = Text(
    "好，C{number} 更正为 {what}，收据 {receipt}，已告诉本人。弄错了，十分钟内发“撤销”。",
    "C{number} is corrected to {what}, receipt {receipt}; they were told. “undo” within ten minutes takes it back.",
)
DECLINED = Text(
    "好，C{number} 记为没有核对上，已告诉本人。弄错了，十分钟内发“撤销”。",
    "C{number} is noted as not found; they were told. “undo” within ten minutes takes it back.",
)
REVERSED = Text("好，{receipt} 冲正了，账上记为第 {entry} 笔，已告诉本人。", "{receipt} is reversed as entry {entry}; they were told.")
HOW_REVERSE = Text(
    "请写收据号和原因，比如：冲正 D-2026-0317 记错了人。", "Please write the receipt and the reason: reverse dues D-2026-0317 wrong person."
)
HOW_CORRECT = Text(
    "请写编号、金额和月份，比如：更正 C12 40 一月到二月。",
    "Please write number, amount and months: correct C12 40 January to February.",
)
UNCONFIRMED = Text(
    "好，{count} 笔确认撤回了，账上已冲正，重新等待核对。", "{count} confirmations are taken back by entries; they wait again."
)
UNDECLINED = Text("好，C{number} 重新等待核对。", "C{number} waits again.")
ENTERED = Text("好，补录了 C{number}：{what}。", "Entered as C{number}: {what}.")
_ALL = Choice(Text("全部确认", "confirm all"), ("全部确认", "都确认", "全确认", "confirm all", "all"))
_LATER = Choice(Text("先不", "not now"), ("取消", "算了", "no"))
_CANCEL = Choice(Text("取消", "cancel"), ("算了", "不了", "cancel", "no"))
_TO_CORRECT = 2
_NOT_CAME = Choice(Text("没有到账", "it did not come"), ("没到账", "没收到"))
_NUMBERED = Pattern(r"[CcＣｃ] ?(\d{1,9})[\s,，:：]*(.*)", re.DOTALL)
_CORRECTION = Pattern(r"(?:更正|correct)[\s,，:：]*([CcＣｃ] ?\d{1,9}(?:[\s,，:：].*)?)", re.DOTALL)
_RECEIPT = Pattern(r"([Dd]-?\d{4}-?\d{1,6})[\s,，:：]*(.*)", re.DOTALL)


@command(
    *("待确认", "待核对", "toconfirm", "to confirm"),
    needs=Permission.KEEP_DUES,
    help=HELP_LIST,
    where=Where.PRIVATE,
    understands=asks_to_confirm,
    matter="dues",
    spoken_to=True,
)
async def listed(ctx: Context) -> Reply:
    found = await dues_deciding.listed(ctx.work, ctx.actor, ctx.platform)
    if not found.lines:
        return NOTHING
    text = Text.join([WAITING, *found.lines, *([MORE(count=found.more)] if found.more else [])])
    if not found.numbers:
        return Say(text, private=True)
    return Ask(dues_deciding.LISTED, text, (_ALL, _LATER), data={"numbers": list(found.numbers)})


@command("全部确认", "confirmall", "confirm all", needs=Permission.KEEP_DUES, help=HELP_ALL, where=Where.PRIVATE, spoken_to=True)
async def confirm_all(ctx: Context) -> Reply:
    return _told(await dues_deciding.confirm_listed(ctx.work, ctx.actor))


@answer(dues_deciding.LISTED, needs=Permission.KEEP_DUES, matter="dues")
async def all_chosen(ctx: Context) -> Reply:
    if ctx.choice != 0 or ctx.question is None:
        return NOT_YET
    return _told(await dues_deciding.confirm(ctx.work, ctx.actor, ctx.question.data["numbers"]))


@command(
    *("确认到账", "confirmof", "confirm of"),
    needs=Permission.KEEP_DUES,
    help=Text("确认一位同志报的党费到账了", "confirm that what a member reported has come"),
    where=Where.PRIVATE,
    takes=Text("周海", "Zhou Hai"),
    understands=of_whom,
    hidden=True,
    matter="dues",
    spoken_to=True,
)
async def confirm_of(ctx: Context) -> Reply:
    if not ctx.args:
        return await listed.handler(ctx)
    member = await finding.by_name(ctx.work, ctx.args, ctx.platform)
    waiting = [each for each in await dues_cards.waiting(ctx.work) if each.member_id == member.id]
    if len(waiting) == 1:
        return _told(await dues_deciding.confirm(ctx.work, ctx.actor, [waiting[0].number]))
    who = await privacy.named(ctx.work, ctx.platform, member)
    if member.id == ctx.member:
        return dues_deciding.OWN
    return [dues_cards.card_of(ctx.work, each, who) for each in waiting[: dues_deciding.AT_ONCE]] or NONE_OF(who=who)


def _told(outcome: Outcome) -> Reply:
    receipts = Text.join([Text.plain(each.receipt or "") for each in outcome.booked], "、", ", ")
    done = [CONFIRMED(count=len(outcome.booked), receipts=receipts)] if outcome.booked else []
    return [Text.join([*done, *outcome.refused])]


@answer(dues_cards.KIND, needs=Permission.KEEP_DUES, matter="dues")
async def card(ctx: Context) -> Reply:
    data = ctx.question.data if ctx.question else {}
    deed, number = data["deeds"][ctx.choice], data["number"]
    if deed == "confirm":
        return _told(await dues_deciding.confirm(ctx.work, ctx.actor, [number]))
    await dues_deciding.decidable(ctx.work, ctx.actor, number)
    if deed == "correct" and ctx.args:
        return await _correct(ctx, number, ctx.args)
    if deed == "correct":
        return Ask(CORRECT, HOW_MUCH(number=number), (_CANCEL,), data={"number": number}, free=True)
    return Ask(DECLINE, WHY(number=number), (_NOT_CAME, _CANCEL, dues_cards.CORRECT), data={"number": number}, free=True)


@answer(CORRECT, needs=Permission.KEEP_DUES, matter="dues")
async def correct_answered(ctx: Context) -> Reply:
    if ctx.choice != OWN_WORDS or ctx.question is None:
        return NOT_YET
    return await _correct(ctx, ctx.question.data["number"], ctx.args)


def correction(words: str) -> str | None:
    """What 更正 C12 40 一月到二月 says behind its first word; None for other words."""
    said = _CORRECTION.fullmatch(words.strip())
    return said[1] if said else None


@command(
    "更正缴费",
    "correctdues",
    "correct dues",
    needs=Permission.KEEP_DUES,
    help=HELP_CORRECT,
    where=Where.PRIVATE,
    takes=Text("C12 40 一月到二月", "C12 40 January"),
    understands=correction,
)
async def correct(ctx: Context) -> Reply:
    said = _NUMBERED.fullmatch(ctx.args)
    if said is None:
        return HOW_CORRECT if ctx.addressed else None
    return await _correct(ctx, int(said[1]), said[2])


async def _correct(ctx: Context, number: int, words: str) -> Reply:
    made = await dues_correcting.correct(ctx.work, ctx.actor, number, words)
    return CORRECTED(number=number, what=dues_cards.what(made, ctx.work), receipt=made.receipt or "")


@answer(DECLINE, needs=Permission.KEEP_DUES, matter="dues")
async def decline_answered(ctx: Context) -> Reply:
    if ctx.choice == 1 or ctx.question is None:
        return NOT_YET
    if ctx.choice == _TO_CORRECT:  # said right after 没收到: no reason that would be passed on to the member
        number = ctx.question.data["number"]
        return Ask(CORRECT, HOW_MUCH(number=number), (_CANCEL,), data={"number": number}, free=True)
    if bare(ctx.args) == dues_cards.CONFIRM.label.zh:
        return _told(await dues_deciding.confirm(ctx.work, ctx.actor, [ctx.question.data["number"]]))
    reason = ctx.args if ctx.choice == OWN_WORDS else _NOT_CAME.label.zh
    made = await dues_deciding.decline(ctx.work, ctx.actor, ctx.question.data["number"], reason)
    return DECLINED(number=made.number)


@command(
    "冲正",
    "reversedues",
    "reverse dues",
    needs=Permission.KEEP_DUES,
    help=HELP_REVERSE,
    where=Where.PRIVATE,
    takes=Text("D-2026-0317 原因", "D-2026-0317 reason"),
)
async def reverse(ctx: Context) -> Reply:
    said = _RECEIPT.fullmatch(ctx.args)
    if said is None:
        return HOW_REVERSE if ctx.addressed else None
    return await dues_deciding.ask_reverse(ctx.work, ctx.actor, said[1].upper(), said[2])


@answer(dues_deciding.REVERSE, needs=Permission.KEEP_DUES)
async def reverse_decided(ctx: Context) -> Reply:
    if ctx.choice != 0 or ctx.question is None:
        return NOT_YET
    data = ctx.question.data
    made = await dues_deciding.reverse(ctx.work, ctx.actor, data["receipt"], data["reason"])
    finals.note(ctx.work, ctx.actor, finals.DUES_REVERSED)
    return REVERSED(receipt=data["receipt"], entry=made.number)


@undoes(dues_deciding.CONFIRMED)
async def undo_confirm(ctx: Context, data: Mapping[str, Any]) -> Text:
    undone = await dues_deciding.undo_confirm(ctx.work, ctx.actor, data)
    return UNCONFIRMED(count=len(undone))


@undoes(dues_deciding.DECLINED)
async def undo_decline(ctx: Context, data: Mapping[str, Any]) -> Text:
    made = await dues_deciding.undo_decline(ctx.work, ctx.actor, data)
    return UNDECLINED(number=made.number)


def entered(words: str) -> str | None:
    """Whether it is entered that somebody paid dues."""
    return words if re.match(r"(?:已交|已缴|交了|缴了|paid)", words) or paid(words) is not None or voluntary(words) else None


@entry(entered, Text("补录 李小山 已交 20 三月", "enter Li Xiaoshan paid 20 March"), needs=Permission.KEEP_DUES)
async def enter(ctx: Context, member_id: MemberId) -> Reply:
    made = await dues_claiming.entered(ctx.work, ctx.actor, member_id, ctx.args)
    noted = ENTERED(number=made.number, what=dues_cards.what(made, ctx.work))
    outcome = await dues_deciding.confirm(ctx.work, ctx.actor, [made.number])
    return [Text.join([noted, *([_line(outcome)] if outcome.booked else outcome.refused)])]


def _line(outcome: Outcome) -> Text:
    return CONFIRMED(count=1, receipts=Text.plain(outcome.booked[0].receipt or ""))
