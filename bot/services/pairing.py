"""Looking after a household (结对帮扶): asked for by a member, matched by the secretary, with a log of what was done.

Of the household only a short label is kept, no names and no circumstances; what was done loses its words after a year.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from bot.clock import beijing_day, long_since
from bot.errors import UserError
from bot.language import visits as language
from bot.language.visits import ImpossibleDay, Kind
from bot.messages import Outgoing, Priority
from bot.permissions import Actor, Permission, Subject, require
from bot.services import finals, fund_people, posting, trail
from bot.services.asking import Ask, Choice
from bot.services.trail import Kind as Trailed
from bot.texts import Text
from storage.keys import BranchId, MemberId
from storage.pairings import Pairing, Visit
from storage.unit_of_work import UnitOfWork

CARD, HOUSEHOLD, WHICH = "pairing_card", "pairing_household", "pairing_which"
ASKED_DEED, VISIT_DEED = "pairing_asked", "pairing_visit"
LIVES = timedelta(days=60)
PROMPT_AFTER = timedelta(days=183)
"""Nothing noted for so long: one gentle question, then none for as long again."""
WORDS_KEPT, ENDED_KEPT = timedelta(days=365), timedelta(days=365)
TOLD = Text(
    "走访记的话留一年，之后只留日子和种类；结对结束一年后全删。困难通报撤下就删原话。认捐和付款的账按规定长期保留。",
    "Words about visits are kept a year, then day and kind; a pairing that ended goes after a year. A bulletin's words go when it is down. "
    "Pledges and payments stay in the books.",
)
WHICH_OWN = Text("请写上哪一户：结束结对 户名。您有：{listed}", "Please name it: end pairing NAME. You have: {listed}")
WHICH_THEIRS = Text(
    "请写上哪一户：补录 姓名 结束结对 户名。有：{listed}", "Please name it: enter NAME 结束结对 HOUSEHOLD. There are: {listed}"
)
KIND_NAMES: Mapping[Kind, Text] = {
    Kind.VISIT: Text("走访", "visit"),
    Kind.GIFT: Text("送物", "gift"),
    Kind.WORK: Text("帮工", "work"),
    Kind.CLINIC: Text("就医", "clinic"),
    Kind.SCHOOL: Text("上学", "school"),
    Kind.OTHER: Text("其他", "other"),
}
WANTED_ALREADY = Text("您已经提过了，书记正在安排。", "You asked already; the secretary is seeing to it.")
WISH = Text("{name}想结对帮扶一户。您来安排吗？", "{name} would like to look after a household. Will you match one?")
CHOICES = (Choice(Text("安排", "match"), ("安排",)), Choice(Text("这次不安排", "not now"), ("不安排",)))
WHAT_HOUSEHOLD = Text(
    "结给哪一户？写个简称，比如“村东李家”（12 个字以内）。别写户里人的姓名、病情、证件号。",
    "Which household? A short label, like “Li at the east end” (12 characters). No names of people, illness or ID numbers.",
)
NO_LABEL = Text(
    "简称要 12 个字以内，不带长串数字。请再写一次，比如“村东李家”。",
    "The label takes 12 characters at most and no long numbers. Please write it again.",
)
DECIDED = Text("这件已经有人处理了。", "Somebody has seen to this already.")
MATCHED = Text(
    "结对安排好了：{household}。去过或帮过，发“走访 送米一袋”记一笔，只您和书记看得到。",
    "You are matched with {household}. After a visit send “visit a bag of rice”; only you and the secretary see it.",
)
NOT_NOW = Text(
    "结对这次没有安排上，书记会当面跟您说。谢谢您的心意。",
    "There is no household for you this time; the secretary will explain. Thank you.",
)
NONE = Text("您还没有结对。愿意的话，发“我想结对帮扶一户”。", "You look after no household yet. If you like: “I want a pairing”.")
BAD_DAY = Text(
    "这一天不对（没有这天，或者还没到），没有记。请改一下再发。",
    "That day does not exist or has not come yet; nothing is noted. Please mend it.",
)
LONG = Text("请写短一点，40 个字以内；别写病情和证件号。", "Please keep it to 40 characters, without illness or ID numbers.")
PROMPT = Text(
    "您结对的{household}，有半年没记走访了。得空去看看、打个电话，再发一句“走访 …”就好；已经不方便了，发“结束结对”。不催。",
    "For {household} nothing was noted in half a year. A visit or a call, then “visit …”, is fine; if it no longer suits you: “end "
    "pairing”.",
)
_MINE = Text("{household}（{since}起），记了 {count} 次", "{household} (since {since}), {count} noted")
_WAITING = Text("您想结对，等书记安排（{since}）", "you asked to be matched ({since})")
_VISIT = Text("{day} {kind} {words}", "{day} {kind} {words}")
_COUNTS = Text(
    "结对 {pairs} 户，等安排 {wanted} 位；半年里记了 {times} 次：{kinds}。",
    "{pairs} paired, {wanted} waiting; in half a year {times} noted: {kinds}.",
)
_PAIR = Text("{name}—{household}，最近 {last}", "{name} – {household}, last {last}")
_KIND = Text("{kind} {times}", "{kind} {times}")
_NOTHING = Text("还没记过", "nothing yet")


async def wish(work: UnitOfWork, actor: Actor) -> None:
    """Ask for a household to look after: who matches is asked. Raises `UserError` where that was asked already."""
    require(actor, Permission.PAIR, Subject(work.branch_id, actor.member))
    if actor.member is None:
        raise LookupError("a pairing is a member's")
    if any(each.state == "wanted" for each in await work.pairings.of_member(actor.member)):
        raise UserError(WANTED_ALREADY)
    made = work.pairings.add(actor.member)
    for each in await fund_people.holding(work, Permission.MATCH_PAIRS):
        text = WISH(name=await fund_people.named_to(work, each.id, actor.member))
        await fund_people.card(work, each.id, Ask(CARD, text, CHOICES, LIVES, {"pairing": made.id}, card=True))
    work.deeds.add(actor.member, ASKED_DEED, {"pairing": made.id})


async def undo_wish(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> None:
    """Take the wish back, unless it has been seen to."""
    require(actor, Permission.PAIR, Subject(work.branch_id, actor.member))
    found = await work.pairings.get(data["pairing"])
    if found is None or found.state != "wanted":
        raise UserError(DECIDED)
    work.pairings.remove(found)
    await _end_cards(work, found)


async def _end_cards(work: UnitOfWork, about: Pairing) -> None:
    for each in await work.questions.of_kind(CARD):
        if each.data.get("pairing") == about.id:
            work.questions.spend(each)


async def _wanted(work: UnitOfWork, actor: Actor, which: int) -> Pairing:
    require(actor, Permission.MATCH_PAIRS, Subject(work.branch_id))
    found = await work.pairings.get(which)
    if found is None or found.state != "wanted":
        raise UserError(DECIDED)
    return found


async def decide(work: UnitOfWork, actor: Actor, which: int, choice: int) -> Ask | None:
    """Answer a wish: which household is asked next; None where there is none for them."""
    about = await _wanted(work, actor, which)
    if choice == 0:
        return Ask(HOUSEHOLD, WHAT_HOUSEHOLD, (Choice(Text("先不安排", "not now")),), timedelta(hours=2), {"pairing": which}, free=True)
    work.pairings.change(about, state="declined", ended_at=work.now)
    await _end_cards(work, about)
    await trail.changed(work, actor, [about.member_id], Trailed.PAIRING)
    await fund_people.tell(work, about.member_id, NOT_NOW)
    finals.note(work, actor, finals.NOT_MATCHED)
    return None


async def match(work: UnitOfWork, actor: Actor, which: int, words: str) -> Pairing:
    """Match a wish with a household's label. Raises `UserError`."""
    about = await _wanted(work, actor, which)
    return await _paired(work, actor, about, words)


