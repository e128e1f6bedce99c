"""画说家乡: a picture of home in the group, with a line of words. What is answered to it stays among people."""

from datetime import timedelta
from pathlib import PurePosixPath

from bot.errors import UserError
from bot.language.normalise import bare
from bot.messages import Outgoing, Priority
from bot.permissions import Actor, Permission, Subject, require
from bot.services import lesson_files, lesson_posts, posting
from bot.services.asking import Ask, Choice
from bot.services.destinations import Matter
from bot.texts import Text
from storage.unit_of_work import UnitOfWork

KIND = "hometown"
DEED = "hometown_post"
LIVES = timedelta(minutes=30)
LONGEST = 120
POST = Text("画说家乡：{caption}", "Pictures from home: {caption}")
PREVIEW = Text("画说家乡：{caption}\n\n这张发到群里吗？", "Pictures from home: {caption}\n\nPost this picture?")
NO_PICTURES = Text(
    "还没有照片。聊天里发的照片我收不到，请管理员把照片放进课程文件夹的 {folder}，再发“画说家乡 照片名”。",
    "There are no pictures yet. I cannot take one from a chat; have it put into the folder {folder} of the lessons, then send its name.",
)
WHICH = Text("有这些照片：{names}。发“画说家乡 照片名 要说的话”。", "There are: {names}. Send “hometown NAME and a few words”.")
UNKNOWN = Text("没有叫“{name}”的照片。有：{names}。", "There is no picture “{name}”. There are: {names}.")
TOO_LONG = Text("话最多 {count} 个字，请短一点。", "The words may have {count} characters; please shorten them.")
RECALLED = Text("【这张照片撤回了】", "[This picture was taken back]")
_CHOICES = (
    Choice(Text("发", "post"), ("发吧", "好", "对", "可以", "yes", "ok")),
    Choice(Text("不发", "do not"), ("不", "算了", "取消", "no")),
)
_NAMES_SHOWN = 8


async def offered(work: UnitOfWork, actor: Actor, words: str) -> Ask:
    """The picture that words begin with, shown back with the rest as its caption. Raises `UserError` with what there is."""
    require(actor, Permission.CURATE, Subject(work.branch_id))
    await lesson_posts.require_group(work)
    names = {bare(PurePosixPath(each).stem): each for each in await work.lessons.file_names(f"{lesson_files.PICTURE_FOLDER}/")}
    if not names:
        raise UserError(NO_PICTURES(folder=lesson_files.PICTURE_FOLDER))
    listed = Text.plain("、".join(list(names)[:_NAMES_SHOWN]))
    said = words.split(maxsplit=1)
    if not said:
        raise UserError(WHICH(names=listed))
    name = names.get(bare(said[0].rpartition(".")[0] if "." in said[0] else said[0]))
    if name is None:
        raise UserError(UNKNOWN(name=said[0][:20], names=listed))
    caption = said[1].strip() if len(said) > 1 else PurePosixPath(name).stem
    if len(caption) > LONGEST:
        raise UserError(TOO_LONG(count=LONGEST))
    picture = await work.lessons.file(name)
    return Ask(KIND, PREVIEW(caption=caption), _CHOICES, LIVES, {"picture": name, "caption": caption}, picture=picture)


async def post(work: UnitOfWork, actor: Actor, name: str, caption: str) -> None:
    """Post a picture in every group of the branch."""
    require(actor, Permission.CURATE, Subject(work.branch_id))
    slot = f"hometown:{work.new_id()}"
    picture = await work.lessons.file(name)
    await posting.to_groups(
        work, Outgoing(POST(caption=caption), picture=picture), priority=Priority.NOTICE, slot=slot, matter=Matter.PICTURE
    )
    if actor.member is not None:
        work.deeds.add(actor.member, DEED, {"slot": slot})


async def undo_post(work: UnitOfWork, actor: Actor, slot: str) -> None:
    """Take a picture back that was just posted."""
    require(actor, Permission.CURATE, Subject(work.branch_id))
    await work.outbox.drop_unsent(slot)
    await posting.change_in_groups(work, Outgoing(RECALLED), slot=slot, gap=timedelta(0))
