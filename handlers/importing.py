"""导入名册: lines of a table pasted in private, looked at row by row, taken whole or in part, and taken back."""

from collections.abc import Mapping
from typing import Any

from bot.commands import Context, Pages, Reply, Where, command, undoes
from bot.language import import_words
from bot.language.naming import original
from bot.permissions import Permission
from bot.services import importing, importing_saying
from bot.texts import Text

HOW = Text(
    "从 Excel 里连表头一起复制几行，贴过来发就行；表头要有“姓名”。整份文件请在网页导，发“管理网页”拿链接。先看预览，您说导才导。",
    "Copy the rows with their headings out of the sheet and paste them here; one heading is the name. Whole files go in on "
    "the pages. You see a preview first; nothing is imported before you say so.",
)


@command(
    *("导入名册", "importroster"),
    needs=Permission.CARRY_REGISTER,
    help=Text("导入名册：把表格里的行贴在后面", "import members: paste rows of a table after it"),
    where=Where.PRIVATE,
    takes=Text("[贴上几行]", "[ROWS]"),
    also=("导入台账", "导入党员", "批量导入"),
    understands=import_words.wanted,
    spoken_to=True,
)
async def paste(ctx: Context) -> Reply:
    words = original(ctx.incoming.text, ctx.word, ctx.args) if ctx.word else ctx.args
    if not words.strip():
        return HOW
    heading, lines = await importing_saying.pasted(ctx.work, ctx.actor, words, ctx.platform)
    return Pages(heading, lines) if lines else heading


@command(
    *("导入", "import"),
    needs=Permission.CARRY_REGISTER,
    help=Text("把预览过的行导进名册：导入 全部", "import the rows of the preview: import all"),
    where=Where.PRIVATE,
    takes=Text("全部，或行号 2-20 25", "all, or rows 2-20 25"),
    also=("导入预览",),
    fits=import_words.is_choice,
    understands=import_words.chosen,
    spoken_to=True,
)
async def take(ctx: Context) -> Reply:
    if not ctx.args:
        heading, lines = await importing_saying.again(ctx.work, ctx.actor, ctx.platform)
        return Pages(heading, lines) if lines else heading
    return await importing_saying.take(ctx.work, ctx.actor, ctx.args)


@command(
    *("撤销导入", "undoimport"),
    needs=Permission.CARRY_REGISTER,
    help=Text("撤回最近一次导入，七天内有效", "undo the last import, within seven days"),
    where=Where.PRIVATE,
    also=("撤回导入", "取消导入", "undo import"),
    understands=import_words.undone,
    spoken_to=True,
)
async def undo_last(ctx: Context) -> Reply:
    return await importing_saying.undo_last(ctx.work, ctx.actor, ctx.platform)


@undoes(importing.DEED)
async def undo(ctx: Context, data: Mapping[str, Any]) -> Text:
    return Text.join(await importing_saying.undo(ctx.work, ctx.actor, data["batch"], ctx.platform))
