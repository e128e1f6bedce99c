"""The news digest (新闻早班车): the curator's notes and the branch's own events, in counts, shown the evening before, posted if approved.

Nothing is posted that nobody approved; what was not posted waits for the next one.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from bot.clock import BEIJING, beijing_day
from bot.errors import UserError
from bot.language.normalise import is_blank
from bot.messages import Outgoing, Priority
from bot.permissions import Actor, Permission, Role, Subject, require
from bot.rules.appeals import State
from bot.rules.attention import GROUP_A_DAY
from bot.rules.study_schedule import LATEST, Days, Schedule
from bot.services import asking, finals, lesson_plan, posting
from bot.services.asking import Ask, Choice
from bot.services.destinations import Matter
from bot.texts import LIMIT, Language, Text, cut
from storage.keys import BranchId, MemberId
from storage.news import NewsDigest, Note
from storage.unit_of_work import UnitOfWork

POLICY = "news_schedule"
NOTE_DEED = "news_note"
OFFER, EDIT, NAMES = "news_offer", "news_edit", "news_names"
USUAL = Schedule(Days.WEEKLY, 7, 30)
OFFERED_AT = 19
"""The hour of the evening before at which it is shown."""
LIVES = timedelta(days=2)
KEPT = timedelta(days=60)
LONGEST_NOTE = 150
MOST_NOTES = 12
HEADING = Text("【新闻早班车】{day}\n", "[Morning news] {day}\n")
OFFERED = Text(
    "{day} {time} 的早班车是这样，发吗？不发或不回，这几条就留到下一次。",
    "This is the digest of {day}, {time}. Post it? If not, the notes wait for the next one.",
)
NOTED = Text(
    "好，记下了，{day}的早班车里带上。还有就接着发“早班车 …”，十分钟内可“撤销”。",
    "Noted for the digest of {day}. Send more with “news …”; “undo” within ten minutes.",
)
NOTE_TOO_LONG = Text("一条最多 {count} 个字，请短一点。", "A note has {count} characters at most; please shorten it.")
TOO_MANY = Text("已经攒了 {count} 条，够一次的了。", "{count} notes are waiting, which is enough for one digest.")
WAITING = Text("下一次早班车：{day} {time}。攒着 {count} 条：", "The next digest: {day}, {time}. {count} notes wait:")
NONE = Text(
    "下一次早班车：{day} {time}。还没有内容；有就发“早班车 村里的桥修好了”。",
    "The next digest: {day}, {time}. Nothing yet; add with “news the bridge is mended”.",
)
APPROVED = Text("好，{day} {time} 发到群里。", "It will be posted on {day} at {time}.")
DECLINED = Text("好，这次不发，几条都留着。", "It is not posted; the notes are kept.")
DECIDED = Text("这一期已经定过了。", "This digest has been decided already.")
HOW = Text("好，把整段话发给我，我就用您的字发。", "All right: send me the whole text, and I will use your words.")
EMPTY_EDIT = Text("没有字，没有改。", "There were no words, so nothing was changed.")
NO_NOTE = Text("那一条已经不在了。", "That note is no longer there.")
_LINE = Text("· {text}", "· {text}")
_CLOSING = Text("这一周支部：{events}。", "This week in the branch: {events}.")
_SOLVED = Text("{count} 件求助有了着落", "appeals solved: {count}")
_NOTICES, _NEW = Text("发了 {count} 条公告", "notices posted: {count}"), Text("来了 {count} 位新同志", "new members: {count}")
_CHOICES = (
    Choice(Text("发", "post"), ("发吧", "好", "可以", "对", "ok", "yes")),
    Choice(Text("改", "change"), ("改一下", "修改", "edit")),
    Choice(Text("不发", "do not"), ("不", "算了", "no")),
)
NAMED = Text(
    "里面有同志的名字，发到群里要本人同意。去掉名字再发？",
    "A comrade is named; to tell that in the group they must agree. Leave the name out?",
)
SOMEBODY = "一位同志"
_MAY_NAME = (
    Choice(Text("去掉", "leave out"), ("去掉名字", "好", "是", "可以", "ok", "yes")),
    Choice(Text("本人同意了", "they agreed"), ("同意了", "本人同意", "agreed")),
    Choice(Text("不记", "drop it"), ("不记了", "算了", "取消", "no", "cancel")),
)

Event = Callable[[UnitOfWork, date], Awaitable[Text | None]]
"""Says, in counts, what happened in the branch since a day; None if nothing did."""


async def _notices_since(work: UnitOfWork, since: date) -> Text | None:
    posted = [each for each in await work.notices.of_state("open") if beijing_day(each.post_at) >= since]
    return _NOTICES(count=len(posted)) if posted else None


async def _newcomers_since(work: UnitOfWork, since: date) -> Text | None:
    count = sum(1 for at in await work.members.since_when() if beijing_day(at) >= since)
    # A branch that has just been entered has no newcomers: it has members.
    return _NEW(count=count) if 0 < count < await work.members.count() else None


async def _solved_since(work: UnitOfWork, since: date) -> Text | None:
    closed = await work.appeals.of_state(State.CLOSED)
    solved = sum(1 for each in closed if each.solved and each.closed_at is not None and beijing_day(each.closed_at) >= since)
    return _SOLVED(count=solved) if solved else None


EVENTS: tuple[Event, ...] = (_notices_since, _newcomers_since, _solved_since)
"""What a digest may tell of the branch itself: counts, never a name."""


async def schedule(work: UnitOfWork) -> Schedule | None:
    """When the branch's digest comes; None where it wants none."""
    decided = await work.policies.get(POLICY, beijing_day(work.now))
    return _schedule_of(decided.value if decided else None)


