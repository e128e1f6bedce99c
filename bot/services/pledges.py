"""Giving to the care fund (认捐): promised in private, asked back where a thumb may have slipped, taken back before it is received."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from bot.clock import beijing_day
from bot.errors import UserError
from bot.language import choices
from bot.language import pledges as language
from bot.language.money import yuan
from bot.messages import Outgoing, Priority
from bot.permissions import Actor, Permission, Subject, require
from bot.rules import fund as rules
from bot.rules.appeals import State
from bot.services import fund, fund_people, posting, trail
from bot.services.asking import CONFIRM, Ask, Choice
from bot.services.fund_words import one_amount
from bot.services.ledgers import Book
from bot.texts import Text
from storage.appeals import Appeal
from storage.keys import MemberId
from storage.pledges import Pledge
from storage.unit_of_work import UnitOfWork

KIND = "pledge"
DEED = "pledged"
EXAMPLE = Text("认捐 A12 100", "pledge A12 100")
LARGE_POLICY = "fund_large"
WHERE = Text("这 {amount} 元记到哪里？", "What is this {amount} yuan for?")
ONLY_FUND = Text(
    "现在没有在筹款的求助。这 {amount} 元记到爱心基金，好吗？",
    "No appeal is asking for money now. Put this {amount} yuan down for the care fund?",
)
SURE = Text("{amount} 元，对吗？", "{amount} yuan, is that right?")
AGAIN = Text(
    "您今天已经认捐过 {case} {amount} 元（P{number}）。是又捐一笔，还是同一笔？",
    "You pledged {amount} yuan for {case} already (P{number}). Another one, or the same?",
)
BY_NUMBER = Text("请按编号捐，比如：认捐 A3 {amount}。没有记。", "Please give by number, like “pledge A3 {amount}”; nothing is noted.")
RIGHT_OR_NOT = Text(
    "请回“对”或“取消”；要改，写“是 50 元”这样一句。", "Please answer “yes” or “cancel”; to change it, write something like “是 50 元”."
)
NO_KEEPER = Text(
    "认捐的钱请交给组织委员或书记。交了，发“钱已经转了”，我请他们核对。",
    "Pledged money goes to the dues keeper or the secretary. Then send “moneysent” and they are asked to look.",
)
NO_CASE = Text("没有在群里筹款的 A{number}，请看看编号。", "There is no A{number} asking for money. Please look at the number.")
NO_MONEY = Text(
    "A{number} 不收捐款，只找人帮忙。想出钱，可以发“认捐 爱心基金 {amount}”。",
    "A{number} asks for help, not money. To give, send “pledge fund {amount}”.",
)
OVER = Text(
    "A{number} 已经结束，不再认捐，没有记。{others}也可以捐给爱心基金：发“认捐 爱心基金 {amount}”。",
    "A{number} is over and takes no more; nothing is noted. {others}You can give to the care fund: “pledge fund {amount}”.",
)
OTHERS = Text("还在筹款的有 {cases}；", "Still open: {cases}. ")
NONE_OF_YOURS = Text("没有您的认捐 P{number}。发“我的认捐”看编号。", "You have no pledge P{number}; “my pledges” shows the numbers.")
WHICH = Text("请写编号，比如“{example}”。发“我的认捐”能看到。", "Please give the number, like “{example}”; “my pledges” shows it.")
NOT_OPEN = Text("P{number} {state}，不用撤了。", "P{number} is {state}; there is nothing to withdraw.")
RECEIVED_ALREADY = Text(
    "P{number} 已经到账，撤不了。想退，发“退款 P{number} 原因”，由组织委员办。",
    "P{number} was received. To ask it back, send “refund P{number} why”.",
)
GONE = Text("这位同志已经不在支部了，没有记。", "They are no longer in the branch; nothing is noted.")
ENTERED = Text(
    "{who}替您记了认捐 P{number}：{case} {amount} 元，待到账。不对就发“撤回认捐 P{number}”。",
    "{who} noted a pledge for you, P{number}: {case}, {amount} yuan, to come. If that is wrong: “unpledge P{number}”.",
)
STATE_NAMES: Mapping[str, Text] = {
    "pledged": Text("待到账", "to come"),
    "received": Text("已到账", "received"),
    "withdrawn": Text("已撤回", "withdrawn"),
    "released": Text("不用给了", "no longer needed"),
    "refunded": Text("已退款", "given back"),
}
NEWS = Text(
    "今天有 {count} 笔新认捐待到账，共 {amount} 元。到了账，回“到账 编号”；发“认捐情况”看是哪几笔。",
    "{count} pledges of today to come, {amount} yuan. Send “arrived P…” when money came, or “pledges” for the list.",
)
_MINE = Text("P{number}：{case} {amount} 元，{state}（{day}）", "P{number}: {case} {amount} yuan, {state} ({day})")
_ANONYMOUS = Text("，匿名", ", anonymous")
_REASON = Text("，原因：{reason}", ", because: {reason}")
_REST = Text("，已到 {received} 元", ", {received} received")
_AGAIN = (
    Choice(Text("又一笔", "another"), ("又捐一笔", "又一笔", "再捐一笔", "两笔", "another")),
    Choice(Text("同一笔", "the same"), ("同一笔", "一笔", "重复了", "不", "取消", "same")),
)
_CANCEL = Choice(Text("不捐了", "do not give"), ("取消", "算了", "不捐", "不", "no"))


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody would like to give; `case` is an appeal's number, 0 for the fund in general, -1 while it is not clear."""

    fen: int
    case: int
    anonymous: bool
    giver: int
    sure: bool = False
    again: bool = False

    @property
    def appeal(self) -> int | None:
        """The appeal it is for; None for the fund in general."""
        return self.case or None


