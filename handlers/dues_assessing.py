"""核定 and 未核定: what a member pays a month, assessed by the dues keeper or the secretary."""

from collections.abc import Mapping
from typing import Any

from bot.commands import Context, Pages, Reply, Where, answer, command, undoes
from bot.language.dues_talk import assesses
from bot.permissions import Permission
from bot.services import dues_assessing, entry, people, privacy
from bot.texts import Text

HELP = Text("核定一位同志的党费；收入只用来算，不保存", "assess somebody's dues; the income is used once, not kept")
HELP_MISSING = Text("看谁的党费还没核定", "see whose dues are not assessed")
TAKES = Text("周海 在职 6000", "Zhou Hai salaried 6000")
NOT_DONE = Text("好，没有记。", "Nothing was noted.")
MISSING = Text("还没核定的有 {count} 人，发“核定 姓名 类别 收入”：", "{count} are not assessed; send “assess NAME category income”:")
EVERYBODY = Text("都核定过了。", "Everybody is assessed.")
UNDONE = Text("好，照原来的算，已告诉本人。", "Done; it is as before, and they were told.")


@command(
    *("核定", "核定党费", "assess"),
    needs=Permission.KEEP_DUES,
    help=HELP,
    where=Where.PRIVATE,
    takes=TAKES,
    understands=assesses,
    matter="dues",
)
async def assess(ctx: Context) -> Reply:
    if not ctx.args:
        return dues_assessing.HOW if ctx.addressed else None
    member, words = await entry.whom(ctx.work, ctx.actor, ctx.args, ctx.platform)
    drafted = await dues_assessing.draft(ctx.work, ctx.actor, member, words)
    aside = await dues_assessing.put_aside(ctx.work, ctx.actor, drafted)
    shown = dues_assessing.preview(ctx.work, drafted, await privacy.named(ctx.work, ctx.platform, member))
    return [aside, shown] if aside else shown


@answer(dues_assessing.KIND, needs=Permission.KEEP_DUES, matter="dues")
async def decided(ctx: Context) -> Reply:
    if ctx.choice != 0 or ctx.question is None:
        return NOT_DONE
    return await dues_assessing.assess(ctx.work, ctx.actor, ctx.question.data, ctx.platform)


@undoes(dues_assessing.DEED)
async def undo(ctx: Context, data: Mapping[str, Any]) -> Text:
    await dues_assessing.undo(ctx.work, ctx.actor, data)
    return UNDONE


@command("未核定", "谁没核定", "unassessed", needs=Permission.KEEP_DUES, help=HELP_MISSING, where=Where.PRIVATE, spoken_to=True)
async def missing(ctx: Context) -> Reply:
    shown, hidden, count = await dues_assessing.missing(ctx.work, ctx.actor, ctx.platform)
    if not count:
        return EVERYBODY
    names = [people.person(each) for each in shown] + ([privacy.MORE(count=hidden)] if hidden else [])
    return Pages(MISSING(count=count), names)
