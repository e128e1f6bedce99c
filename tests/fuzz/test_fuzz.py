"""A short form of `make fuzz`: hostile input at every decoder and every reader of what people type, the same at each run."""

import json
import random

import pytest
from sqlalchemy import select

from bot.language import contexts
from bot.language.intents import every
from bot.language.said import Setting
from bot.language.understanding import understand
from bot.messages import Chat, ChatKind, EventKey, EventKind, Incoming, Location, Sender
from bot.platforms.typed import typed
from bot.services import asking, browser_chat
from storage.tables import inbox
from storage.unit_of_work import UnitOfWork
from tests.dialogue import START, Dialogue
from tests.fuzz import hostile
from tests.fuzz.targets import DECODERS, read, readers

SHORT = {"lesson": 40, "config.toml": 25, "commands": 50}


@pytest.mark.parametrize("name", DECODERS)
def test_no_hostile_input_breaks_a_decoder(name: str) -> None:
    chance = random.Random(name)
    for _ in range(SHORT.get(name, 400)):
        DECODERS[name](chance)


def test_every_reader_of_the_language_is_tried() -> None:
    assert len(readers()) > 100
    assert {"dues.paid", "emergencies.read", "months.read", "place_search.find", "normalise.clean"} <= set(readers())


def test_no_text_of_the_corpus_breaks_a_reader() -> None:
    chance = random.Random(1)
    for function in readers().values():
        for words in chance.sample(hostile.TEXTS, 40):
            read(function, words, chance)
        unit, times = chance.choice(hostile.LONG)
        read(function, (unit * times)[:1000], chance)


def test_no_mixture_breaks_a_reader() -> None:
    chance = random.Random(2)
    for function in readers().values():
        for _ in range(12):
            read(function, hostile.text(chance), chance)


def test_no_hostile_message_breaks_understanding_or_means_another_thing_the_second_time() -> None:
    chance, cues = random.Random(3), sorted({cue for rule in every() for cue in rule.cues})
    for number in range(600):
        words = hostile.patient(chance, cues) if number % 2 else hostile.text(chance)
        setting = Setting(
            START,
            in_group=number % 3 == 0,
            role=chance.choice(("member", "secretary")),
            context=chance.choice(("", *sorted(contexts.EVERY))),
        )
        found = understand(words, setting)
        assert found == understand(words, setting)
        assert json.dumps(found.slots, ensure_ascii=False)
        assert all(0 < each.confidence <= 1 for each in found.meanings)


def event(chance: random.Random, number: int, chat: Dialogue) -> Incoming:
    """Something hostile from a member or a stranger, in the group or in private."""
    who = chance.choice(("李小山", "王秀英", "路人"))
    group = chance.random() < 0.4
    place = chat.group_id() if group else browser_chat.private_chat(who)
    kind = chance.choice((EventKind.MESSAGE,) * 8 + (EventKind.BUTTON, EventKind.EDITED, EventKind.LOCATION))
    return Incoming(
        EventKey(f"fuzz:{number}"),
        kind,
        Chat(browser_chat.chat_key(place), ChatKind.GROUP if group else ChatKind.PRIVATE),
        Sender(browser_chat.account_key(who), typed(hostile.text(chance))),
        START,
        text=typed(hostile.text(chance)),
        message_id=str(number),
        mentioned=chance.random() < 0.7,
        reply_to=chance.choice((None, "b1", typed(hostile.text(chance)))),
        location=Location(chance.uniform(-90, 90), chance.uniform(-180, 180)) if kind is EventKind.LOCATION else None,
    )


async def receive(chat: Dialogue, chance: random.Random, count: int) -> list[str]:
    """The keys of the hostile events that broke a handler."""
    for number in range(count):
        await chat.app.router.receive(event(chance, number, chat))

    async def failed(work: UnitOfWork) -> list[str]:
        return [str(row[0]) for row in await work.rows(select(inbox.c.key).where(inbox.c.state == "failed"))]

    found: list[str] = await chat.run(failed)
    return found


async def test_no_hostile_message_breaks_the_whole_stack(chat: Dialogue) -> None:
    assert await receive(chat, random.Random(3), 90) == []


async def test_no_forged_button_is_taken_for_a_real_one(chat: Dialogue) -> None:
    chance = random.Random(4)

    async def press(work: UnitOfWork) -> list[object]:
        return [await asking.pressed(work, hostile.torn(chance, "q.1.0.0000000000000000")) for _ in range(300)]

    assert set(await chat.run(press)) == {None}
