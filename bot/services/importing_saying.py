"""What is said in a private chat of a file to be imported: its rows one by one, what was taken, what was put back."""

from collections.abc import Sequence

from bot.clock import beijing_day
from bot.errors import UserError
from bot.language import import_words
from bot.permissions import Actor
from bot.services import deployment, importing, privacy, register_values, sheets
from bot.services.importing import Preview, Proposed, State
from bot.services.register_values import NAMES
from bot.services.register_view import NOTHING
from bot.texts import Text
from storage.unit_of_work import UnitOfWork

ABROAD = Text(
    "名册不在这里导：这个平台的服务器在境外。请在网页导，发“管理网页”拿链接。",
    "The register is not imported here: this platform's servers are abroad. Send “pages” for a link to them.",
)
HEADING = Text(
    "读了 {count} 行：新增 {new}，改 {changed}，没变 {same}，有问题 {faulty}（不导）。还没有导；发“导入 全部”，或写行号“导入 2-20 25”。",
    "Read {count} rows: {new} new, {changed} changed, {same} the same, {faulty} faulty. Nothing is imported yet: send “import all”, or "
    "“import 2-20 25”. Faulty rows are left out.",
)
NOTHING_GOOD = Text(
    "读了 {count} 行：没变 {same}，有问题 {faulty}，没有要导的。",
    "Read {count} rows: {same} the same, {faulty} faulty; there is nothing to import.",
)
ROW = Text("第 {row} 行 {name}：{what}", "Row {row} {name}: {what}")
NEW, SAME, FAULTY = Text("新增", "new"), Text("没变", "the same"), Text("⚠ {problem}", "⚠ {problem}")
CHANGE, FRESH = Text("{field} {before} → {after}", "{field} {before} → {after}"), Text("{field} {after}", "{field} {after}")
TAKEN = Text(
    "导好了：新增 {made} 人，改了 {changed} 人。{left}不对就发“撤销”；七天内可发“撤销导入”。",
    "Imported: {made} new, {changed} changed. {left}“undo” if that is wrong; for seven days “undoimport”.",
)
LEFT = Text("有问题的 {count} 行没导：{rows}。", "{count} faulty rows were left out: {rows}. ")
WHICH = Text("请写行号，比如：导入 全部，或 导入 2-20 25。", "Please give the rows: import all, or import 2-20 25.")
UNDONE = Text(
    "导入撤了：{put_back} 人的资料放回原样，新增的 {removed} 人去掉了。后来改过的没有动。",
    "The import is undone: {put_back} put back, {removed} new ones removed. What was changed since stays.",
)
STAY = Text("这几位后来绑定或改过，留着：{names}", "These were bound or changed since and stay: {names}")
_SHOWN = 10


def rows_of(words: str) -> set[int] | None:
    """The rows that words choose: 全部 is None; 1-20 25, 第3行到第5行. Raises `UserError`."""
    try:
        return import_words.rows(words)
    except ValueError:
        raise UserError(WHICH) from None


async def pasted(work: UnitOfWork, actor: Actor, words: str, platform: str) -> tuple[Text, list[Text]]:
    """A preview of lines that were pasted. Raises `UserError`."""
    importing.may(work, actor)
    if await deployment.asks_consent(work, platform):
        return ABROAD, []
    return told(await importing.preview(work, actor, sheets.of_pasted(words, beijing_day(work.now))))


async def again(work: UnitOfWork, actor: Actor, platform: str) -> tuple[Text, list[Text]]:
    """The preview of the last file once more. Raises `UserError`."""
    importing.may(work, actor)
    if await deployment.asks_consent(work, platform):
        return ABROAD, []
    return told(await importing.shown(work, actor))


def told(seen: Preview) -> tuple[Text, list[Text]]:
    """A preview: what it comes to, and line by line what is wrong, what would change and who would be new."""
    count = {state: len(seen.of(state)) for state in State}
    heading = (HEADING if count[State.NEW] + count[State.CHANGED] else NOTHING_GOOD)(
        count=len(seen.rows), new=count[State.NEW], changed=count[State.CHANGED], same=count[State.SAME], faulty=count[State.FAULTY]
    )
    rows = [row for state in (State.FAULTY, State.CHANGED, State.NEW) for row in seen.of(state)]
    return heading, [*seen.notes, *map(line, rows)]


def line(row: Proposed) -> Text:
    """A row in a line: what is wrong with it, or what it would change."""
    return ROW(row=row.number, name=row.name, what=Text.join([what(row), *row.hints], "；", "; "))


def what(row: Proposed) -> Text:
    """What would become of a row."""
    if row.state is State.FAULTY:
        return FAULTY(problem=Text.join(row.problems, "；", "; "))
    changes = [
        (FRESH if each.before is None else CHANGE)(
            field=NAMES[each.field],
            before=register_values.spoken(each.field, each.before) if each.before is not None else NOTHING,
            after=register_values.spoken(each.field, each.after),
        )
        for each in row.changes
    ]
    first = {State.NEW: [NEW], State.SAME: [SAME]}.get(row.state, [])
    return Text.join([*first, *changes], "，", ", ")


async def take(work: UnitOfWork, actor: Actor, words: str) -> Text:
    """Take the rows that words choose of the last file. Raises `UserError`."""
    importing.may(work, actor)
    done = await importing.take(work, actor, "", rows_of(words))
    left = LEFT(count=len(done.skipped), rows=numbers(done.skipped)) if done.skipped else Text("", "")
    return TAKEN(made=done.made, changed=done.changed, left=left)


def numbers(rows: Sequence[Proposed]) -> Text:
    """The numbers of the first rows."""
    more = len(rows) > _SHOWN
    listed = [str(row.number) for row in rows[:_SHOWN]]
    return Text("、".join(listed) + ("…" if more else ""), ", ".join(listed) + (" …" if more else ""))


async def undo_last(work: UnitOfWork, actor: Actor, platform: str) -> list[Text]:
    """Take the last import back. Raises `UserError` where there is none."""
    batch = await importing.last(work, actor)
    if batch is None:
        raise UserError(importing.NOT_THERE)
    return await undo(work, actor, batch.id, platform)


async def undo(work: UnitOfWork, actor: Actor, batch: int, platform: str) -> list[Text]:
    """Take an import back; who stays is named where they may be."""
    done = await importing.revert(work, actor, batch)
    said = UNDONE(put_back=done.put_back, removed=done.removed)
    return [said, STAY(names=await privacy.listed(work, platform, done.stay[:_SHOWN]))] if done.stay else [said]