async def match_directly(work: UnitOfWork, actor: Actor, member_id: MemberId, words: str) -> Pairing:
    """Match a member who need not have asked in the chat. Raises `UserError`."""
    require(actor, Permission.MATCH_PAIRS, Subject(work.branch_id, member_id))
    waiting = [each for each in await work.pairings.of_member(member_id) if each.state == "wanted"]
    return await _paired(work, actor, waiting[0] if waiting else None, words, member_id)


async def _paired(work: UnitOfWork, actor: Actor, about: Pairing | None, words: str, member_id: MemberId | None = None) -> Pairing:
    label = words.strip(" ，,。.")
    if not language.is_label(label):
        raise UserError(NO_LABEL)
    if about is None and member_id is not None:
        about = work.pairings.add(member_id)
    if about is None:
        raise LookupError("a pairing is a member's")
    made = work.pairings.change(about, state="paired", household=label, matched_at=work.now, matched_by=actor.member)
    await _end_cards(work, made)
    await trail.changed(work, actor, [made.member_id], Trailed.PAIRING)
    await fund_people.tell(work, made.member_id, MATCHED(household=label))
    return made


async def own(work: UnitOfWork, member_id: MemberId) -> list[Pairing]:
    """The households a member looks after."""
    return [each for each in await work.pairings.of_member(member_id) if each.state == "paired"]


