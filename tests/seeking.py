"""Members who are lost, for the tests of finding."""

import re

from bot.language.names import latin
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue

BOSS = "王秀英"
PASSER = "李小山"
OUTSIDE = "路人"


async def lose(chat: Dialogue, *names: str) -> None:
    """Members of the branch without any account."""

    async def add(work: UnitOfWork) -> None:
        for name in names:
            chat.members[name] = work.members.add(name, latin(name), ["member"]).id

    await chat.in_branch(add)


async def passed_on(chat: Dialogue, name: str, by: str = PASSER) -> str:
    """Somebody says that they know a member; answers the code in the message to pass on."""
    texts = chat.to(by, await chat.private(by, f"我知道{name}在哪"))
    found = re.search(r"\n愿意联系 (\S{8})\n", texts[-1])
    assert found, texts
    return found[1]


async def decline(chat: Dialogue, name: str, by: str = PASSER) -> None:
    """A member is asked through another and would rather not be in touch."""
    code = await passed_on(chat, name, by)
    assert "以后不再打扰" in chat.to("远方人", await chat.private("远方人", f"不愿意联系 {code}"))[0]
