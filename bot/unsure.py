"""What is said to somebody who was not understood, or not surely: a question first, then the menu, never the same words twice in a row."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from bot.commands import Ask, Called, Choice, Context, Registry, Reply, Where
from bot.language import slips
from bot.language.understanding import Meaning
from bot.services import place_questions, undo, whom
from bot.services.asking import CONFIRM, opened
from bot.texts import Text
from storage.questions import OpenQuestion

UNCLEAR = Text("没看懂，请换个说法。发“帮助”看我能做什么。", "I did not get that. Send “help” to see what I can do.")
ASK_PEOPLE = Text(
    "还是没看懂。有事直接找{who}也行；急事发“紧急求助”。", "I still did not get that. You can also ask {who}; in danger send “sos”."
)
NOT_HEARD = Text("没听清，请打字或发位置。", "I could not make that out; please type it or send a location.")
MEANT = Text("您是想说“{words}”，对吗？", "Do you mean “{words}”?")
HEARD = Text("我听到的是“{words}”，对吗？", "I heard “{words}”. Is that right?")
LOST = undo.UNCLEAR
"""The kind of the card that stands under 没看懂: while it is open, the next thing that is not understood brings the menu."""
KIND = "meant"
"""The kind of the question whether something was meant; `handlers.meant` does it."""
_TOLD_APART = frozenset({place_questions.WHICH, place_questions.CITY})
"""Kinds of questions that are the same where their data and choices are."""
_MENU = Choice(Text("看我能做什么", "what I can do"), ("帮助", "help"))
_LIVES = timedelta(minutes=10)
_LONGEST = 60


async def unclear(context: Context) -> Reply:
    """What is said the first time; None where it was said just now, and the menu is due: once, then a person is named. In private only."""
    open_ones = await context.work.questions.of(context.member)
    said = [each for each in open_ones if each.kind in {LOST, KIND} and not each.data.get("group")]
    for each in said:
        context.work.questions.spend(each)
    if any(each.kind == LOST for each in said):
        if any(each.kind == "help" for each in open_ones):
            return ASK_PEOPLE(who=await whom.secretary(context.work, context.member, context.platform))
        return None
    meant = whether([nearby]) if (nearby := nearest(context)) is not None else None
    if meant is not None and all(each.data != meant.data for each in said):
        return meant
    return Ask(LOST, UNCLEAR, (_MENU,), _LIVES, card=True)


async def unclear_in_group(context: Context) -> Reply:
    """The same among people, without a menu: 没看懂, then whom to ask, then nothing for a while."""
    said = [each for each in await context.work.questions.of(context.member) if each.kind == LOST and each.data.get("group")]
    for each in said:
        context.work.questions.spend(each)
    times = max((each.data["group"] for each in said), default=0) + 1
    await opened(context.work, context.member, Ask(LOST, UNCLEAR, (_MENU,), _LIVES, {"group": times}, card=True))
    if times == 1:
        return UNCLEAR
    return ASK_PEOPLE(who=await whom.secretary(context.work, context.member, context.platform)) if times == _AGAIN else None


_AGAIN = 2


def nearest(context: Context) -> Called | None:
    """The command whose name is so near to a few words that it was perhaps meant: 签都, /chekin."""
    names = {
        name: each
        for each in context.registry.commands
        if not each.hidden and each.where is not Where.GROUP and context.actor.may(each.needs)
        for name in each.names
    }
    slip = slips.nearest(context.incoming.text, names)
    return Called(names[slip.word], slip.word, "") if slip is not None else None


def repeats(asked: OpenQuestion | None, reply: Reply) -> bool:
    """Whether an answer is only the question that is open already: who is asked the same twice in a row gets the menu instead."""
    if (
        asked is None
        or not isinstance(reply, Ask)
        or reply.card
        or reply.kind != asked.kind
        or asked.kind not in _TOLD_APART
        or dict(reply.data) != asked.data
    ):
        return False
    return [each.label.zh for each in reply.choices] == [words[0] for words in asked.choices]


def whether(calls: Sequence[Called], text: Text = MEANT) -> Ask:
    """The question whether somebody meant what was perhaps understood; a yes does it."""
    words = Text.join([_words(each) for each in calls], "，", ", ")
    return Ask(KIND, text(words=words), CONFIRM, _LIVES, {"calls": [_kept(each) for each in calls]})


def _kept(called: Called) -> dict[str, Any]:
    """A call as the question keeps it, for `restored`."""
    meaning = called.meaning
    kept = {"intent": meaning.intent, "slots": dict(meaning.slots)} if meaning is not None else {}
    return {"command": called.command.word, "args": called.args, **kept}


def restored(registry: Registry, kept: Mapping[str, Any]) -> Called:
    """The call that a question kept."""
    command = next(each for each in registry.commands if each.word == kept["command"])
    if "intent" not in kept:
        return Called(command, command.word, kept["args"])
    return Called(command, "", kept["args"], Meaning(kept["intent"], kept["slots"], args=kept["args"]))


def _words(called: Called) -> Text:
    """What is understood, as one would send it."""
    args = called.args if len(called.args) <= _LONGEST else f"{called.args[:_LONGEST]}…"
    return Text(f"{called.command.word} {args}".strip(), f"{called.command.slash} {args}".strip())
