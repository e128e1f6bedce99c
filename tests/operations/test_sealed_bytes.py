"""What was sealed stands nowhere in the open: not in the file, not in its write-ahead log, not in a back-up, and no key is with them."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.messages import Outgoing
from bot.operations import backup
from bot.render.tables import Column, Table
from bot.services import drawings, people, posting, register
from bot.texts import Text
from storage import maintenance, sealing, traces
from storage.unit_of_work import UnitOfWork
from tests.appeals import ASKER, WORDS, asked
from tests.dialogue import Dialogue

pytestmark = pytest.mark.sqlite

PHONE, EMPLOYER = "13800001234", "第三建筑公司"
SECRETS = (PHONE, EMPLOYER, WORDS)


def _database(chat: Dialogue) -> Path:
    assert chat.app.database.path
    return chat.app.database.path


async def _kept(work: UnitOfWork, chat: Dialogue) -> None:
    member = chat.members[ASKER]
    actor = people.actor_of(await people.present(work, member))
    values = {register.Field.PHONE: PHONE, register.Field.EMPLOYER: EMPLOYER}
    await register.change(work, actor, member, values, how=register.How.OWN)
    await work.appeals.add(member, "asked", kind="medical", need=WORDS, public_text=WORDS)


async def test_a_telephone_and_the_words_of_an_appeal_stand_in_no_byte_of_the_file_its_log_and_a_back_up(
    chat: Dialogue, tmp_path: Path
) -> None:
    await chat.in_branch(_kept, chat)
    database, copied = _database(chat), tmp_path / "copy.db"
    await asyncio.to_thread(backup.copy, database, copied)
    assert database.with_name(f"{database.name}-wal").stat().st_size, "what was just written is in the log"
    assert traces.search(database, SECRETS) == traces.search(copied, SECRETS) == []
    [key] = [each.split()[2] for each in chat.app.database.vault.file.path.read_text("ascii").splitlines()]
    assert traces.search(database, [key]) == traces.search(copied, [key]) == [], "the key is with neither"


async def test_what_was_said_in_the_chat_in_the_browser_stands_there_for_a_week_and_nowhere_else(chat: Dialogue) -> None:
    await chat.private(ASKER, f"我的电话是{PHONE}")
    await asked(chat)
    assert {each.where for each in traces.search(_database(chat), SECRETS) if "." in each.where and "/" not in each.where} == {
        "transcript.message"
    }
    await chat.private(ASKER, "撤回求助")
    await chat.private(ASKER, "对")
    chat.now += timedelta(days=8)
    await chat.pass_time(hours=0)
    maintenance.fold(_database(chat))
    assert traces.search(_database(chat), SECRETS) == []


@pytest.mark.parametrize("words", [PHONE, "cancer", "Chemotherapy in May"])
async def test_what_a_question_knows_is_sealed_in_latin_letters_and_numbers_too(chat: Dialogue, words: str) -> None:
    async def ask(work: UnitOfWork) -> None:
        await work.questions.open(chat.members[ASKER], "x", [], {"said": [{"words": words}]}, work.now + timedelta(days=1), card=False)

    async def known(work: UnitOfWork) -> Any:
        asked = await work.questions.latest(chat.members[ASKER])
        return asked and asked.data

    await chat.in_branch(ask)
    assert traces.search(_database(chat), [words]) == []
    assert await chat.in_branch(known) == {"said": [{"words": words}]}


async def test_a_letter_on_its_way_keeps_the_key_of_its_drawing(chat: Dialogue) -> None:
    async def written(work: UnitOfWork) -> None:
        drawing = drawings.sealed(work, drawings.pictures(Table("名册", [Column("电话")], [[PHONE]]))[0])
        content = posting.pack(Outgoing(Text.plain("名册"), drawing=drawing))
        work.outbox.add(None, kind="private", member_id=chat.members[ASKER], priority=2, content=content, language="zh")

    await chat.in_branch(written)
    before = await chat.run(sealing.on_their_way)
    await chat.run(sealing.renew)
    assert (before, await chat.run(sealing.on_their_way)) == (False, True)
