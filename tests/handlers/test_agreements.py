"""双向管理: agreements with hosts and the six mutuals, as a secretary keeps them."""

from datetime import timedelta

from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue
from tests.dues_books import said

BOSS = "王秀英"
HOST = "佛山石湾街道党工委"


async def signed(chat: Dialogue, until: str = "2027年2月28日", host: str = HOST) -> str:
    return await said(chat, BOSS, f"签协议 {host} 2026年3月1日 到 {until} 联系 0757-88000001")


async def test_an_agreement_is_noted_shown_and_undone(chat: Dialogue) -> None:
    assert "还没有双向管理协议" in await said(chat, BOSS, "双向管理")
    assert f"和{HOST}的协议记下了：2026-03-01 到 2027-02-28" in await signed(chat)
    told = await said(chat, BOSS, "双向管理")
    assert f"{HOST}：2026-03-01 到 2027-02-28，有效。联系：0757-88000001。六互：还没记过。本人同意共享的 0 位" in told
    assert "和原来一样" in await said(chat, BOSS, "撤销")
    assert "还没有双向管理协议" in await said(chat, BOSS, "双向管理")


DAYS = (
    ("签协议 新南街道 到明年3月1日", "2026-03-10 到 2027-03-01"),
    ("签双向管理协议 和新南街道 签一年", "2026-03-10 到 2027-03-09"),
    ("双向管理协议 新南街道 从2026年4月1日起 两年", "2026-04-01 到 2028-03-31"),
    ("签协议 新南街道 2026.3.1-2028.2.29", "2026-03-01 到 2028-02-29"),
    ("newagreement 新南街道 from 2026-03-01 to 2027-03-01", "2026-03-01 到 2027-03-01"),
    ("签协议　新南街道　２０２６－０３－０１　到　２０２７－０３－０１", "2026-03-01 到 2027-03-01"),
)


async def test_its_days_are_read_however_they_are_written(chat: Dialogue) -> None:
    for words, days in DAYS:
        assert f"和新南街道的协议记下了：{days}" in await said(chat, BOSS, words)
        await chat.private(BOSS, "撤销")


WRONG = (
    ("签协议", "请写上对方组织和到期日"),
    ("签协议 2027-03-01", "请写上对方组织和到期日"),
    ("签协议 新南街道", "请写上对方组织和到期日"),
    ("签协议 🎉 到 2027-03-01", "请写上对方组织和到期日"),
    ("签协议 新南街道 到 2027-02-30", "没有“2027-02-30”这样的日期"),
    ("签协议 新南街道 到 2027年13月1日", "这样的日期"),
    ("签协议 新南街道 到 2025-03-01", "要在开始日（2026-03-10）以后"),
    ("签协议 新南街道 2025-01-01 到 2026-01-01", "2026-01-01 已经过了"),
    ("签协议 新南街道 2027-03-01 到 2026-12-01", "要在开始日（2027-03-01）以后"),
    ("签协议 新南街道 到 2099-01-01", "2099-01-01 太远了"),
    (f"签协议 {'很' * 50} 到 2027-03-01", "最多 40 个字"),
    (f"签协议 新南街道 到 2027-03-01 联系 {'1' * 50}", "最多 40 个字"),
    ("签协议 新南街道11010519491231002X 到 2027-03-01", "身份证"),
)


async def test_what_cannot_be_is_said_in_words_and_nothing_is_noted(chat: Dialogue) -> None:
    for words, told in WRONG:
        assert told in await said(chat, BOSS, words)
    assert "还没有双向管理协议" in await said(chat, BOSS, "双向管理")


async def test_one_with_the_same_host_is_renewed_not_made_twice(chat: Dialogue) -> None:
    await signed(chat)
    assert "还在有效期（到 2027-02-28）" in await signed(chat, "2028年2月28日")
    assert "现在就到 2027-02-28，没有更晚" in await said(chat, BOSS, "续协议 佛山 到 2027-01-01")
    assert "请写上到哪天" in await said(chat, BOSS, "续协议 佛山")
    assert "没有“2028-02-30”" in await said(chat, BOSS, "续协议 佛山 到 2028-02-30")
    assert "延到 2028-02-28" in await said(chat, BOSS, "续协议 佛山 一年")
    await said(chat, BOSS, "撤销")
    assert "到 2027-02-28，有效" in await said(chat, BOSS, "双向管理")


async def test_a_renewal_that_was_changed_since_is_not_undone(chat: Dialogue) -> None:
    await signed(chat)
    await said(chat, BOSS, "续协议 佛山 到 2028-02-28")

    async def change(work: UnitOfWork) -> None:
        [about] = await work.agreements.every()
        work.agreements.change(about, until=about.until + timedelta(days=1))

    await chat.in_branch(change)
    assert "撤不回来了" in await said(chat, BOSS, "撤销")