async def log(work: UnitOfWork, actor: Actor, member_id: MemberId, words: str, which: int | None = None) -> tuple[Visit, Pairing] | Ask:
    """Note what a member did for their household; the question which one, where they have several. Raises `UserError`."""
    require(actor, Permission.PAIR if actor.member == member_id else Permission.MATCH_PAIRS, Subject(work.branch_id, member_id))
    if actor.member is None:
        raise LookupError("a visit is noted by a member")
    theirs = await own(work, member_id)
    if not theirs:
        raise UserError(NONE)
    day, kind, rest = _read(work, words)
    named = [each for each in theirs if each.household in rest or each.id == which]
    if len(theirs) > 1 and len(named) != 1:
        data = {"pairings": [each.id for each in theirs], "words": words, "member": member_id}
        return Ask(WHICH, Text("是哪一户？", "Which household?"), tuple(Choice(Text.plain(each.household)) for each in theirs), data=data)
    about = named[0] if named else theirs[0]
    entered_by = actor.member if actor.member != member_id else None
    made = work.pairings.visit(about, day, kind.value, rest.replace(about.household, "").strip(), entered_by)
    if entered_by is not None:
        await trail.changed(work, actor, [member_id], Trailed.PAIRING)
    work.deeds.add(actor.member, VISIT_DEED, {"visit": made.id, "member": member_id})
    return made, about


def _read(work: UnitOfWork, words: str) -> tuple[Any, Kind, str]:
    try:
        day, kind, rest = language.read(words, beijing_day(work.now))
    except ImpossibleDay as error:
        raise UserError(BAD_DAY) from error
    if len(rest) > 40:
        raise UserError(LONG)
    return day, kind, rest


