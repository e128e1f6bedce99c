"""Questions about lessons: answered in private, and coming back by spaced repetition. Nobody but the member sees an answer.

No points, no streaks, no ranking: RULES.md §9, the 2023 opinions on formalism at the fingertips.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bot.clock import beijing_day
from bot.messages import ChatKind, Incoming, Outgoing
from bot.permissions import Actor, Permission, Subject, require
from bot.rules import repetition
from bot.rules.repetition import DAILY
from bot.services import asking, lesson_posts, library, studies
from bot.services.asking import Ask, Choice
from bot.texts import Text, too_long
from storage.keys import BranchId, MemberId
from storage.lessons import Lesson
from storage.review_cards import Card, CardKey
from storage.unit_of_work import UnitOfWork

KIND = "quiz"
OFFER = "quiz_offer"
"""The kind of the question whether one would like to be asked; its data holds `keys`."""
DEED_DAILY = "daily_question"
LIVES = timedelta(hours=20)
GROUP_FRESH = timedelta(days=1)
"""How long a bare 学完了 in the group is taken for the lesson that was posted there."""
RIGHT = Text("对。", "Right. ")
WRONG = Text("不是这个，应该是“{option}”。", "Not this one; it is “{option}”. ")
AGAIN = Text("\n这题过 {days} 天再见；只有您自己看得到。", "\nThis one comes back in {days} days; only you see it.")
TOMORROW = Text("\n这题明天再见；只有您自己看得到。", "\nThis one comes back tomorrow; only you see it.")
BRIEFLY, BRIEFLY_TOMORROW = Text("\n过 {days} 天再见。", "\nBack in {days} days."), Text("\n明天再见。", "\nBack tomorrow.")
OWN = Text(
    "您看过 {seen} 课，答过 {answered} 道题，{known} 道记得牢、过些天再见，{due} 道该温习了。不打分，"
    "只有您自己看得到。想接着学，发“补课”或“复习”。",
    "You have read {seen} lessons and answered {answered} questions: {known} come back later, {due} are due. No score; only you see it. "
    "Go on with “catchup” or “review”.",
)
SKIP = Choice(Text("跳过", "skip"), ("不会", "不知道", "不懂", "下一题", "pass", "next"))
WANTED = (
    Choice(Text("好", "yes"), ("好的", "要", "行", "可以", "来", "来一道", "嗯", "ok", "y")),
    Choice(Text("不用", "no"), ("不要", "不用了", "算了", "下次", "不了", "n")),
)
BROKEN = Text(
    "《{title}》第 {number} 题没有正确答案，没有发给任何人，请改课程文件。",
    "Question {number} of “{title}” has no right answer. Nobody was asked it; please mend the lesson's file.",
)
_LETTERS = "ABCDEFGH"
_SURE = ("", "应该", "应该是", "是", "我觉得", "我觉得是", "答案是")
_TRUE, _FALSE = ("对", "对的", "正确", "没错", "true", "right"), ("错", "错的", "不对", "错误", "不正确", "false", "wrong")
_TRUTHS = {**dict.fromkeys(_TRUE, _TRUE), **dict.fromkeys(_FALSE, _FALSE)}
_CARD = Text("{title} 第 {number} 题：答过 {times} 次，{day} 再见", "{title}, question {number}: answered {times} times, back on {day}")
_DAILY = Text("每天一题：开着", "a question every day: on")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a lesson, ready to be asked."""

    lesson: Lesson
    number: int

    @property
    def key(self) -> CardKey:
        """Which question it is."""
        return CardKey(self.lesson.id, self.number)

    @property
    def content(self) -> Mapping[str, Any]:
        """The question as the lesson has it."""
        question: Mapping[str, Any] = self.lesson.content["questions"][self.number]
        return question

    @property
    def right(self) -> str:
        """The right answer's words."""
        return str(self.content["options"][self.content["answer"]])

    def option(self, number: int) -> Text:
        """An option in words."""
        zh, en = self.content["options"], self.content.get("options_en") or self.content["options"]
        return Text(str(zh[number]), str(en[number]))


