"""这个月要办的: five things at most, each with a deed."""

from datetime import timedelta

from bot.permissions import Actor, ActorKind
from bot.services import people, register, register_needs
from bot.services.register import Field, How
from bot.services.register_needs import Need
from storage.unit_of_work import UnitOfWork
from tests.appeals import asked
from tests.dialogue import Dialogue
from tests.dues_books import said

SECRETARY = "王秀英"


async def settled(chat: Dialogue) -> None:
    """Everybody was found, confirmed and has a liaison or is one."""

    async def settle(work: UnitOfWork) -> None:
        actor = people.actor_of(await people.present(work, chat.members[SECRETARY]))
        today = work.now.date()
        wanted = {each: {Field.FOUND_ON: today, Field.CONFIRMED_ON: today} for each in chat.members.values()}
        await register.change_many(work, actor, wanted, how=How.ENTERED)
        for name in ("赵国强", "李小山", "周海", "吴芳"):
            work.liaisons.assign(chat.members[name], chat.members["孙丽"], None)

    await chat.in_branch(settle)


async def listed(chat: Dialogue) -> list[Need]:
    """What needs the secretary."""

    async def read(work: UnitOfWork) -> list[Need]:
        return await register_needs.needs(work, people.actor_of(await people.present(work, chat.members[SECRETARY])))

    found: list[Need] = await chat.in_branch(read)
    return found


async def test_where_all_is_in_order_nothing_is_asked(chat: Dialogue) -> None:
    await settled(chat)
    assert await said(chat, SECRETARY, "这个月要办的") == "这个月没有要您办的，都理顺了。"


async def test_each_need_has_a_number_that_does_it(chat: Dialogue) -> None:
    await settled(chat)
    chat.now += timedelta(days=91)
    told = await said(chat, SECRETARY, "这个月要办的")
    assert "1. 6 位 90 天没确认" in told
    told = "\n".join(chat.to(SECRETARY, await chat.press(SECRETARY, "去确认")))
    assert "名册：6 人（90天没确认）" in told


async def test_a_bare_number_does_what_its_button_does(chat: Dialogue) -> None:
    await settled(chat)
    await asked(chat)
    chat.now += timedelta(days=91)
    for person in (SECRETARY, "赵国强"):
        listed = [each for each in await chat.private(person, "这个月要办的") if each.buttons][-1]
        for number, label in enumerate(listed.buttons, 1):
            await chat.private(person, "这个月要办的")
            pressed = chat.to(person, await chat.press(person, label))
            await chat.private(person, "这个月要办的")
            assert chat.to(person, await chat.private(person, str(number))) == pressed, label


async def test_a_number_chooses_nothing_once_something_else_is_spoken_of(chat: Dialogue) -> None:
    await settled(chat)
    chat.now += timedelta(days=91)
    await chat.private(SECRETARY, "这个月要办的")
    chat.now += timedelta(minutes=1)
    await chat.private(SECRETARY, "签到")
    assert "名册" not in await said(chat, SECRETARY, "1")
    assert "名册：6 人" in "\n".join(chat.to(SECRETARY, await chat.press(SECRETARY, "去确认")))


async def test_a_number_answers_the_monthly_letter(chat: Dialogue) -> None:
    await settled(chat)
    chat.now += timedelta(days=91)

    async def remind(work: UnitOfWork) -> None:
        await register_needs.remind(work, Actor(ActorKind.JOB, work.branch_id, None, frozenset()))

    await chat.in_branch(remind)
    assert "名册：6 人" in await said(chat, SECRETARY, "1")


async def test_the_most_urgent_comes_first_and_five_are_enough(chat: Dialogue) -> None:
    await asked(chat)

    async def fill(work: UnitOfWork) -> None:
        actor = people.actor_of(await people.present(work, chat.members[SECRETARY]))
        soon = (work.now + timedelta(days=20)).date()
        wanted = {Field.CARD_UNTIL: soon, Field.PROBATION_UNTIL: soon}
        await register.change(work, actor, chat.members["周海"], wanted, how=How.ENTERED)

    await chat.in_branch(fill)
    found = await listed(chat)
    assert len(found) == register_needs.MOST
    assert [each.kind for each in found[:3]] == ["appeals", "cards", "probation"]
    assert [each.urgency for each in found] == sorted(each.urgency for each in found)


async def test_every_deed_is_a_command_that_there_is(chat: Dialogue) -> None:
    for _, _, command in register_needs._WORDS.values():
        assert chat.app.registry.called(command) is not None


async def test_a_member_is_not_told(chat: Dialogue) -> None:
    assert "需要" in await said(chat, "周海", "这个月要办的")
