"""Choosing a lesson by buttons: by topic and series, from what was found, from what one has missed."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from bot.permissions import Actor, Permission, Subject, require
from bot.services import lesson_plan, lesson_posts, library, studies
from bot.services.asking import Ask, Choice
from bot.texts import Text
from storage.lessons import Heading, Lesson
from storage.unit_of_work import UnitOfWork

TOPICS, SERIES, PICK = "lesson_topics", "lesson_series", "lesson_pick"
"""Kinds of questions; their data holds `topics`, `topic` and `series`, or `lessons`: what the choices stand for."""
LIVES = timedelta(hours=12)
AT_ONCE = 8
WHICH_TOPIC = Text("想学哪一类？一课三分钟以内。", "Which topic? A lesson takes three minutes at most.")
WHICH_SERIES = Text("{topic}，选一个系列：", "{topic}: choose a series")
WHICH = Text("{series}，选一课：", "{series}: choose a lesson")
FOUND_ONE = Text(
    "有一课讲这个：{title}（{minutes} 分钟）。要看吗？", "There is one about it: {title} ({minutes} min). Do you want to read it?"
)
FOUND = Text("找到 {count} 课，选一课看：", "Found {count} lessons; choose one:")
NOT_FOUND = Text(
    "课程库里还没有讲“{words}”的课。发“课程”看有哪些，也可以告诉学习委员您想学这个。",
    "The library has no lesson about “{words}” yet. “lessons” shows what there is; you can also tell the curator what you would like.",
)
MISSED = Text(
    "发过、您还没看的有 {count} 课，从新到旧。不急，挑一课看：",
    "{count} lessons you have not read, the newest first. No hurry; choose one:",
)
ALL_READ = Text("发过的课您都看过了。想多看，发“课程”。", "You have read every lesson so far. For more, send “lessons”.")
_READ, _MORE = Choice(Text("看", "read"), ("看", "要", "好", "对", "嗯", "可以", "yes", "ok")), Text("更多", "more")


async def topics(work: UnitOfWork, actor: Actor) -> Ask | Text:
    """The topics there are lessons of."""
    require(actor, Permission.STUDY, Subject(work.branch_id, actor.member))
    there = {each.topic for each in await work.lessons.headings()}
    named = [each for each in library.TOPICS if each in there]
    if not named:
        return lesson_plan.EMPTY
    return Ask(TOPICS, WHICH_TOPIC, tuple(Choice(library.TOPICS[each]) for each in named), LIVES, {"topics": named})


async def series(work: UnitOfWork, actor: Actor, topic: str) -> Ask:
    """The series of a topic; its lessons, where there is only one."""
    require(actor, Permission.STUDY, Subject(work.branch_id, actor.member))
    listed = [each for each in await work.lessons.headings() if each.topic == topic]
    named = {each.series: each for each in listed}
    if len(named) < 2:
        return picked(WHICH(series=library.TOPICS[topic]), listed)
    choices = tuple(Choice(Text(each.series, each.series_en)) for each in named.values())
    data = {"topic": topic, "series": list(named)}
    return Ask(SERIES, WHICH_SERIES(topic=library.TOPICS[topic]), choices, LIVES, data)


async def of_series(work: UnitOfWork, actor: Actor, topic: str, name: str) -> Ask:
    """The lessons of a series."""
    require(actor, Permission.STUDY, Subject(work.branch_id, actor.member))
    listed = [each for each in await work.lessons.headings() if (each.topic, each.series) == (topic, name)]
    return picked(WHICH(series=Text(name, listed[0].series_en if listed else name)), listed)


def picked(heading: Text, lessons: Sequence[Heading | Lesson], start: int = 0) -> Ask:
    """A choice among lessons, some at a time."""
    shown = lessons[start : start + AT_ONCE]
    choices = [Choice(library.title(each)) for each in shown]
    if len(lessons) > start + AT_ONCE:
        choices.append(Choice(_MORE, ("下一页", "next")))
    data = {"lessons": [each.id for each in lessons], "start": start, "heading": [heading.zh, heading.en]}
    return Ask(PICK, heading, tuple(choices), LIVES, data, columns=1)


async def chosen(work: UnitOfWork, actor: Actor, data: Mapping[str, Any], choice: int) -> Ask:
    """The first page of the lesson that was chosen, or the next ones to choose from."""
    lessons, start, heading = data["lessons"], data["start"], Text(*data["heading"])
    if choice == AT_ONCE:
        known = await work.lessons.many(lessons)
        return picked(heading, [known[each] for each in lessons if each in known], start + AT_ONCE)
    return await studies.page(work, actor, lessons[start + choice])


async def found(work: UnitOfWork, actor: Actor, query: str) -> Ask | Text:
    """The lessons about something."""
    finds = await library.search(work, actor, query)
    if not finds:
        return NOT_FOUND(words=query[:20])
    if len(finds) > 1:
        return picked(FOUND(count=len(finds)), finds)
    only = finds[0]
    text = FOUND_ONE(title=library.title(only), minutes=only.minutes)
    return Ask(PICK, text, (_READ,), LIVES, {"lessons": [only.id], "start": 0, "heading": [text.zh, text.en]})


async def missed(work: UnitOfWork, actor: Actor) -> Ask | Text:
    """What was pushed and who asks has not read, the newest first."""
    unread = await lesson_posts.unread(work, actor)
    return picked(MISSED(count=len(unread)), unread) if unread else ALL_READ