@dataclass(frozen=True, slots=True)
class Plan:
    """What a member would be asked today, the due ones first, and how many of them are due."""

    keys: Sequence[CardKey]
    due: int


def questions_of(lesson: Lesson) -> list[Asked]:
    """The questions of a lesson that can be asked."""
    listed = lesson.content.get("questions") or []
    return [Asked(lesson, number) for number, each in enumerate(listed) if repetition.sound(each)]


async def asked(work: UnitOfWork, key: CardKey) -> Asked | None:
    """The question of a key, if it is there and can be asked."""
    lesson = await work.lessons.get(key.lesson_id)
    return next((each for each in questions_of(lesson) if each.number == key.number), None) if lesson is not None else None


def ask(question: Asked, rest: Sequence[CardKey] = (), *, card: bool = False) -> Ask:
    """The question as it is put, with those that follow it."""
    options = range(len(question.content["options"]))
    head = Text(str(question.content["ask"]), str(question.content.get("ask_en") or question.content["ask"]))
    plain = _is_true_or_false(question)
    lines = [] if plain else [Text.plain(f"{_LETTERS[each]} ") + question.option(each) for each in options]
    choices = [_choice(question, each, plain=plain) for each in options]
    data = {"key": list(question.key), "answer": question.right, "rest": [list(each) for each in rest]}
    return Ask(KIND, Text.join([head, *lines]), (*choices, SKIP), LIVES, data, card, columns=4)


def _is_true_or_false(question: Asked) -> bool:
    return len(question.content["options"]) == 2 and all(each in _TRUTHS for each in question.content["options"])


def _choice(question: Asked, number: int, *, plain: bool) -> Choice:
    option = question.option(number)
    if plain:
        words = tuple(f"{sure}{word}{end}" for sure in _SURE for word in _TRUTHS[option.zh] for end in ("", "吧"))
        return Choice(option, words)
    return Choice(Text.plain(_LETTERS[number]), (option.zh, option.en))


async def plan(work: UnitOfWork, actor: Actor, wanted: int = DAILY) -> Plan:
    """What who asks is asked now. A backlog is forgiven first: it comes back a few a day from today on."""
    member = studies.reader(work, actor)
    return (await plans(work, actor, [member], wanted))[member]


async def plans(work: UnitOfWork, actor: Actor, members: Collection[MemberId], wanted: int = DAILY) -> dict[MemberId, Plan]:
    """The same for several members, by a few statements for all; for the member who acts, or by a job of ours."""
    if set(members) != {actor.member}:
        require(actor, Permission.JOBS, Subject(work.branch_id))
    cards = await work.review_cards.of_many(members)
    seen = await work.studies.seen_by_many(members)
    ids = {each.lesson_id for listed in cards.values() for each in listed} | {each for listed in seen.values() for each in listed}
    live = await work.lessons.live(ids)
    await work.lessons.many(live)
    today = beijing_day(work.now)
    made = {}
    for member in members:
        current = await _current(work, member, cards.get(member, []), live)
        due = _spread(work, member, current, today)
        new = [each.key for lesson_id in seen.get(member, ()) if lesson_id in live for each in await _sound(work, lesson_id)]
        fresh = [key for key in new if key not in {each.key for each in current}]
        made[member] = Plan(repetition.pick(due, fresh, wanted), min(len(due), wanted))
    return made


async def _sound(work: UnitOfWork, lesson_id: str) -> list[Asked]:
    lesson = await work.lessons.get(lesson_id)
    if lesson is None:
        return []
    await report_broken(work, lesson)
    return questions_of(lesson)