async def begin(work: UnitOfWork, actor: Actor, text: str, giver: MemberId | None = None) -> Wish:
    """Read what somebody would like to give, or an officer enters for a giver. Raises `UserError`."""
    require(actor, Permission.KEEP_FUND if giver is not None else Permission.PLEDGE, Subject(work.branch_id, giver))
    if actor.member is None:
        raise LookupError("a gift has a giver")
    words = language.read(text)
    fen = one_amount(words, EXAMPLE)
    if words.appeal is None and not words.general and await _names_somebody(work, words.rest):
        raise UserError(BY_NUMBER(amount=yuan(fen)))
    if words.appeal is not None:
        await _open_case(work, words.appeal, fen)
    case = 0 if words.general else -1 if words.appeal is None else words.appeal
    return Wish(fen, case, words.anonymous, giver or actor.member)


async def _names_somebody(work: UnitOfWork, rest: str) -> bool:
    """Whether it is for a person: then no appeal is taken for theirs, and nobody learns whose an appeal is."""
    names: dict[int, tuple[str, str]] = {each.id: (each.name, each.latin) for each in await work.members.present()}
    return language.for_somebody(rest) or bool(rules.named(rest, names))


async def _open_case(work: UnitOfWork, number: int, fen: int) -> Appeal:
    found = await work.appeals.numbered(number)
    if found is None or found.posted_at is None:
        raise UserError(NO_CASE(number=number))
    if not found.money:
        raise UserError(NO_MONEY(number=number, amount=yuan(fen)))
    if found.state != State.OPEN:
        others = await asking_for_money(work)
        named = OTHERS(cases=Text.join([fund.case_name(each.number) for each in others], "、", ", ")) if others else Text("", "")
        raise UserError(OVER(number=number, others=named, amount=yuan(fen)))
    return found


async def asking_for_money(work: UnitOfWork) -> list[Appeal]:
    """The appeals in the group that ask for money."""
    return [each for each in await work.appeals.of_state(State.OPEN.value) if each.money]


async def step(work: UnitOfWork, actor: Actor, wish: Wish) -> Ask | Pledge:
    """The question that is still to be asked, or the pledge."""
    require(actor, Permission.PLEDGE, Subject(work.branch_id, actor.member))
    if wish.giver != actor.member:
        await _still_enters(work, actor, MemberId(wish.giver))
    if wish.case < 0:
        cases = await asking_for_money(work)
        if len(cases) != 1:
            return _where(wish, [each.number for each in cases])
        wish = replace(wish, case=cases[0].number)
    if wish.case > 0:
        await _open_case(work, wish.case, wish.fen)
    if not wish.sure and rules.is_slip(wish.fen, await _given(work), await _large(work)):
        return replace(_ask(wish, "sure", SURE(amount=yuan(wish.fen)), CONFIRM), free=True)
    if not wish.again and (same := await _same(work, wish)) is not None:
        text = AGAIN(case=fund.case_name(same.appeal_number), amount=yuan(same.fen), number=same.number)
        return _ask(wish, "again", text, _AGAIN)
    return await _promise(work, actor, wish)


