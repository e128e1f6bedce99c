"""Who may be named where."""

from bot.services import deployment, privacy
from bot.services.privacy import MORE, listed, named, shown
from bot.texts import Language
from storage.members import Member
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue


async def _people(work: UnitOfWork) -> list[Member]:
    return await work.members.present()


async def _agree(work: UnitOfWork, chat: Dialogue, *names: str) -> None:
    for name in names:
        work.consents.put(chat.members[name], "abroad", given=True)


async def test_where_no_consent_is_asked_everybody_is_named(chat: Dialogue) -> None:
    people = await chat.in_branch(_people)
    assert await chat.in_branch(shown, "browser", people) == (people, 0)


async def test_abroad_only_those_are_named_who_agreed_and_the_others_counted(chat: Dialogue) -> None:
    await chat.in_branch(_agree, chat, "李小山", "周海")
    people = await chat.in_branch(_people)
    seen, hidden = await chat.in_branch(shown, "telegram", people)
    assert {each.name for each in seen} == {"李小山", "周海"}
    assert hidden == 4
    assert seen == [each for each in people if each in seen]


async def test_somebody_who_said_no_is_not_named_abroad(chat: Dialogue) -> None:
    async def refuse(work: UnitOfWork) -> None:
        work.consents.put(chat.members["吴芳"], "abroad", given=False)

    await chat.in_branch(refuse)
    [wu] = [each for each in await chat.in_branch(_people) if each.name == "吴芳"]
    assert await chat.in_branch(shown, "telegram", [wu]) == ([], 1)
    assert (await chat.in_branch(named, "telegram", wu)).zh == "这位同志"
    assert (await chat.in_branch(named, "browser", wu)).zh == "吴芳"
    assert (await chat.in_branch(listed, "telegram", [wu])).zh == MORE(count=1).zh


async def test_where_the_deployment_says_it_is_the_members_own_choice_everybody_is_named(chat: Dialogue) -> None:
    await chat.run(deployment.remember, language=Language.ZH, operator="", abroad_is_own_choice=True)
    people = await chat.in_branch(_people)
    assert await chat.in_branch(shown, "telegram", people) == (people, 0)


async def test_a_list_names_some_and_counts_the_rest(chat: Dialogue) -> None:
    await chat.in_branch(_agree, chat, "李小山")
    assert (await chat.in_branch(listed, "telegram", await chat.in_branch(_people))).zh == "李小山\n另有 5 人，请在网页看。"
    assert await chat.in_branch(privacy.shown, "telegram", []) == ([], 0)
