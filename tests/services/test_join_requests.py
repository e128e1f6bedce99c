"""Join requests across platforms: what may be told abroad, and who may answer."""

import pytest

from bot.permissions import NotAllowed
from bot.services import deployment, join_requests
from bot.services.people import actor_of
from bot.texts import Language
from storage.keys import AccountKey
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue
from tests.elsewhere import Elsewhere
from tests.handlers.test_join_requests import SECRETARY, Door, admissions, bind

OTHER = "李小山"


async def reached_on_telegram(chat: Dialogue) -> Elsewhere:
    """The secretary uses Telegram last."""
    phone = Elsewhere(chat, "71")

    async def bound(work: UnitOfWork) -> None:
        work.accounts.bind(AccountKey(*phone.key), chat.members[SECRETARY], "71")
        work.consents.put(chat.members[SECRETARY], "abroad", given=True)
        await work.accounts.change(AccountKey(*phone.key), introduced_at=work.now)

    chat.now = chat.now.replace(minute=30)
    await chat.in_branch(bound)
    return phone


async def test_abroad_nothing_of_a_stranger_is_told(chat: Dialogue) -> None:
    await bind(chat)
    phone = await reached_on_telegram(chat)
    await Door(chat).knocks(name="大山", comment="我是李小山")
    [card] = [each for each in await phone.queued() if "有人想进QQ群" in each]
    assert "昵称和留言请到那边看" in card
    assert "大山" not in card
    assert "李小山" not in card
    await phone.says("同意进群")
    assert await admissions(chat) == [["f1", True]]


async def test_where_telegram_is_the_members_own_choice_it_is_told(chat: Dialogue) -> None:
    await chat.run(deployment.remember, language=Language.ZH, operator="", abroad_is_own_choice=True)
    await bind(chat)
    phone = await reached_on_telegram(chat)
    await Door(chat).knocks(name="大山")
    assert any("昵称“大山”" in each for each in await phone.queued())


async def test_only_whoever_may_invite_answers(chat: Dialogue) -> None:
    await bind(chat)

    async def tries(work: UnitOfWork) -> None:
        member = await work.members.get(chat.members[OTHER])
        assert member
        await join_requests.answer(work, actor_of(member), {"chat": [], "account": [], "request": "f"}, accept=True)

    with pytest.raises(NotAllowed):
        await chat.in_branch(tries)
