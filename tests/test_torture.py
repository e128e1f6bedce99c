"""kill -9 with the real process, in short; `make torture` does it a thousand times."""

import random
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.operations import opening
from storage.keys import ChatKey
from storage.unit_of_work import UnitOfWork
from tests.torture import campaign, comparison
from tests.torture.branch import ASKER, KEEPER, SECRETARY, START, found
from tests.torture.expected import Expected
from tests.torture.secretary import Secretary
from tests.torture.witness import Witness


@pytest.mark.process
async def test_killed_at_every_point_nothing_acknowledged_is_lost_and_nothing_happens_twice(tmp_path: Path) -> None:
    kills = len(set(campaign.FATES))
    outcome = await campaign.torture(tmp_path, kills, seed=7, people=12)
    assert outcome.good, outcome.table()
    assert (outcome.kills, outcome.acknowledged) == (kills, outcome.messages)
    assert min(outcome.effects, outcome.bot_messages) > 10
    assert "promises kept                              yes" in outcome.table()


async def test_what_is_lost_doubled_overtaken_or_comes_from_nowhere_is_told(tmp_path: Path) -> None:
    async with Witness(START.timestamp) as server:
        branch = await found(tmp_path, server, 2, 1)
        branch.log.write_text('{"event": "some messages may arrive twice", "level": "warning", "letters": 3}\n', encoding="utf-8")
        keeper = branch.users[KEEPER]
        chat = ChatKey("telegram", "main", str(keeper.id))
        said = [
            server.add(keeper, None, text=text) for text in ("编号 C2：2月 20 元", "编号 C1：1月 20 元", "编号 C1：1月 20 元", "谁说的")
        ]

        async def fill(work: UnitOfWork) -> None:
            work.enter((await work.branches.all())[0].id)
            asker = next(each for each in await work.members.present() if each.name == ASKER)
            for _ in range(2):
                usual = {"claimed_by": asker.id, "payer": "self", "kind": "months", "state": "waiting", "flags": []}
                await work.dues_claims.add(asker.id, months=[["2026-03", 2000]], fen=2000, **usual)
            for text in ("一", "二"):
                work.outbox.add(chat, kind="private", priority=0, content={"zh": text, "en": text}, language="zh")

        async with opening.opened(branch.settings, lambda: START + timedelta(hours=1)) as database:
            await database.run(fill)
        with closing(sqlite3.connect(branch.database)) as spoiled:
            for letter, message in enumerate((said[1], said[0]), 1):
                spoiled.execute("UPDATE outbox SET state = 'sent', message_id = ? WHERE id = ?", (str(message.id), letter))
            spoiled.commit()
        expected = Expected(claims={(ASKER, "3月")}, check_ins={(ASKER, START.date())})
        expected.answers[keeper.id] = [r"编号 C\d+：1月 20 元", r"编号 C\d+：2月 20 元", "没人听见"]
        told = comparison.compare(branch, expected, comparison.Memory(), START.date())
    assert any(f"claim ('{ASKER}', '3月'): 2" in each for each in told.doubled)
    assert any("check-in" in each for each in told.lost)
    assert any("没人听见" in each and "is not shown" in each for each in told.lost)
    assert len(told.out_of_order) == 2
    assert (told.repeated, told.marked, told.arrived, told.doubted) == (1, 3, 1, 0)


async def test_the_secretary_lets_be_what_is_there_and_has_sent_again_what_is_missing(tmp_path: Path) -> None:
    async with Witness(START.timestamp) as server:
        branch = await found(tmp_path, server, 1, 1)
        branch.log.write_text("", encoding="utf-8")
        user, keeper, expected = branch.users[SECRETARY], branch.users[KEEPER], Expected(notices={"通知第1号"}, reads={(ASKER, 1)})
        expected.answers[keeper.id] = ["编号 C1"]
        server.add(branch.group, None, text="【公告 N1】通知第1号")

        async def announce(work: UnitOfWork) -> None:
            work.enter((await work.branches.all())[0].id)
            ids = {each.name: each.id for each in await work.members.present()}
            notice = await work.notices.add(ids[SECRETARY], "通知第1号", "open", work.now)
            await work.notices.read(notice.id, ids[ASKER])

        async with opening.opened(branch.settings, lambda: START) as database:
            await database.run(announce)
        uncounted = comparison.compare(branch, expected, comparison.Memory(), START.date())
        secretary = Secretary(branch, expected, _Sure())
        for whom in ("支部群", KEEPER):
            server.add(
                user,
                None,
                text=f"{whom}有 2 条（12月10日 09:30）可能已收到",
                buttons=[[("重发", f"{whom} again"), ("不用了", f"{whom} leave")]],
            )
            assert secretary.decides()
        assert not secretary.decides()
        told = comparison.compare(branch, expected, comparison.Memory(), START.date())
    assert [each["callback_query"]["data"] for each in server.pending] == ["支部群 leave", f"{KEEPER} again"]
    assert (expected.left, expected.sent_again, expected.late[keeper.id], expected.let_be) == (2, 2, {"编号 C1"}, {1})
    assert [each for each in uncounted.lost if "N1" in each] != []
    assert (told.uncounted, [each for each in told.lost if "N1" in each]) == (1, [])


class _Sure(random.Random):
    """Nobody asks for what they have."""

    def random(self) -> float:
        return 1.0
