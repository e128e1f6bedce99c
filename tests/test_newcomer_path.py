"""From the poster to the liaison, in chat and pages: what it leaves in the database."""

from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue
from tests.newcomer_path import ACCOUNT, LIAISON, NAME, Newcomer


async def test_who_was_lost_is_found_verified_bound_placed_and_looked_after(chat: Dialogue) -> None:
    told: list[str] = []
    await Newcomer(chat, told.append).goes()
    member = chat.members[NAME]

    async def look(work: UnitOfWork) -> None:
        account = await work.accounts.of(member)
        assert [each.key.user_id for each in account] == [ACCOUNT]
        task = await work.seeking.task(member)
        assert task is not None
        assert task.state == "found"
        assert (await work.register.of(member)).found_on is not None
        consent = await work.consents.get(member, "location")
        assert consent is not None
        assert consent.given
        place = await work.places.get(member)
        assert place is not None
        assert place.code == 230100
        current = {each.member_id: each.liaison_id for each in await work.liaisons.current()}
        assert current == {member: chat.members[LIAISON]}

    await chat.in_branch(look)
    said = "\n".join(told)
    assert f"→ {LIAISON}: 请您联系：{NAME}" in said
    assert "王秀英（党员、书记）" in said
    assert not any(NAME in each["text"]["zh"] for each in chat.shown if each["chat"] == chat.group_id())
