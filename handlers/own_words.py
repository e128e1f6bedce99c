"""词语: the branch's own words, such as 老地方 for a city, so that the bot reads them as its people mean them."""

from collections.abc import Mapping
from typing import Any

from bot import reading
from bot.clock import BEIJING
from bot.commands import Context, Pages, Reply, Where, command, undoes
from bot.errors import UserError
from bot.language.said import Setting
from bot.permissions import Permission
from bot.services import own_words
from bot.texts import Text

HELP = Text("看、加支部自己的词语，如 老地方=东莞市", "see and add the branch's own words, such as 老地方=东莞市")
TAKES = Text("某词=意思", "WORD=MEANING")
HELP_REMOVE = Text("删掉支部自己的一个词语", "remove one of the branch's own words")
TAKES_WORD = Text("某词", "WORD")
UNDONE = Text("好，词语还是原来那样。", "The words are as they were.")


@command("词语", "word", needs=Permission.KEEP_WORDS, help=HELP, where=Where.PRIVATE, takes=TAKES)
async def words(ctx: Context) -> Reply:
    if not ctx.args:
        lines = await own_words.listed(ctx.work, ctx.actor)
        return Pages(own_words.LISTED, lines) if lines else own_words.NONE
    word, meaning = own_words.pair(ctx.args)
    alone = reading.read(ctx.registry, word, Setting(ctx.incoming.at.astimezone(BEIJING)))
    if ctx.registry.called(word) is not None or own_words.is_taken(alone.understanding):
        raise UserError(own_words.TAKEN(word=word))
    return await own_words.add(ctx.work, ctx.actor, word, meaning)


@command("删除词语", "removeword", "remove word", needs=Permission.KEEP_WORDS, help=HELP_REMOVE, where=Where.PRIVATE, takes=TAKES_WORD)
async def remove(ctx: Context) -> Reply:
    return await own_words.remove(ctx.work, ctx.actor, ctx.args)


@undoes(own_words.DEED)
async def undo(ctx: Context, data: Mapping[str, Any]) -> Text:
    await own_words.undo(ctx.work, ctx.actor, data)
    return UNDONE