async def _current(work: UnitOfWork, member: MemberId, cards: Iterable[Card], live: Collection[str]) -> list[Card]:
    """The cards whose questions are still there with the same answer; the others are dropped."""
    kept, gone = [], []
    for card in cards:
        question = await asked(work, card.key) if card.lesson_id in live else None
        if question is not None and question.right == card.answer:
            kept.append(card)
        else:
            gone.append(card.key)
    work.review_cards.drop(member, gone)
    return kept


def _spread(work: UnitOfWork, member: MemberId, cards: Sequence[Card], today: date) -> list[CardKey]:
    """What is due today, in its order; what had heaped up is put off to the days that follow."""
    done = sum(each.answered_on == today and each.times > 1 for each in cards)
    days = repetition.spread({each.key: each.due for each in cards}, today, done=done)
    heaped = sum(each.due <= today for each in cards) > DAILY - done
    if heaped:
        work.review_cards.move(member, {each.key: days[each.key] for each in cards if days[each.key] != each.due})
    return [each.key for each in cards if days[each.key] == today]


async def first(work: UnitOfWork, keys: Sequence[CardKey], *, card: bool = False) -> Ask | None:
    """The first question of several that is still there, with the rest behind it."""
    for number, key in enumerate(keys):
        if (question := await asked(work, key)) is not None:
            return ask(question, keys[number + 1 :], card=card)
    return None


async def of_lesson(work: UnitOfWork, actor: Actor, lesson_id: str) -> list[CardKey]:
    """The questions of a lesson that who asks has not answered yet; tells the curators of one that cannot be asked."""
    member = studies.reader(work, actor)
    lesson = await studies.lesson_of(work, lesson_id)
    await report_broken(work, lesson)
    answered = {each.key for each in await work.review_cards.of(member)}
    return [each.key for each in questions_of(lesson) if each.key not in answered]


async def just_read(work: UnitOfWork, actor: Actor, incoming: Incoming) -> str | None:
    """The lesson that a bare 学完了 means: the one it answers; in private the one read last, in the group the one posted last."""
    member, in_group = studies.reader(work, actor), incoming.chat.kind is ChatKind.GROUP
    if incoming.reply_to is not None and (post := await lesson_posts.answered(work, incoming.chat.key, incoming.reply_to)) is not None:
        return post.lesson_id
    since = work.now - (GROUP_FRESH if in_group else studies.READING)
    read = [] if in_group else [each.lesson_id for each in await work.studies.seen_by(member) if each.seen_at > since]
    posted = [each.lesson_id for each in await work.studies.recent(beijing_day(since)) if each.posted_at > since]
    return next(iter([*read, *posted]), None)


async def report_broken(work: UnitOfWork, lesson: Lesson) -> None:
    """Tell the curators, once, of questions of a lesson that have no right answer: nobody is asked them."""
    for number, each in enumerate(lesson.content.get("questions") or []):
        known = f"{number}:{work.branch_id}:{lesson.id}"
        if not repetition.sound(each) and await work.job_runs.begin("broken_question", known[:60]):
            await library.to_curators(work, Outgoing(BROKEN(title=library.title(lesson), number=number + 1)))


async def answer(work: UnitOfWork, actor: Actor, data: Mapping[str, Any], choice: int) -> Text | None:
    """Take an answer: whether it is right and why, and when the question comes back; None where it was skipped or is gone."""
    member = studies.reader(work, actor)
    key = CardKey(*data["key"])
    question = await asked(work, key)
    if question is None or question.right != data["answer"] or choice >= len(question.content["options"]):
        return None
    before = next((each for each in await work.review_cards.of(member) if each.key == key and each.answer == question.right), None)
    right = choice == question.content["answer"]
    today = beijing_day(work.now)
    if before is not None and before.answered_on == today:
        return _verdict(question, (before.due - today).days, right=right)
    reviewed = repetition.review(before.state if before else None, work.now, right=right)
    due = today + timedelta(days=reviewed.days)
    times = before.times + 1 if before else 1
    work.review_cards.put(member, Card(*key, question.right, reviewed.state, due, today, times))
    return _verdict(question, reviewed.days, right=right)