async def _still_enters(work: UnitOfWork, actor: Actor, giver: MemberId) -> None:
    """Between question and answer an office may be lost and a giver may leave. Raises `UserError`."""
    require(actor, Permission.KEEP_FUND, Subject(work.branch_id, giver))
    member = await work.members.get(giver)
    if member is None or member.removed_at is not None:
        raise UserError(GONE)


def _where(wish: Wish, cases: Sequence[int]) -> Ask:
    if not cases:
        return _ask(wish, "where", ONLY_FUND(amount=yuan(wish.fen)), CONFIRM, cases=[0])
    offered = [*(Choice(fund.case_name(each), (str(each),)) for each in cases), Choice(fund.GENERAL_NAME, ("基金", "fund")), _CANCEL]
    return _ask(wish, "where", WHERE(amount=yuan(wish.fen)), tuple(offered), cases=[*cases, 0])


def _ask(wish: Wish, stage: str, text: Text, choices: tuple[Choice, ...], **data: Any) -> Ask:
    return Ask(KIND, text, choices, data={"wish": asdict(wish), "stage": stage, **data})


async def decide(work: UnitOfWork, actor: Actor, data: Mapping[str, Any], choice: int, own_words: str = "") -> Ask | Pledge | None:
    """Go on after an answer, which may put the amount right; None if nothing is to be given. Raises `UserError`."""
    require(actor, Permission.PLEDGE, Subject(work.branch_id, actor.member))
    wish, stage = Wish(**data["wish"]), data["stage"]
    if stage == "where":
        cases: Sequence[int] = data["cases"]
        return await step(work, actor, replace(wish, case=cases[choice])) if choice < len(cases) else None
    if own_words:
        right, number = language.corrected(own_words), choices.choice(own_words, len(CONFIRM))
        if right is not None:
            return await step(work, actor, replace(wish, fen=one_amount(right, EXAMPLE)))
        if number is None:
            raise UserError(RIGHT_OR_NOT)
        choice = number
    if choice != 0:
        return None
    return await step(work, actor, replace(wish, sure=True, again=wish.again or stage == "again"))


async def _given(work: UnitOfWork) -> list[int]:
    return [each.fen for each in await work.pledges.newest(20)]


async def _large(work: UnitOfWork) -> int:
    decided = await work.policies.get(LARGE_POLICY, beijing_day(work.now))
    return int(decided.value) if decided is not None and decided.value is not None else rules.LARGE


async def _same(work: UnitOfWork, wish: Wish) -> Pledge | None:
    since = work.now - rules.SAME_WITHIN
    for each in await work.pledges.of_member(MemberId(wish.giver)):
        if (each.appeal_number, each.fen) == (wish.appeal, wish.fen) and each.at > since and each.state in {"pledged", "received"}:
            return each
    return None


async def _promise(work: UnitOfWork, actor: Actor, wish: Wish) -> Pledge:
    giver = MemberId(wish.giver)
    if actor.member is None:
        raise LookupError("a gift has a giver")
    entered_by = actor.member if giver != actor.member else None
    made = await work.pledges.add(giver, wish.appeal, wish.fen, anonymous=wish.anonymous, entered_by=entered_by)
    await _book(work, actor, made, fund.PROMISED, made.fen)
    work.deeds.add(actor.member, DEED, {"number": made.number})
    if entered_by is not None:
        await trail.changed(work, actor, [giver], trail.Kind.FUND)
        who = await fund_people.named_to(work, giver, entered_by)
        told = ENTERED(who=who, number=made.number, case=fund.case_name(made.appeal_number), amount=yuan(made.fen))
        await fund_people.tell(work, giver, told)
    await _news(work)
    return made


