"""网页, as people meet it."""

from bot.services import browser_chat, deployment
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue


async def test_the_link_opens_the_page_as_oneself_once(chat: Dialogue) -> None:
    await chat.run(deployment.note_address, "https://zhibu.example/")
    (told,) = chat.to("李小山", await chat.private("李小山", "网页"))
    assert "https://zhibu.example/enter/" in told
    assert "那台电脑" not in told
    token = told.rsplit("/", 1)[-1]
    session = await chat.run(browser_chat.spend_link, token)
    visitor = await chat.run(browser_chat.session, session)
    assert visitor.name.zh == "李小山"
    assert await chat.run(browser_chat.spend_link, token) is None


async def test_the_link_ends_after_a_quarter_of_an_hour(chat: Dialogue) -> None:
    await chat.run(deployment.note_address, "https://zhibu.example/")
    (told,) = chat.to("李小山", await chat.private("李小山", "网页"))
    await chat.pass_time(minutes=15)
    assert await chat.run(browser_chat.spend_link, told.rsplit("/", 1)[-1]) is None


async def test_an_address_that_only_this_computer_reaches_says_so(chat: Dialogue) -> None:
    await chat.run(deployment.note_address, "http://127.0.0.1:8700/")
    assert "只在运行机器人的那台电脑上打得开" in chat.to("李小山", await chat.private("李小山", "网页"))[0]


async def test_without_a_web_page_that_is_said(chat: Dialogue) -> None:
    await chat.run(deployment.note_address, "")
    assert chat.to("李小山", await chat.private("李小山", "网页")) == ["这里没有开网页版。"]


async def test_on_the_sample_no_link_is_needed(chat: Dialogue) -> None:
    async def sample(work: UnitOfWork) -> None:
        work.settings.put("sample", "yes")

    await chat.run(sample)
    assert "可以选自己是谁" in chat.to("李小山", await chat.private("李小山", "web"))[0]


async def test_the_group_never_sees_a_link(chat: Dialogue) -> None:
    await chat.run(deployment.note_address, "https://zhibu.example/")
    assert await chat.group("李小山", "网页") == []
    seen = await chat.group("李小山", "/web")
    assert chat.in_group(seen) == []
    assert "/enter/" in chat.to("李小山", seen)[0]


async def test_the_address_is_noted_when_the_program_starts(chat: Dialogue) -> None:
    await chat.app.start()
    (told,) = chat.to("李小山", await chat.private("李小山", "网页"))
    assert f"{chat.app.address}enter/" in told