def _verdict(question: Asked, days: int, *, right: bool) -> Text:
    correct = question.content["answer"]
    letter = Text("", "") if _is_true_or_false(question) else Text.plain(f"{_LETTERS[correct]} ")
    said = RIGHT if right else WRONG(option=letter + question.option(correct))
    said += Text(str(question.content.get("why") or ""), str(question.content.get("why_en") or question.content.get("why") or ""))
    end = AGAIN(days=days) if days > 1 else TOMORROW
    sourced = said + Text.plain("\n") + library.source(question.lesson)
    fitting = (sourced + end, sourced + _soon(days), said + end)
    return next((each for each in fitting if not too_long(each)), said)


def _soon(days: int) -> Text:
    """When the question comes back, in few characters."""
    return BRIEFLY(days=days) if days > 1 else BRIEFLY_TOMORROW


async def stop(work: UnitOfWork, actor: Actor) -> None:
    """Put aside the question that is open, and those that would follow it."""
    if (question := await work.questions.open_of(studies.reader(work, actor), KIND)) is not None:
        work.questions.spend(question)


async def own(work: UnitOfWork, actor: Actor) -> Text:
    """What who asks has read and answered, in numbers and without a score."""
    member = studies.reader(work, actor)
    read = await work.studies.seen_by(member)
    cards = await work.review_cards.of(member)
    known = sum(each.due > beijing_day(work.now) for each in cards)
    return OWN(seen=len(read), answered=len(cards), known=known, due=len(cards) - known)


async def want_daily(work: UnitOfWork, actor: Actor, *, wanted: bool) -> None:
    """A question every day for who asks, or none any more."""
    member = studies.reader(work, actor)
    work.deeds.add(member, DEED_DAILY, {"wanted": member in await work.review_cards.daily()})
    work.review_cards.want_daily(member, wanted=wanted)


async def undo_daily(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> None:
    """Make that what it was."""
    work.review_cards.want_daily(studies.reader(work, actor), wanted=data["wanted"])


async def where_wanted(work: UnitOfWork) -> set[BranchId]:
    """The branches in which somebody wants a question a day."""
    return await work.agenda.wanting_questions()


async def daily(work: UnitOfWork, actor: Actor) -> dict[MemberId, Outgoing]:
    """The day's question for everybody who wants one and is not away; who is asked something else answers it by its buttons."""
    require(actor, Permission.JOBS, Subject(work.branch_id))
    wanting = set(await work.review_cards.daily())
    present = [each.id for each in await work.members.present() if each.id in wanting and each.away_since is None]
    found = await plans(work, actor, present, 1) if present else {}
    made = {member: await first(work, plan.keys, card=True) for member, plan in found.items()}
    asked_now = {member: await asking.prepare(work, member, question) for member, question in made.items() if question is not None}
    if asked_now:
        await work.questions.arm(KIND, since=work.now)
    return asked_now


async def forget(work: UnitOfWork, actor: Actor) -> int:
    """Delete every answer of who asks and what comes back to them; answers how many questions that were."""
    return await work.review_cards.forget(studies.reader(work, actor))


async def mine(work: UnitOfWork, actor: Actor) -> list[Text]:
    """What is kept of the answers of who asks, for 我的."""
    member = studies.reader(work, actor)
    cards = await work.review_cards.of(member)
    known = await work.lessons.many([each.lesson_id for each in cards])
    daily = [_DAILY] if member in await work.review_cards.daily() else []
    return daily + [
        _CARD(
            title=library.title(known[each.lesson_id]) if each.lesson_id in known else Text.plain(each.lesson_id),
            number=each.number + 1,
            times=each.times,
            day=each.due.isoformat(),
        )
        for each in cards
    ]


def keys(packed: Iterable[Sequence[Any]]) -> list[CardKey]:
    """Keys as a question keeps them."""
    return [CardKey(str(lesson), int(number)) for lesson, number in packed]
