"""Discussions (讨论): one prompt in the group, who took part is counted, one sentence at the end. What is said is not kept."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.errors import UserError
from bot.language.normalise import is_blank
from bot.messages import Outgoing, Priority
from bot.permissions import Actor, Permission, Subject, require
from bot.services import asking, notices, posting, privacy, studies
from bot.services.asking import CONFIRM, Ask, Choice
from bot.services.destinations import Matter
from bot.services.people import person
from bot.texts import Text
from storage.discussions import Discussion
from storage.keys import BranchId
from storage.lessons import Heading
from storage.unit_of_work import UnitOfWork

OPENING, PRESSED, WORDS, FORWARD = "discussion_open", "discussion", "discussion_words", "discussion_say"
SLOT = "discussion"
OPEN_DEED, SAID_DEED = "discussion_open", "discussion_say"
LASTS = timedelta(days=3)
ROOM = 120
"""Characters of a prompt, of a closing sentence and of what is forwarded to the group."""
HEADING = Text("【讨论】", "[Discussion] ")
FOOT = Text(
    "\n回复这条，或点“说一句”。三天后只说有几位参加，不记谁说了什么。",
    "\nAnswer this message or press “say something”. In three days only the number of people is told.",
)
OF_LESSON = Text(
    "学完《{title}》，您怎么看？身边有没有这样的事？", "After “{title}”: what do you think? Has something like it happened around you?"
)
SPEAK = Choice(Text("说一句", "say something"))
POST = Choice(CONFIRM[0].label, (*CONFIRM[0].words, "发", "发吧", "post"))
PREVIEW = Text("要发到群里：\n", "This goes to the group:\n")
WHAT_ABOUT = Text(
    "讨论什么？像这样写：讨论 欠薪了先做什么。写课名也行。",
    "About what? Write “discuss What first when wages are late”, or a lesson's title.",
)
TOO_LONG = Text("短一点，最多 120 字。", "A little shorter, please: 120 characters at most.")
ONE_OPEN = Text("有一次讨论还开着。先发“结束讨论”，再开新的。", "One discussion is still open. Send “end discussion” first.")
NONE_OPEN = Text("现在没有开着的讨论。", "There is no open discussion.")
WHAT = Text("您想说什么？直接写。", "What would you like to say? Just write.")
COUNTED = Text("算您一位了。这句话要放到群里吗？", "You are counted. Shall these words go to the group?")
FORWARDING = (
    Choice(Text("放，署名", "yes, with my name"), ("放", "署名", "可以")),
    Choice(Text("放，不署名", "yes, without"), ("不署名", "匿名")),
    Choice(Text("不放", "no"), ("不用", "不要", "不了", "算了")),
)
SOMEBODY = Text("一位同志", "a member")
SAID = Text("【讨论】{who}：", "[Discussion] {who}: ")
TAKEN_BACK = Text("【讨论】这一句收回了。", "[Discussion] These words were taken back.")
WITHDRAWN = Text("【讨论】这次讨论撤回了。", "[Discussion] This discussion was taken back.")
CLOSED = Text("这次讨论 {count} 位同志参加，谢谢。", "{count} took part in this discussion. Thank you.")
CLOSED_QUIETLY = Text("这次讨论先到这儿，谢谢大家。", "This discussion ends here. Thank you.")
CANCEL = (Choice(Text("不说了", "never mind"), ("取消", "算了", "没有")),)
_MINE = Text("参加了第 {number} 次讨论（结束就删）", "taking part in discussion {number} (forgotten when it ends)")


def _slot(known: Discussion) -> str:
    return f"{SLOT}:{known.id}"


def _text(prompt: str) -> Text:
    return HEADING + Text.plain(prompt)


async def draft(work: UnitOfWork, actor: Actor, words: str) -> Ask:
    """Show a curator what would be posted: their own words, or a prompt about the lesson they name. Raises `UserError`."""
    require(actor, Permission.CURATE, Subject(work.branch_id))
    if is_blank(words):
        raise UserError(WHAT_ABOUT)
    await notices.require_group(work)
    if await work.discussions.open() is not None:
        raise UserError(ONE_OPEN)
    lesson, own = _lesson_of(" ".join(words.split()), await work.lessons.headings())
    prompt = own or (OF_LESSON(title=lesson.title).zh if lesson is not None else "")
    if len(prompt) > ROOM:
        raise UserError(TOO_LONG)
    data = {"lesson": lesson.id if lesson is not None else None, "prompt": prompt}
    return Ask(OPENING, PREVIEW + _text(prompt) + FOOT, (POST, CONFIRM[1]), data=data)


def _lesson_of(words: str, headings: list[Heading]) -> tuple[Heading | None, str]:
    """The lesson whose title the words begin with, and the words after it; else the words themselves."""
    said = words.removeprefix("《")
    found = [each for each in headings if said.startswith(each.title)]
    if not found:
        return None, words
    best = max(found, key=lambda each: len(each.title))
    return best, said[len(best.title) :].lstrip("》 ，,：:。")


async def open_one(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> None:
    """Post the prompt. Raises `UserError` where another was opened meanwhile."""
    require(actor, Permission.CURATE, Subject(work.branch_id))
    if await work.discussions.open() is not None:
        raise UserError(ONE_OPEN)
    made = await work.discussions.add(data["lesson"], data["prompt"], work.now + LASTS)
    ask = Ask(PRESSED, _text(made.prompt) + FOOT, (SPEAK,), LASTS, {"discussion": made.id})
    question = await asking.opened(work, None, ask)
    work.discussions.change(made, question_id=question.id)
    message = Outgoing(ask.text, await asking.buttons(work, question.id, ask))
    await posting.to_groups(work, message, priority=Priority.NOTICE, slot=_slot(made), matter=Matter.LESSON)
    if actor.member is not None:
        work.deeds.add(actor.member, OPEN_DEED, {"discussion": made.id})


async def _current(work: UnitOfWork) -> Discussion:
    found = await work.discussions.open()
    if found is None:
        raise UserError(NONE_OPEN)
    return found


async def is_open(work: UnitOfWork, actor: Actor) -> bool:
    """Whether there is a discussion to take part in."""
    require(actor, Permission.STUDY, Subject(work.branch_id, actor.member))
    return await work.discussions.open() is not None


async def answered(work: UnitOfWork, actor: Actor, slot: str) -> bool:
    """Somebody answered a prompt in the group: they are counted; False if that discussion is over."""
    member, current = studies.reader(work, actor), await work.discussions.open()
    if current is None or slot != _slot(current):
        return False
    work.discussions.speak(current, member)
    return True


async def say(work: UnitOfWork, actor: Actor, words: str) -> Ask:
    """Take part in private: counted once; the words go to the group only on a yes. Raises `UserError`."""
    member, current = studies.reader(work, actor), await _current(work)
    if is_blank(words):
        return Ask(WORDS, WHAT, CANCEL, free=True)
    if len(words.strip()) > ROOM:
        raise UserError(TOO_LONG)
    work.discussions.speak(current, member)
    return Ask(FORWARD, COUNTED, FORWARDING, data={"discussion": current.id, "words": words.strip()}, columns=1)


async def forward(work: UnitOfWork, actor: Actor, data: Mapping[str, Any], choice: int) -> bool:
    """Put somebody's words into the group as they chose; False if they did not want that. Raises `UserError` where it is over."""
    member_id = studies.reader(work, actor)
    if choice == len(FORWARDING) - 1:
        return False
    current, member = await _current(work), await work.members.get(member_id)
    if current.id != data["discussion"] or member is None:
        raise UserError(NONE_OPEN)
    which = work.new_id()
    open_to, closed = await privacy.groups(work, member_id)
    for who, among in ((person(member) if choice == 0 else SOMEBODY, open_to), (SOMEBODY, closed)):
        said, where = Outgoing(SAID(who=who) + Text.plain(data["words"])), f"discussion-say:{which}"
        await posting.to_groups(work, said, priority=Priority.NOTICE, slot=where, matter=Matter.LESSON, among=among)
    work.deeds.add(member_id, SAID_DEED, {"said": which})
    return True


