"""Which kind of matter is posted in which of the branch's groups (发到): everything everywhere, unless the branch decides otherwise.

Answers and what cannot wait are no matter of this: whoever speaks in a group is answered there. What stands in a group already is kept
right there, so that a count is the same wherever it is shown. A matter that no group would take goes to all of them.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from bot.errors import UserError
from bot.language.normalise import bare
from bot.permissions import Actor, Permission, Subject, require
from bot.services import offered
from bot.texts import Text
from storage.chats import Group
from storage.keys import ChatKey
from storage.unit_of_work import UnitOfWork

__all__ = ["DEED", "GONE", "NAMES", "Group", "Matter", "choose", "groups", "of_branch", "read", "switch", "title", "told", "undo", "what"]

DEED = "sent_to"


class Matter(StrEnum):
    """What is posted in groups unasked, by kind."""

    NOTICE = "notice"
    LESSON = "lesson"
    NEWS = "news"
    TALLY = "tally"
    AID = "aid"
    PICTURE = "picture"


NAMES = {
    Matter.NOTICE: Text("公告", "notices"),
    Matter.LESSON: Text("课", "lessons"),
    Matter.NEWS: Text("早班车", "news"),
    Matter.TALLY: Text("数字", "numbers"),
    Matter.AID: Text("互助", "help"),
    Matter.PICTURE: Text("家乡图", "pictures"),
}
_SPOKEN = {
    Matter.NOTICE: ("公告", "通知", "notice", "notices", "announcements"),
    Matter.LESSON: ("课", "党课", "学习", "讨论", "心得", "lesson", "lessons", "study"),
    Matter.NEWS: ("早班车", "新闻", "摘要", "news", "digest"),
    Matter.TALLY: ("数字", "人数", "统计", "报平安", "党费", "基金", "tally", "tallies", "numbers", "dues"),
    Matter.AID: ("互助", "求助", "通报", "aid", "help"),
    Matter.PICTURE: ("家乡图", "家乡", "地图", "图", "图片", "map", "pictures", "picture"),
}
_ALL = frozenset({"全部", "都", "都发", "所有", "全发", "everything", "all"})
_NOTHING = frozenset({"不发", "都不发", "什么都不发", "nothing", "none"})
_ONLY = frozenset({"只", "只发", "和", "、", "only", "and"})
_EVERYTHING = Text("都发", "everything")
_ONLY_ANSWERS = Text("只回答，别的不发", "answers only")
_GROUP = Text("{where}群", "{where} group")
_LINE = Text("{number} {group}：{what}", "{number} {group}: {what}")
NO_GROUP = Text("支部还没有绑定的群。", "The branch has no group yet.")
WHICH_GROUP = Text(
    "没看出是哪个群。发“发到”看编号，再发“发到 1 公告 课”。", "Which group is that? “postto” shows the numbers; then “postto 1 notices”."
)
SEVERAL_THERE = Text(
    "{where}上有几个群，请用编号：发到 1 公告 课。", "There are several groups on {where}; please say its number: postto 1 notices."
)
WHICH_MATTER = Text("“{word}”是什么没看懂。能选的：{names}，或 全部、不发。", "What is “{word}”? There is: {names}, or all, or nothing.")
NOWHERE = Text("{what}总得有个群收。请先让别的群收，再从这里去掉。", "Some group has to get {what}. Let another group get it first.")
GONE = Text("这个群已经解绑了。", "This group is unbound.")


async def groups(work: UnitOfWork, matter: Matter | None) -> list[Group]:
    """The groups that a kind of matter is posted in; all of them for what is of no kind."""
    found = await work.chats.of_branch()
    if matter is None:
        return found
    return [each for each in found if matter.value not in each.spared] or found


async def of_branch(work: UnitOfWork, actor: Actor) -> list[Group]:
    """The branch's groups, in the order of their numbers. Raises `UserError` if there is none."""
    require(actor, Permission.BIND_GROUP, Subject(work.branch_id))
    found = await work.chats.of_branch()
    if not found:
        raise UserError(NO_GROUP)
    return found


def title(group: Group) -> Text:
    """A group by its platform and its name."""
    where = _GROUP(where=offered.named(group.key.platform))
    return where + Text.plain(f" {group.title[:30]}") if group.title else where


