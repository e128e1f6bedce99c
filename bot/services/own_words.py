"""A branch's own words (词语 老地方=东莞市): read as what they mean, in whatever the branch's people say."""

from collections.abc import Mapping
from typing import Any

from bot.errors import UserError
from bot.language import choices
from bot.language.normalise import bare, clean
from bot.language.understanding import NONE as NOTHING
from bot.language.understanding import Understanding
from bot.permissions import Actor, Permission, Subject, require
from bot.texts import Text
from storage.unit_of_work import UnitOfWork

DEED = "own_word"
SHORTEST, LONGEST, LONGEST_MEANING, MOST = 2, 12, 30, 60
NONE = Text(
    "还没有支部自己的词语。像这样加：词语 老地方=东莞市", "There are no words of your own yet. Add one like this: word 老地方=东莞市"
)
LISTED = Text("支部自己的词语，删掉就发“删除词语 某词”：", "The branch's own words; to remove one send “removeword WORD”:")
LINE = Text("{word}＝{meaning}", "{word} = {meaning}")
ADDED = Text(
    "好，以后说“{word}”就当“{meaning}”。加错了，十分钟内发“撤销”。",
    "From now on “{word}” is read as “{meaning}”. To take it back send “undo” within ten minutes.",
)
REMOVED = Text("好，“{word}”不再当“{meaning}”了。", "“{word}” is no longer read as “{meaning}”.")
UNKNOWN = Text("没有“{word}”这个词语，发“词语”看全部。", "There is no word “{word}”; send “word” to see all.")
HOW = Text("请像这样写：词语 老地方=东莞市（等号前最多 12 个字）。", "Please write it like this: word 老地方=东莞市 (up to 12 characters).")
TAKEN = Text(
    "“{word}”本来就有意思，不能改。换一个词吧。", "“{word}” means something already and cannot be changed. Please take another word."
)
FULL = Text("词语最多 {most} 个，先删掉几个。", "There can be {most} words; please remove some first.")

_EVERYDAY = frozenset(
    {
        "今天", "明天", "昨天", "后天", "现在", "刚才", "上午", "下午", "晚上", "早上", "中午", "这里", "那里", "这个", "那个", "我们",
        "咱们", "你们", "他们", "大家", "自己", "什么", "怎么", "哪里", "没有", "我在", "我到", "我的", "在家", "回家", "不在", "已经",
        "还在", "一下", "我不", "我要", "我想",
    }
)  # fmt: skip
"""Words of which everybody's sentences are full: read as something else, talk would become orders."""


async def listed(work: UnitOfWork, actor: Actor) -> list[Text]:
    """A line for each word."""
    require(actor, Permission.KEEP_WORDS, Subject(work.branch_id))
    return [LINE(word=word, meaning=meaning) for word, meaning in (await work.branch_words.all()).items()]


def pair(words: str) -> tuple[str, str]:
    """A word and its meaning out of `老地方=东莞市`. Raises `UserError` with an example."""
    word, sign, meaning = clean(words).partition("=")
    word, meaning = bare(word), clean(meaning)
    if not sign or not (SHORTEST <= len(word) <= LONGEST) or not (1 <= len(meaning) <= LONGEST_MEANING) or word in bare(meaning):
        raise UserError(HOW)
    if choices.yes_no(word) is not None or choices.is_ack(word) or word.isdigit() or word in _EVERYDAY:
        raise UserError(TAKEN(word=word))
    return word, meaning


def is_taken(found: Understanding) -> bool:
    """Whether a word alone means something, so that it must not mean something else: a city, 请假; but 老地方 names no place."""
    return found.intent != NOTHING and not (len(found.meanings) == 1 and "unchanged" in found.slots)


async def add(work: UnitOfWork, actor: Actor, word: str, meaning: str) -> Text:
    """Let a word be read as something else. Raises `UserError` where there are too many."""
    require(actor, Permission.KEEP_WORDS, Subject(work.branch_id))
    known = await work.branch_words.all()
    if word not in known and len(known) >= MOST:
        raise UserError(FULL(most=MOST))
    await _note(work, actor, word, known.get(word))
    work.branch_words.put(word, meaning)
    return ADDED(word=word, meaning=meaning)


async def remove(work: UnitOfWork, actor: Actor, words: str) -> Text:
    """Let a word mean itself again. Raises `UserError` where there is none."""
    require(actor, Permission.KEEP_WORDS, Subject(work.branch_id))
    word = bare(words)
    meaning = (await work.branch_words.all()).get(word)
    if meaning is None:
        raise UserError(UNKNOWN(word=words[:LONGEST]))
    await _note(work, actor, word, meaning)
    work.branch_words.remove(word)
    return REMOVED(word=word, meaning=meaning)


async def undo(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> None:
    """Put a word back as it was before."""
    require(actor, Permission.KEEP_WORDS, Subject(work.branch_id))
    if data["meaning"] is None:
        work.branch_words.remove(data["word"])
    else:
        work.branch_words.put(data["word"], data["meaning"])


async def _note(work: UnitOfWork, actor: Actor, word: str, before: str | None) -> None:
    if actor.member is not None:
        work.deeds.add(actor.member, DEED, {"word": word, "meaning": before})
