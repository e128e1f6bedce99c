"""Writing the register: what is kept sealed, who may, what the history says, and putting back."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from bot.errors import UserError
from bot.permissions import NotAllowed
from bot.services import people, register, register_keeping, register_saying
from bot.services.register import Change, Entry, Field, How
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue

TODAY = date(2026, 3, 10)
SECRETARY = "王秀英"


async def changed(chat: Dialogue, by: str, whom: str, values: dict[Field, Any], how: How = How.ENTERED) -> list[Change]:
    """Somebody changes an entry."""

    async def change(work: UnitOfWork) -> list[Change]:
        actor = people.actor_of(await people.present(work, chat.members[by]))
        return await register.change(work, actor, chat.members[whom], values, how=how)

    found: list[Change] = await chat.in_branch(change)
    return found


async def entry(chat: Dialogue, whom: str) -> Entry:
    """What is kept of somebody."""

    async def read(work: UnitOfWork) -> Entry:
        return await register.of(work, chat.members[whom])

    found: Entry = await chat.in_branch(read)
    return found


async def reverted(chat: Dialogue, by: str, batch: int | None) -> list[Change]:
    """Somebody puts a batch back."""

    async def revert(work: UnitOfWork) -> list[Change]:
        assert batch is not None
        return await register.revert(work, people.actor_of(await people.present(work, chat.members[by])), batch)

    found: list[Change] = await chat.in_branch(revert)
    return found


async def test_of_somebody_nothing_is_kept_until_there_is_something(chat: Dialogue) -> None:
    assert await entry(chat, "李小山") == Entry(chat.members["李小山"])


async def test_what_is_sensitive_is_sealed_in_the_register_and_in_its_history(chat: Dialogue) -> None:
    await changed(chat, SECRETARY, "李小山", {Field.PHONE: "13800001234", Field.EMPLOYER: "中建三局", Field.REASON: "务工"})

    async def stored(work: UnitOfWork) -> str:
        rows = [*await work.rows(text("SELECT * FROM register")), *await work.rows(text("SELECT * FROM register_change"))]
        return str(rows)

    held = await chat.in_branch(stored)
    assert "13800001234" not in held
    assert "中建三局" not in held
    assert "务工" in held
    found = await entry(chat, "李小山")
    assert (found.phone, found.employer, found.reason) == ("13800001234", "中建三局", "务工")
    assert found.holds("phone")
    assert not found.holds("note")


async def test_news_makes_an_entry_fresh_and_a_note_does_not(chat: Dialogue) -> None:
    await changed(chat, SECRETARY, "李小山", {Field.NOTE: "爱下棋"})
    assert (await entry(chat, "李小山")).confirmed_on is None
    await changed(chat, SECRETARY, "李小山", {Field.PHONE: "13800001234"})
    assert (await entry(chat, "李小山")).confirmed_on == TODAY


async def test_what_is_the_same_as_before_is_no_change(chat: Dialogue) -> None:
    assert len(await changed(chat, SECRETARY, "李小山", {Field.PHONE: "13800001234"})) == 2
    assert await changed(chat, SECRETARY, "李小山", {Field.PHONE: "13800001234"}) == []


async def test_the_history_says_who_how_and_what_stood_there(chat: Dialogue) -> None:
    await changed(chat, SECRETARY, "李小山", {Field.PHONE: "13800001234"})
    made = await changed(chat, "李小山", "李小山", {Field.PHONE: "13800005678"}, How.OWN)
    [phone] = [each for each in made if each.field == Field.PHONE]
    assert (phone.before, phone.after, phone.how, phone.by) == ("13800001234", "13800005678", "own", chat.members["李小山"])


async def test_a_batch_is_put_back_but_for_what_was_changed_since(chat: Dialogue) -> None:
    joined = register.parsed(Field.JOINED_ON, "2012年7月", TODAY)
    made = await changed(chat, SECRETARY, "李小山", {Field.PHONE: "13800001234", Field.JOINED_ON: joined, Field.HOMETOWN: 411500})
    await changed(chat, "李小山", "李小山", {Field.PHONE: "13800005678"}, How.OWN)
    await reverted(chat, SECRETARY, made[0].batch)
    found = await entry(chat, "李小山")
    assert (found.phone, found.joined_on, found.joined_to, found.hometown) == ("13800005678", None, None, None)


async def test_a_member_writes_only_about_themselves(chat: Dialogue) -> None:
    with pytest.raises(NotAllowed):
        await changed(chat, "周海", "李小山", {Field.PHONE: "13800001234"})
    made = await changed(chat, SECRETARY, "李小山", {Field.PHONE: "13800001234"})
    with pytest.raises(NotAllowed):
        await reverted(chat, "李小山", made[0].batch)


@pytest.mark.parametrize(
    ("field", "words", "said"),
    [
        (Field.PHONE, "12345", "不像电话号码"),
        (Field.PHONE, "411500199001011234", "身份证号我们不记"),
        (Field.EMPLOYER, "中建三局 411500199001011234", "身份证号我们不记"),
        (Field.JOINED_ON, "2027年1月1日", "还没有到"),
        (Field.JOINED_ON, "1911年", "太早了"),
        (Field.JOINED_ON, "那年夏天", "没认出日期"),
        (Field.CARD_UNTIL, "2027年", "要写到哪一天"),
        (Field.CARD, "蓝色", "请写“有”或“没有”"),
        (Field.RELATION, "蓝色", "请写：在本支部"),
        (Field.HOMETOWN, "月球", "没认出"),
        (Field.EMPLOYER, "很" * 61, "最多 60 个字"),
        (Field.EMPLOYER, " ", "要改成什么"),
    ],
)
def test_a_bad_value_gets_a_clear_answer(field: Field, words: str, said: str) -> None:
    with pytest.raises(UserError) as refused:
        register.parsed(field, words, TODAY)
    assert said in refused.value.text.zh


def test_a_field_can_be_emptied() -> None:
    assert register.parsed(Field.PHONE, "清空", TODAY) is None
    assert register.parsed(Field.CARD, "没有", TODAY) == "none"


async def test_on_a_platform_abroad_only_who_agreed_is_named_and_nothing_sensitive_is_said(chat: Dialogue) -> None:
    await changed(chat, SECRETARY, "李小山", {Field.PHONE: "13800001234", Field.EMPLOYER: "中建三局"})
    await changed(chat, SECRETARY, "周海", {Field.EMPLOYER: "富士康"})

    async def told(work: UnitOfWork) -> tuple[str, str, str]:
        work.consents.put(chat.members["李小山"], "abroad", given=True)
        actor = people.actor_of(await people.present(work, chat.members[SECRETARY]))
        found = [
            await register_saying.listed(work, actor, "", "telegram"),
            await register_saying.by_name(work, actor, "李小山", "telegram"),
            await register_saying.history(work, actor, "李小山", "telegram"),
        ]
        said = ["\n".join(each.zh for each in (heading, *lines)) for heading, lines in found]
        return said[0], said[1], said[2] + (await register_keeping.edit(work, actor, "李小山 单位 江畔餐饮", "telegram")).zh

    listed, one, rest = await chat.in_branch(told)
    assert "李小山" in listed
    assert "周海" not in listed
    assert "网页" in one
    assert "李小山的单位改好了" in rest
    for words in ("13800001234", "138 0000 1234", "中建三局", "富士康", "江畔餐饮"):
        assert words not in listed + one + rest


async def test_a_value_whose_key_is_lost_is_said_so_and_the_rest_is_shown(chat: Dialogue) -> None:
    await changed(chat, SECRETARY, "李小山", {Field.PHONE: "13800001234", Field.REASON: "务工"})

    async def told(work: UnitOfWork) -> str:
        await work.flush()
        sealed = work.vault.seal("register", "phone", 1, "13900005678")
        await work.change(text("UPDATE register SET phone = :sealed"), {"sealed": sealed.replace(sealed.split(".")[1], "0badc0de")})
        actor = people.actor_of(await people.present(work, chat.members[SECRETARY]))
        _, lines = await register_saying.by_name(work, actor, "李小山", "browser")
        return "\n".join(each.zh for each in lines)

    found = await chat.in_branch(told)
    assert "手机：（密钥不在，打不开）" in found
    assert "外出原因：务工" in found
    await changed(chat, SECRETARY, "李小山", {Field.PHONE: "13900005678"})
    assert (await entry(chat, "李小山")).phone == "13900005678"