async def _book(work: UnitOfWork, actor: Actor, about: Pledge, kind: str, fen: int) -> None:
    lines = fund.promise(fen, about.appeal_number, about.member_id)
    await work.ledger.append(Book.FUND.value, kind, lines, actor=actor.member, subject=about.member_id, ref=f"P{about.number}")


async def _news(work: UnitOfWork) -> None:
    """One message a day to who keeps the books, however many give."""
    today = beijing_day(work.now)
    new = [each for each in await work.pledges.of_state("pledged") if beijing_day(each.at) == today]
    text = NEWS(count=len(new), amount=yuan(sum(each.fen for each in new)))
    await posting.to_role(work, "dues_keeper", Outgoing(text), priority=Priority.NOTICE, slot=f"pledges:{today}")


async def withdraw(work: UnitOfWork, actor: Actor, text: str) -> Pledge:
    """Take one's own pledge back, or what of it has not come yet. Raises `UserError`."""
    require(actor, Permission.PLEDGE, Subject(work.branch_id, actor.member))
    return await release(work, actor, await _own_open(work, actor, language.pledge(text)), "withdrawn")


async def _own_open(work: UnitOfWork, actor: Actor, number: int | None) -> Pledge:
    mine = await work.pledges.of_member(actor.member) if actor.member is not None else []
    waiting = [each for each in mine if each.state == "pledged"]
    if number is None and len(waiting) == 1:
        return waiting[0]
    if number is None:
        raise UserError(WHICH(example=Text("撤回认捐 P7", "unpledge P7")))
    found = next((each for each in mine if each.number == number), None)
    if found is None:
        raise UserError(NONE_OF_YOURS(number=number))
    if found.state == "received":
        raise UserError(RECEIVED_ALREADY(number=number))
    if found.state != "pledged":
        raise UserError(NOT_OPEN(number=number, state=STATE_NAMES[found.state]))
    return found


async def release(work: UnitOfWork, actor: Actor, about: Pledge, state: str) -> Pledge:
    """End what is open of a pledge; what came of it stays received. Who may is checked by the caller."""
    await _book(work, actor, about, fund.RELEASED, -about.open_fen)
    decided = {"decided_at": work.now, "decided_by": actor.member}
    if about.received_fen:
        return work.pledges.change(about, fen=about.received_fen, state="received", **decided)
    return work.pledges.change(about, state=state, **decided)


async def undo(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> Pledge:
    """Take back a pledge that was just made, one's own or one entered for somebody. Raises `UserError`."""
    require(actor, Permission.PLEDGE, Subject(work.branch_id, actor.member))
    found = await work.pledges.numbered(data["number"])
    if found is None or actor.member not in {found.member_id, found.entered_by}:
        raise UserError(NONE_OF_YOURS(number=data["number"]))
    if found.state != "pledged" or found.received_fen:
        raise UserError(NOT_OPEN(number=found.number, state=STATE_NAMES[found.state]))
    return await release(work, actor, found, "withdrawn")


async def mine(work: UnitOfWork, actor: Actor) -> list[Text]:
    """A member's own pledges, the newest first."""
    require(actor, Permission.OWN_DATA, Subject(work.branch_id, actor.member))
    listed = await work.pledges.of_member(actor.member) if actor.member is not None else []
    return [line(each) + (_REASON(reason=each.reason) if each.reason else Text("", "")) for each in listed]


def line(each: Pledge) -> Text:
    """A pledge in a line, without its giver."""
    day, case = beijing_day(each.at).isoformat(), fund.case_name(each.appeal_number)
    told = _MINE(number=each.number, case=case, amount=yuan(each.fen), state=STATE_NAMES[each.state], day=day)
    part = _REST(received=yuan(each.received_fen)) if each.state == "pledged" and each.received_fen else Text("", "")
    return told + part + (_ANONYMOUS if each.anonymous else Text("", ""))


async def beyond_goal(work: UnitOfWork, made: Pledge) -> bool:
    """Whether an appeal has been promised more than it asked for."""
    found = await work.appeals.numbered(made.appeal_number) if made.appeal_number else None
    if found is None or not found.goal_fen:
        return False
    sheet = await fund.sheet(work, made.appeal_number)
    return sheet.received + sheet.promised > found.goal_fen