def _schedule_of(value: Any) -> Schedule | None:
    return None if value and value["days"] == "off" else lesson_plan.schedule_of(value) or USUAL


async def note(work: UnitOfWork, actor: Actor, words: str, *, agreed: bool = False) -> date | Ask:
    """Keep something for the next digest; answers its day. What names a member is asked back unless they `agreed`. Raises `UserError`."""
    require(actor, Permission.CURATE, Subject(work.branch_id))
    if len(words) > LONGEST_NOTE:
        raise UserError(NOTE_TOO_LONG(count=LONGEST_NOTE))
    waiting = await work.news.notes()
    if len(waiting) >= MOST_NOTES:
        raise UserError(TOO_MANY(count=len(waiting)))
    if actor.member is None:
        raise LookupError("a note has an author")
    text = " ".join(words.split())
    if not agreed and any(name in text for name in await _names(work)):
        return Ask(NAMES, NAMED, _MAY_NAME, data={"text": text})
    made = work.news.note(actor.member, text)
    work.deeds.add(actor.member, NOTE_DEED, {"note": made.id})
    return await _day_of_new(work)


async def _names(work: UnitOfWork) -> list[str]:
    """Everybody's name, the longest first: one name may be a part of another."""
    return sorted((each.name for each in await work.members.present() if len(each.name) > 1), key=len, reverse=True)


async def _day_of_new(work: UnitOfWork) -> date:
    """The digest that takes what is noted now: one that was shown already is not added to."""
    first, second = (await schedule(work) or USUAL).coming(work.now, 2)
    return first if await work.news.of(first) is None else second


async def name(work: UnitOfWork, actor: Actor, data: Mapping[str, Any], choice: int) -> date | Ask | None:
    """Keep what named somebody without the name, or with it since they agreed; None if it is not kept. Raises `UserError`."""
    require(actor, Permission.CURATE, Subject(work.branch_id))
    text = str(data["text"])
    if choice == len(_MAY_NAME) - 1:
        return None
    if choice == 0:
        for each in await _names(work):
            text = text.replace(each, SOMEBODY)
    return await note(work, actor, text, agreed=True)


