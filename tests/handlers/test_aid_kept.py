"""What mutual help keeps about a person is told to that person alone, and erased in time."""

from bot.rules.appeals import OfferState, State
from storage.ledger import Line
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue


async def _kept(chat: Dialogue, person: str) -> str:
    seen = await chat.private(person, "我的")
    texts = chat.to(person, seen)
    while "下一页" in (seen[-1].buttons or ()):
        seen = await chat.private(person, "下一页")
        texts += chat.to(person, seen)
    return "\n".join(texts)


async def _fill(work: UnitOfWork, chat: Dialogue) -> None:
    asker, helper = chat.members["李小山"], chat.members["周海"]
    made = await work.appeals.add(asker, State.OPEN.value, need="想找人挂号", kind="medical", for_whom="family", city=110000)
    work.aid_offers.add(made.id, helper, "我周六有空", OfferState.OFFERED.value)
    work.skills.add(helper, "修电器")
    work.skills.mute(helper, "money")
    work.alarms.add(helper)


async def test_all_of_it_is_told_to_its_own_person_alone(chat: Dialogue) -> None:
    await chat.in_branch(_fill, chat)
    asker, helper = await _kept(chat, "李小山"), await _kept(chat, "周海")
    assert "A1，2026-03-10，已发群：看病就医 想找人挂号" in asker
    assert "修电器" not in asker
    for part in ("2026-03-10 回应求助（等对方看）：我周六有空", "能帮忙的：修电器", "不再问您的求助种类：经济困难", "紧急求助（没记原话）"):
        assert part in helper
    assert "挂号" not in helper


async def test_words_are_erased_thirty_days_after_the_end_and_the_number_stays(chat: Dialogue) -> None:
    await chat.in_branch(_fill, chat)

    async def close(work: UnitOfWork) -> None:
        first = await work.appeals.numbered(1)
        assert first is not None
        work.appeals.change(first, state=State.CLOSED.value, closed_at=work.now, solved=True)
        await work.appeals.add(chat.members["李小山"], State.DRAFT.value, need="盖猪圈缺人手")

    await chat.in_branch(close)
    await chat.days_pass(29)
    assert "挂号" in await _kept(chat, "李小山")
    await chat.days_pass(3)
    asker, helper = await _kept(chat, "李小山"), await _kept(chat, "周海")
    assert "挂号" not in asker
    assert "盖猪圈缺人手" not in asker
    assert "A1，2026-03-10，已解决：看病就医" in asker
    assert "周六" not in helper
    assert "紧急求助" not in helper


async def test_a_number_that_the_ledger_knows_is_never_used_again(chat: Dialogue) -> None:
    async def used(work: UnitOfWork) -> int:
        await work.ledger.append("fund", "pledge", [Line("custody", 100, case_number=7), Line("fund", -100)], actor=None)
        return (await work.appeals.add(chat.members["李小山"], State.DRAFT.value)).number

    assert await chat.in_branch(used) == 8
