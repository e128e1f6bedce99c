"""消息量 in words and as a table: what each kind cost this month, and how it compares with what a group should hear."""

from collections.abc import Mapping
from datetime import date

from bot.clock import beijing_day
from bot.messages import ChatKind, Drawing
from bot.render.tables import Align, Cell, Column, Table
from bot.rules import attention
from bot.rules.message_kinds import Kind
from bot.services import drawings
from bot.services.dues_words import told
from bot.services.message_counts import EDITED, MARK, Month
from bot.texts import Language, Text
from storage.unit_of_work import UnitOfWork

NAMES = {
    Kind.ANSWER: Text("答复", "answers"),
    Kind.CHECK_IN: Text("报平安", "check-ins"),
    Kind.NOTICE: Text("公告", "notices"),
    Kind.NUDGE: Text("公告提醒", "nudges about notices"),
    Kind.LESSON: Text("党课", "lessons"),
    Kind.QUESTION: Text("每日一题", "questions"),
    Kind.NEWS: Text("早班车", "news digests"),
    Kind.DISCUSSION: Text("讨论和心得", "discussions, reflections"),
    Kind.DUES: Text("党费", "dues"),
    Kind.DUES_REMINDER: Text("党费提醒", "dues reminders"),
    Kind.AID: Text("求助", "appeals"),
    Kind.PAIRING: Text("结对", "pairing"),
    Kind.FUND: Text("爱心基金", "care fund"),
    Kind.EMERGENCY: Text("紧急", "emergencies"),
    Kind.GATHERED: Text("合并的提醒", "gathered reminders"),
    Kind.PEOPLE: Text("加入和账号", "people and accounts"),
    Kind.LINE: Text("平台连不上", "platforms out of reach"),
    Kind.OTHER: Text("其他", "other"),
}
HEADING = Text(
    "{month}我发了 {count} 条（群里 {group}，私聊 {private}）：", "In {month} I sent {count} (group {group}, private {private}):"
)
NONE = Text("{month}还没有消息量可看。", "There is nothing to count in {month} yet.")
_LINE = Text("{kind}：{numbers}", "{kind}: {numbers}")
_IN = {ChatKind.GROUP: Text("群 {count}", "group {count}"), ChatKind.PRIVATE: Text("私聊 {count}", "private {count}")}
_SILENT = Text(
    "不算在内、不会响的：改动 {edits} 次，表情 {marks} 个。", "Not counted, and not heard by anybody: {edits} edits, {marks} reactions."
)
_MOST = Text("最多的一天：{day}，{count} 条。", "The day with the most: {day}, {count}.")
_BUDGET = Text(
    "群里没人问、我先开口的（报平安的总数不算）：一天最多 {most} 条（{day}），平均 {mean} 条；上限 {limit} 条。",
    "Unasked in the group, the number of check-ins apart: at most {most} a day ({day}), {mean} on average; the limit is {limit}.",
)
_OVER = Text("超过上限的有 {count} 天，多是公告：公告不等。", "Over the limit on {count} days, mostly by notices: these never wait.")
_WITHIN = Text("没有一天超过上限。", "No day was over the limit.")
TITLE = Text("消息量 {month}", "Messages, {month}")


def heading(work: UnitOfWork, seen: Month) -> Text:
    """How many there were."""
    month = told([seen.month], beijing_day(work.now))
    if not seen.counts:
        return NONE(month=month)
    places = {place.value: seen.sum(place=place) for place in ChatKind}
    return HEADING(month=month, count=seen.sum(), **places)


def lines(seen: Month) -> list[Text]:
    """The kinds in words, then how it compares with what the group should hear."""
    return [*(_of_kind(seen, kind) for kind in seen.kinds() if seen.sum(kind=kind)), *compared(seen)] if seen.counts else []


def _of_kind(seen: Month, kind: Kind) -> Text:
    numbers = [_IN[place](count=found) for place in ChatKind if (found := seen.sum(kind=kind, place=place))]
    return _LINE(kind=NAMES[kind], numbers=Text.join(numbers, "，", ", "))


def compared(seen: Month) -> list[Text]:
    """What rings nobody's telephone, the day with the most, and the budget of the group."""
    said = [_SILENT(edits=seen.sum(what=EDITED), marks=seen.sum(what=MARK))]
    whole, unasked = seen.by_day(), seen.by_day(unasked_in_group=True)
    if whole:
        said.append(_MOST(day=_day(_loudest(whole)), count=max(whole.values())))
    if unasked:
        mean = f"{sum(unasked.values()) / max(1, seen.days):.1f}"
        loudest = _loudest(unasked)
        said.append(_BUDGET(most=unasked[loudest], day=_day(loudest), mean=mean, limit=attention.GROUP_A_DAY))
        over = attention.over(unasked)
        said.append(_OVER(count=len(over)) if over else _WITHIN)
    return said


def _loudest(by_day: Mapping[date, int]) -> date:
    return max(sorted(by_day), key=by_day.__getitem__)


def _day(day: date) -> Text:
    return Text(f"{day.month}月{day.day}日", f"{day.day} {day:%b}")


def pictures(work: UnitOfWork, seen: Month, language: Language) -> list[Drawing]:
    """The same as a table, drawn when it is sent."""
    said = {name: text.to(language) for name, text in _COLUMNS.items()}
    columns = [Column(said["kind"]), *(Column(said[name], Align.RIGHT) for name in ("group", "private", "edits", "marks"))]
    rows = [[Cell(NAMES[kind].to(language)), *_cells(seen, kind)] for kind in seen.kinds()]
    rows.append([Cell(said["all"]), *_cells(seen, "")])
    title = TITLE(month=told([seen.month], beijing_day(work.now))).to(language)
    note = "\n".join(each.to(language) for each in compared(seen)[1:])
    return drawings.pictures(Table(title, columns, rows, note=note))


_COLUMNS = {
    "kind": Text("种类", "Kind"),
    "group": Text("群", "Group"),
    "private": Text("私聊", "Private"),
    "edits": Text("改动", "Edits"),
    "marks": Text("表情", "Marks"),
    "all": Text("合计", "All"),
}


def _cells(seen: Month, kind: str) -> list[Cell]:
    numbers = [*(seen.sum(kind=kind, place=place) for place in ChatKind), seen.sum(kind=kind, what=EDITED), seen.sum(kind=kind, what=MARK)]
    return [Cell(str(each) if each else "–") for each in numbers]