async def test_it_is_ended_and_stands_again_after_undo(chat: Dialogue) -> None:
    await signed(chat)
    assert "没有和“广州”的有效协议" in await said(chat, BOSS, "结束协议 广州")
    assert "今天结束" in await said(chat, BOSS, "结束协议 佛山石湾")
    assert "2026-03-10 结束了" in await said(chat, BOSS, "双向管理")
    assert "还没有双向管理协议" in await said(chat, BOSS, "记六互 佛山 信息互通")
    await chat.private(BOSS, "撤销")
    assert "有效" in await said(chat, BOSS, "双向管理")


async def test_the_six_are_noted_counted_and_undone(chat: Dialogue) -> None:
    await signed(chat)
    names = ("信息互通", "教育管理互抓", "党员权利互保", "党员义务互促", "困难党员互帮", "先进典型互培")
    for name in names:
        assert f"2026-03-10 {HOST} {name}" in await said(chat, BOSS, f"记六互 佛山 {name}")
        chat.now += timedelta(minutes=1)
    assert f"2026-03-05 {HOST} 困难党员互帮" in await said(chat, BOSS, "记六互 互帮 3月5日 慰问两户")
    told = await said(chat, BOSS, "双向管理")
    assert all(f"{name} 1 次" in told for name in names if name != "困难党员互帮")
    assert "困难党员互帮 2 次" in told
    await chat.private(BOSS, "撤销")
    assert "困难党员互帮 1 次" in await said(chat, BOSS, "双向管理")


NO_MUTUAL = (
    ("记六互", "记哪一互"),
    ("记六互 佛山 吃饭", "记哪一互"),
    ("记六互 广州 信息互通", "没有和“广州”的有效协议"),
    ("记六互 佛山 互通 明天", "还没到，做了再记"),
    ("记六互 佛山 互通 2026-02-01", "协议还没开始"),
    ("记六互 佛山 互帮 慰问李小山", "不写人的姓名（“李小山”）"),
    ("记六互 佛山 互帮 电话13800001234", "不写人的姓名"),
    (f"记六互 佛山 互帮 {'好' * 41}", "40 个字以内"),
    ("记六互 佛山 互帮 11010519491231002X", "身份证"),
)


async def test_what_is_no_mutual_is_refused(chat: Dialogue) -> None:
    await signed(chat)
    for words, told in NO_MUTUAL:
        assert told in await said(chat, BOSS, words)
    assert "还没记过" in await said(chat, BOSS, "双向管理")


async def test_of_several_hosts_one_is_named(chat: Dialogue) -> None:
    await signed(chat)
    await signed(chat, host="佛山祖庙街道党工委")
    assert "是和哪一家的" in await said(chat, BOSS, "记六互 信息互通")
    assert "是和哪一家的" in await said(chat, BOSS, "记六互 佛山 信息互通")
    assert "佛山祖庙街道党工委 信息互通" in await said(chat, BOSS, "记六互 祖庙 信息互通")


async def test_only_who_may_keeps_agreements(chat: Dialogue) -> None:
    await signed(chat)
    for words in ("双向管理", "签协议 新南街道 一年", "续协议 佛山 一年", "结束协议 佛山", "记六互 佛山 互通"):
        assert "需要书记来做" in await said(chat, "李小山", words)
    assert "有效" in await said(chat, BOSS, "双向管理")


async def test_one_that_ends_soon_is_among_what_needs_the_secretary(chat: Dialogue) -> None:
    await signed(chat, "2026年4月2日")
    assert "1 份双向管理协议一个月内到期" in await said(chat, BOSS, "这个月要办的")
    assert "还有 23 天到期" in "".join(chat.to(BOSS, await chat.press(BOSS, "看协议")))


async def test_a_member_erased_leaves_nothing_here_and_an_old_note_is_dropped(chat: Dialogue) -> None:
    await signed(chat)

    async def give(work: UnitOfWork) -> None:
        [about] = await work.agreements.every()
        work.agreements.ask(chat.members["周海"], about, None)
        work.agreements.share(chat.members["周海"], about, "name", None)
        work.agreements.share(chat.members["李小山"], about, "name", None)

    async def shared(work: UnitOfWork) -> int:
        return len(await work.agreements.shared(list(chat.members.values())))

    await chat.in_branch(give)
    await chat.private(BOSS, "移除 周海")
    await chat.private(BOSS, "对")
    await chat.pass_time(days=32)
    assert await chat.in_branch(shared) == 1
    await chat.pass_time(days=3 * 366)
    await chat.pass_time(days=1)
    assert await chat.in_branch(shared) == 0