async def undo_log(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> None:
    """Take a note back that was just made."""
    require(actor, Permission.PAIR, Subject(work.branch_id, actor.member))
    work.pairings.unvisit(data["visit"])


async def end(work: UnitOfWork, actor: Actor, member_id: MemberId, words: str) -> Pairing:
    """End a pairing: the only one, or the one that is named. Raises `UserError`."""
    require(actor, Permission.PAIR if actor.member == member_id else Permission.MATCH_PAIRS, Subject(work.branch_id, member_id))
    theirs = await own(work, member_id)
    own_words = actor.member == member_id
    named = theirs if len(theirs) == 1 and (own_words or not words) else [each for each in theirs if each.household in words]
    if not theirs:
        raise UserError(NONE)
    if len(named) != 1:
        listed = Text.join([Text.plain(each.household) for each in theirs], "、", ", ")
        raise UserError((WHICH_OWN if own_words else WHICH_THEIRS)(listed=listed))
    if not own_words:
        await trail.changed(work, actor, [member_id], Trailed.PAIRING)
    return work.pairings.change(named[0], state="ended", ended_at=work.now)


async def mine(work: UnitOfWork, actor: Actor) -> list[Text]:
    """A member's own pairings, with what was noted last."""
    require(actor, Permission.OWN_DATA, Subject(work.branch_id, actor.member))
    theirs = [each for each in await work.pairings.of_member(actor.member) if each.state != "declined"] if actor.member is not None else []
    visits = await work.pairings.visits([each.id for each in theirs]) if theirs else []
    lines: list[Text] = []
    for each in theirs:
        lines += _told(each, [visit for visit in visits if visit.pairing_id == each.id])
    return lines


def _told(each: Pairing, visits: Sequence[Visit]) -> list[Text]:
    since = beijing_day(each.matched_at or each.at).isoformat()
    head = _WAITING(since=since) if each.state == "wanted" else _MINE(household=each.household, since=since, count=len(visits))
    return [head, *(_VISIT(day=visit.day.isoformat(), kind=KIND_NAMES[Kind(visit.kind)], words=visit.words) for visit in visits[:20])]


async def situation(work: UnitOfWork, actor: Actor) -> list[Text]:
    """For who matches: counts, and each pair with the day of the last note."""
    require(actor, Permission.MATCH_PAIRS, Subject(work.branch_id))
    paired, wanted = await work.pairings.of_state("paired"), await work.pairings.of_state("wanted")
    counts = await work.pairings.counts(beijing_day(work.now - PROMPT_AFTER))
    listed = [_KIND(kind=KIND_NAMES[kind], times=counts[kind.value]) for kind in Kind if kind.value in counts]
    kinds = Text.join(listed, "、", ", ") if listed else _NOTHING
    lines = [_COUNTS(pairs=len(paired), wanted=len(wanted), times=sum(counts.values()), kinds=kinds)]
    last = await work.pairings.last_days()
    await trail.saw(work, actor, [each.member_id for each in paired], Trailed.PAIRING)
    for each in paired:
        name = await fund_people.named_to(work, actor.member, each.member_id) if actor.member is not None else Text("", "")
        seen: Text | str = last[each.id].isoformat() if each.id in last else _NOTHING
        lines.append(_PAIR(name=name, household=each.household, last=seen))
    return lines


async def where_quiet(work: UnitOfWork) -> set[BranchId]:
    """The branches in which somebody may have noted nothing for half a year."""
    return await work.agenda.pairings_quiet("paired", work.now - PROMPT_AFTER, work.now - PROMPT_AFTER, work.now + PROMPT_AFTER)


async def prompt_due(work: UnitOfWork, actor: Actor) -> None:
    """Ask once, gently, where nothing was noted for half a year."""
    require(actor, Permission.JOBS, Subject(work.branch_id))
    last, before = await work.pairings.last_days(), work.now - PROMPT_AFTER
    for each in await work.pairings.of_state("paired"):
        quiet = each.id not in last or last[each.id] < beijing_day(before)
        if (
            quiet
            and (each.matched_at or each.at) < before
            and (each.prompted_at is None or long_since(each.prompted_at, work.now, PROMPT_AFTER))
        ):
            work.pairings.change(each, prompted_at=work.now)
            await posting.to_member(work, each.member_id, Outgoing(PROMPT(household=each.household)), priority=Priority.REMINDER)


async def tidy(work: UnitOfWork) -> None:
    """Erase the words of old notes, and pairings that ended long ago (PIPL art. 19)."""
    await work.pairings.forget_words(beijing_day(work.now - WORDS_KEPT), work.now - ENDED_KEPT)
