"""Letters that carry an appeal's words stop with it, whatever they wait for."""

import pytest
from sqlalchemy import select

from bot.services import aid_cases, aid_endings, aid_letters, aid_questions, aid_verify, aid_wording
from storage.keys import AccountKey
from storage.tables import outbox
from storage.unit_of_work import UnitOfWork
from tests.appeals import ASKER, SECRETARY, asked, posted, shown_now, verified
from tests.dialogue import Dialogue


async def kept(chat: Dialogue) -> str:
    """Everything in the outbox that says something of the illness or names who asked to somebody else."""

    async def read(work: UnitOfWork) -> str:
        found = await work.rows(select(outbox.c.content).where(outbox.c.member_id != chat.members[ASKER], outbox.c.content.is_not(None)))
        return "".join(str(row.content["zh"]) for row in found)

    told: str = await chat.in_branch(read)
    return told


async def wait(chat: Dialogue, how: str) -> None:
    """The secretary cannot be written to just now."""

    async def change(work: UnitOfWork) -> None:
        member = chat.members[SECRETARY]
        if how == "away":
            await work.members.change(member, away_since=work.now)
        elif how in {"unaddressed", "agreed"}:
            await work.accounts.unbind_all(member)
            work.consents.put(chat.members[ASKER], "abroad", given=how == "agreed")
        elif how == "held":
            await work.accounts.unbind_all(member)
            work.accounts.bind(AccountKey("telegram", "main", "77"), member, "77")
            await work.accounts.change(AccountKey("telegram", "main", "77"), introduced_at=work.now)
            work.consents.put(chat.members[ASKER], "abroad", given=True)

    if how == "night":
        await chat.pass_time(hours=14)
    await chat.in_branch(change)


@pytest.mark.parametrize("how", ["night", "away", "agreed", "held"])
async def test_withdrawn_before_it_was_read_nobody_reads_it(chat: Dialogue, how: str) -> None:
    await wait(chat, how)
    seen = await asked(chat)
    assert chat.to(SECRETARY, seen) == []
    await chat.private(ASKER, "撤回求助 A1")
    assert "肿瘤" not in await kept(chat)
    assert ASKER not in await kept(chat)
    if how == "night":
        assert chat.to(SECRETARY, await chat.pass_time(hours=9)) == []


async def test_a_letter_that_lost_its_chat_is_stopped_too(chat: Dialogue) -> None:
    await wait(chat, "night")
    await asked(chat)
    await chat.in_branch(lambda work: work.outbox.readdress(chat.members[SECRETARY]))
    assert "肿瘤" in await kept(chat)
    await chat.private(ASKER, "撤回求助 A1")
    assert "肿瘤" not in await kept(chat)


async def test_what_was_read_says_that_it_is_over_and_its_buttons_are_dead(chat: Dialogue) -> None:
    seen = await asked(chat)
    card = next(each for each in seen if "核实" in each.buttons)
    await chat.private(ASKER, "撤回求助 A1")
    latest = {each["id"]: each["text"]["zh"] for each in chat.shown}
    assert latest[card.id] == "求助 A1：已撤回。"
    assert "A1 核实了" not in "".join(chat.to(SECRETARY, await chat.press_data(SECRETARY, card, card.data[0])))


async def test_declined_by_one_officer_the_others_letter_is_stopped(chat: Dialogue) -> None:
    await chat.join("何春梅", "member", "deputy")
    await chat.pass_time(hours=14)
    await asked(chat)
    await chat.private(SECRETARY, "不受理 A1 重复了")
    assert "肿瘤" not in await kept(chat)


async def test_what_waits_for_nobody_knows_where_counts_as_read_abroad(chat: Dialogue) -> None:
    await wait(chat, "unaddressed")
    await asked(chat)
    assert await kept(chat) == aid_cases.ON_THE_WEB(tag="A1").zh


async def test_what_a_secretary_enters_at_night_waits_for_the_morning(chat: Dialogue) -> None:
    await chat.pass_time(hours=14)
    assert chat.to("周海", await chat.private(SECRETARY, "补录 周海 求助 家里被洪水淹了，在武汉，缺人手")) == []
    assert "书记替您记了一份求助" in chat.to("周海", await chat.pass_time(hours=9))[0]


async def test_who_is_removed_asks_for_help_no_more(chat: Dialogue) -> None:
    await posted(chat)
    await asked(chat, words="孩子在深圳上学没着落，组织能帮忙吗")
    await chat.private(ASKER, "求助 家里被洪水淹了")
    await chat.private("周海", "我能帮 A1 我有空")
    await chat.private(SECRETARY, f"移除 {ASKER}")
    await chat.private(SECRETARY, "对")
    assert chat.to("吴芳", await chat.private("吴芳", "我能帮 A1")) == [aid_cases.ENDED(tag="A1").zh]
    seen = await chat.pass_time(minutes=10)
    assert shown_now(chat) == ["【互助 A1 已结束】谢谢大家。"]
    assert chat.to("周海", seen) == ["求助 A1 结束了，谢谢您的好心。"]

    async def states(work: UnitOfWork) -> list[str]:
        return sorted(each.state for each in await work.appeals.of(chat.members[ASKER]))

    assert await chat.in_branch(states) == ["closed", "withdrawn", "withdrawn"]


async def test_a_hint_to_a_helper_is_stopped_with_the_appeal(chat: Dialogue) -> None:
    await chat.private("周海", "能帮忙的：挂号")
    await verified(chat)
    await chat.press(ASKER, "同意提就医")
    await chat.pass_time(hours=13)
    await chat.press(ASKER, "同意发")
    await chat.private(ASKER, "解决了 A1")
    assert [text for text in chat.to("周海", await chat.pass_time(hours=9)) if "也许帮得上" in text] == []


def test_every_question_about_an_appeal_that_ends_is_known() -> None:
    kinds = {aid_verify.KIND, aid_verify.REASON, aid_wording.HEALTH, aid_wording.WORDING, aid_wording.OWN}
    assert set(aid_letters.ABOUT) == kinds | {aid_questions.STEP, aid_questions.TRUTH, aid_endings.ENDING}