async def undo_note(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> None:
    """Take a note back. Raises `UserError` where it is gone."""
    require(actor, Permission.CURATE, Subject(work.branch_id))
    gone = next((each for each in await work.news.notes() if each.id == data["note"]), None)
    if gone is None:
        raise UserError(NO_NOTE)
    await work.news.drop([gone.id])
    shown_already = await work.news.of(beijing_day(work.now + timedelta(days=1)))
    if shown_already is not None and gone.id in shown_already.note_ids:
        _without(work, shown_already, gone)


def _without(work: UnitOfWork, digest: NewsDigest, gone: Note) -> None:
    """Take a note out of a digest that was shown; one in the curator's own words, or with nothing left, is not posted."""
    line = _LINE(text=gone.text)
    lines = [each for each in digest.lines if each != [line.zh, line.en]]
    state = digest.state if lines and lines != digest.lines else "declined"
    work.news.change(digest, lines=lines, state=state, note_ids=[each for each in digest.note_ids if each != gone.id])


async def waiting(work: UnitOfWork, actor: Actor) -> tuple[Text, list[Text]]:
    """What waits for the next digest, and when that comes."""
    require(actor, Permission.CURATE, Subject(work.branch_id))
    day, chosen = await _next(work)
    notes = await work.news.notes()
    told = lesson_plan.day_told(day, work.now)
    if not notes:
        return NONE(day=told, time=_time(chosen)), []
    return WAITING(day=told, time=_time(chosen), count=len(notes)), [_LINE(text=each.text) for each in notes]


async def mine(work: UnitOfWork, actor: Actor) -> list[Text]:
    """The notes of who asks that are still to be posted."""
    require(actor, Permission.OWN_DATA, Subject(work.branch_id, actor.member))
    return [Text.plain(each.text) for each in await work.news.notes() if each.member_id == actor.member]


async def _next(work: UnitOfWork) -> tuple[date, Schedule]:
    chosen = await schedule(work) or USUAL
    return chosen.coming(work.now, 1)[0], chosen


def _time(chosen: Schedule) -> str:
    return f"{chosen.hour}:{chosen.minute:02}"


async def where_due(work: UnitOfWork) -> set[BranchId]:
    """The branches with a digest to post or to forget; in the evening those, too, to which tomorrow's has not been shown."""
    ask, today, tomorrow = work.agenda, beijing_day(work.now), beijing_day(work.now + timedelta(days=1))
    named = await ask.digests_of(today, "approved") | await ask.digests_before(today - KEPT)
    if work.now.astimezone(BEIJING).hour < OFFERED_AT:
        return named
    decided = await ask.decided(POLICY, today)
    coming = {each for each in await ask.with_chats() if (chosen := _schedule_of(decided.get(each))) is not None and chosen.holds(tomorrow)}
    return named | (coming - await ask.digests_of(tomorrow))


async def offer_due(work: UnitOfWork, actor: Actor) -> None:
    """Show tomorrow's digest to the curators, once, if there is something to tell."""
    require(actor, Permission.JOBS, Subject(work.branch_id))
    chosen, tomorrow = await schedule(work), beijing_day(work.now + timedelta(days=1))
    if chosen is None or not chosen.holds(tomorrow) or work.now.astimezone(BEIJING).hour < OFFERED_AT:
        return
    if await work.news.of(tomorrow) is not None or not await work.chats.of_branch():
        return
    made = await _composed(work, tomorrow)
    if made is not None:
        work.news.put(made)
        for member in await curators(work):
            for outgoing in await _offered(work, member, made):
                await posting.to_member(work, member, outgoing, priority=Priority.NOTICE)
        await work.questions.arm(OFFER, since=work.now)


async def curators(work: UnitOfWork) -> list[MemberId]:
    """The curators; where there are none, the secretaries."""
    found = await work.members.holding(Role.CURATOR.value) or await work.members.holding(Role.SECRETARY.value)
    return [each.id for each in found]


async def _composed(work: UnitOfWork, day: date) -> NewsDigest | None:
    notes: Sequence[Note] = await work.news.notes()
    since = day - timedelta(days=7)
    events = [text for each in EVENTS if (text := await each(work, since)) is not None]
    if not notes and not events:
        return None
    lines = [_LINE(text=each.text) for each in notes]
    if events:
        lines.append(_CLOSING(events=Text.join(events, "，", ", ")))
    return NewsDigest(day, "offered", [[each.zh, each.en] for each in lines], [each.id for each in notes])


def shown(digest: NewsDigest) -> list[Text]:
    """The messages of a digest: one, or as many as it needs."""
    day = Text(f"{digest.day.month}月{digest.day.day}日", f"{digest.day.day} {digest.day:%b}")
    pages, page = [], HEADING(day=day)
    fresh = True
    for line in (Text(*each) for each in digest.lines):
        longer = page + line if fresh else Text.join([page, line])
        if not fresh and any(len(longer.to(each)) > LIMIT[each] for each in Language):
            pages.append(page)
            longer = line
        page, fresh = longer, False
    return [*pages, page]


async def _offered(work: UnitOfWork, member: MemberId, digest: NewsDigest) -> list[Outgoing]:
    asked = await asking.prepare(work, member, await _question(work, digest, card=True))
    return [*(Outgoing(each) for each in shown(digest)), asked]


async def _open(work: UnitOfWork, data: Mapping[str, Any]) -> NewsDigest:
    found = await work.news.of(date.fromisoformat(data["day"]))
    if found is None or found.state != "offered":
        raise UserError(DECIDED)
    return found


async def decide(work: UnitOfWork, actor: Actor, data: Mapping[str, Any], choice: int) -> Text | Ask:
    """Post a digest at its time, change it first, or not. Raises `UserError` where somebody has decided before."""
    require(actor, Permission.CURATE, Subject(work.branch_id))
    found = await _open(work, data)
    if choice == 1:
        return Ask(EDIT, HOW, (Choice(Text("取消", "cancel"), ("不改了", "算了")),), LIVES, dict(data), free=True)
    work.news.change(found, state="declined" if choice else "approved")
    finals.note(work, actor, finals.DIGEST_DECIDED)
    chosen = await schedule(work) or USUAL
    return DECLINED if choice else APPROVED(day=lesson_plan.day_told(found.day, work.now), time=_time(chosen))


async def reword(work: UnitOfWork, actor: Actor, data: Mapping[str, Any], words: str) -> list[Text | Ask]:
    """Give a digest the curator's own words, and show it again."""
    require(actor, Permission.CURATE, Subject(work.branch_id))
    found = await _open(work, data)
    if is_blank(words):
        raise UserError(EMPTY_EDIT)
    lines = [[each, each] for line in words.splitlines() for each in cut(line, LONGEST_NOTE)]
    return await _asked_again(work, work.news.change(found, lines=lines))


async def again(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> list[Text | Ask]:
    """Show a digest again as it is."""
    require(actor, Permission.CURATE, Subject(work.branch_id))
    return await _asked_again(work, await _open(work, data))


async def _asked_again(work: UnitOfWork, digest: NewsDigest) -> list[Text | Ask]:
    return [*shown(digest), await _question(work, digest)]


async def _question(work: UnitOfWork, digest: NewsDigest, *, card: bool = False) -> Ask:
    chosen = await schedule(work) or USUAL
    text = OFFERED(day=lesson_plan.day_told(digest.day, work.now), time=_time(chosen))
    return Ask(OFFER, text, _CHOICES, LIVES, {"day": digest.day.isoformat()}, card=card, columns=3)


async def post_due(work: UnitOfWork, actor: Actor) -> None:
    """Post an approved digest whose time has come; a day later it is no news any more."""
    require(actor, Permission.JOBS, Subject(work.branch_id))
    chosen, today = await schedule(work), beijing_day(work.now)
    await work.news.forget_before(today - KEPT)
    found = await work.news.of(today)
    if chosen is None or found is None or found.state != "approved" or not timedelta(0) <= work.now - chosen.at(today) <= LATEST:
        return
    work.news.change(found, state="posted")
    await work.news.drop(found.note_ids)
    for number, text in enumerate(shown(found), 1):
        where = f"news:{today.isoformat()}:{number}"
        await posting.to_groups(
            work, Outgoing(text), priority=Priority.NOTICE, slot=where, room=GROUP_A_DAY, good_for=LATEST, matter=Matter.NEWS
        )