async def take_back(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> None:
    """Take words back from the group."""
    studies.reader(work, actor)
    await _withdraw(work, f"discussion-say:{data['said']}", TAKEN_BACK)


async def _withdraw(work: UnitOfWork, slot: str, text: Text) -> None:
    await work.outbox.drop_unsent(slot)
    await posting.change_in_groups(work, Outgoing(text), slot=slot, gap=timedelta(0))


async def undo_open(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> None:
    """Take a discussion back that was opened by mistake."""
    require(actor, Permission.CURATE, Subject(work.branch_id))
    current = await _current(work)
    if current.id != data["discussion"]:
        raise UserError(NONE_OPEN)
    await _withdraw(work, _slot(current), WITHDRAWN)
    await _spend(work, current)
    work.discussions.remove(current)


async def _spend(work: UnitOfWork, known: Discussion) -> None:
    question = await work.questions.get(known.question_id) if known.question_id is not None else None
    if question is not None:
        work.questions.spend(question)


async def close(work: UnitOfWork, actor: Actor, summary: str) -> None:
    """End the discussion: one sentence in the group with how many took part, and the curator's own. Raises `UserError`."""
    require(actor, Permission.CURATE, Subject(work.branch_id))
    if len(summary.strip()) > ROOM:
        raise UserError(TOO_LONG)
    await _close(work, await _current(work), summary.strip())


async def where_over(work: UnitOfWork) -> set[BranchId]:
    """The branches with a discussion to be closed."""
    return await work.agenda.discussions_over(work.now)


async def close_due(work: UnitOfWork, actor: Actor) -> None:
    """End what is over."""
    require(actor, Permission.JOBS, Subject(work.branch_id))
    current = await work.discussions.open()
    if current is not None and current.closes_at <= work.now:
        await _close(work, current, "")


async def _close(work: UnitOfWork, known: Discussion, summary: str) -> None:
    count = await work.discussions.count(known)
    work.discussions.change(known, closed_at=work.now, voices=count)
    work.discussions.forget_voices(known)
    await _spend(work, known)
    await posting.change_in_groups(work, Outgoing(_text(known.prompt)), slot=_slot(known), gap=timedelta(0))
    said = (CLOSED(count=count) if count else CLOSED_QUIETLY) + Text.plain(summary)
    await posting.to_groups(work, Outgoing(said), priority=Priority.NOTICE, matter=Matter.LESSON)


async def withdraw(work: UnitOfWork, actor: Actor) -> None:
    """Forget that who asks takes part in anything; they are not counted any more."""
    await work.discussions.withdraw(studies.reader(work, actor))


async def mine(work: UnitOfWork, actor: Actor) -> list[Text]:
    """In which open discussions who asks takes part, for 我的."""
    return [_MINE(number=each) for each in await work.discussions.spoke(studies.reader(work, actor))]