def told(found: Sequence[Group]) -> list[Text]:
    """The groups with their numbers, and what goes where."""
    return [_LINE(number=number, group=title(each), what=what(each)) for number, each in enumerate(found, 1)]


def what(group: Group) -> Text:
    """What is posted in a group."""
    posted = [NAMES[each] for each in Matter if each.value not in group.spared]
    if len(posted) == len(Matter):
        return _EVERYTHING
    return Text.join(posted, "、", ", ") if posted else _ONLY_ANSWERS


def read(found: Sequence[Group], words: str) -> tuple[Group, frozenset[Matter]]:
    """The group that was named, and what shall be posted there. Raises `UserError`."""
    said, *rest = words.replace("，", " ").replace(",", " ").replace("：", " ").replace(":", " ").replace("、", " ").split() or [""]
    group = _group(found, said)
    named: set[Matter] = set()
    for each in rest:
        if each.casefold() in _ONLY:
            continue
        matter = _matters(each.removeprefix("只发").removeprefix("只"))
        if matter is None:
            raise UserError(WHICH_MATTER(word=each[:10], names=Text.join(NAMES.values(), "、", ", ")))
        named |= matter
    return group, frozenset(named)


def is_meant(words: str) -> bool:
    """Whether what follows 发到 is a group and perhaps matters, rather than talk."""
    said = words.split()
    return not said or said[0].isdecimal() or said[0].endswith("群") or bool(offered.called(said[0]))


def _group(found: Sequence[Group], said: str) -> Group:
    number = said.removesuffix("号").removesuffix("群").removesuffix("号")
    if number.isascii() and number.isdecimal():
        if 0 < len(number) < 4 and 0 < int(number) <= len(found):
            return found[int(number) - 1]
        raise UserError(WHICH_GROUP)
    platforms = offered.called(said)
    there = [each for each in found if each.key.platform in platforms] or [
        each for each in found if each.title and bare(each.title) == bare(said)
    ]
    if len(there) > 1:
        raise UserError(SEVERAL_THERE(where=offered.named(there[0].key.platform)))
    if not there:
        raise UserError(WHICH_GROUP)
    return there[0]


def _matters(word: str) -> frozenset[Matter] | None:
    said = bare(word)
    if said in _ALL:
        return frozenset(Matter)
    if said in _NOTHING:
        return frozenset()
    return next((frozenset({matter}) for matter, spoken in _SPOKEN.items() if said in spoken), None)


async def choose(work: UnitOfWork, actor: Actor, chat: ChatKey, wanted: frozenset[Matter]) -> Group:
    """Post in a group these kinds of matters and no others. Raises `UserError` where another would be posted nowhere."""
    found = await of_branch(work, actor)
    group = next((each for each in found if each.key == chat), None)
    if group is None:
        raise UserError(GONE)
    spared = frozenset(each.value for each in Matter if each not in wanted)
    homeless = [each for each in Matter if each not in wanted and all(each.value in other.spared for other in found if other.key != chat)]
    if homeless:
        raise UserError(NOWHERE(what=Text.join([NAMES[each] for each in homeless], "、", ", ")))
    if spared != group.spared:
        work.chats.spare(group, spared)
        if actor.member is not None:
            work.deeds.add(actor.member, DEED, {"chat": list(chat), "spared": sorted(group.spared), "now": sorted(spared)})
    return next(each for each in await of_branch(work, actor) if each.key == chat)


async def switch(work: UnitOfWork, actor: Actor, chat: ChatKey, matter: Matter) -> Group:
    """Begin to post a kind of matter in a group, or post it there no longer. Raises `UserError`."""
    group = next((each for each in await of_branch(work, actor) if each.key == chat), None)
    if group is None:
        raise UserError(GONE)
    posted = frozenset(each for each in Matter if each.value not in group.spared)
    return await choose(work, actor, chat, posted ^ {matter})


async def undo(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> Group:
    """Post in a group again what was posted there before. Raises `UserError` where it is unbound or was changed since."""
    found = await of_branch(work, actor)
    group = next((each for each in found if list(each.key) == data["chat"]), None)
    if group is None or sorted(group.spared) != data["now"]:
        raise UserError(GONE)
    work.chats.spare(group, frozenset(data["spared"]))
    return next(each for each in await of_branch(work, actor) if each.key == group.key)
