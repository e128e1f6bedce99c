"""任命, 免去, 移交书记, 权限."""

import pytest

from bot.permissions import GRANTS, PERMISSION_NAMES, ROLE_NAMES, Permission, Role
from bot.services import roles
from bot.services.roles import CHANGED_SINCE, HOW, LAST, NOT_BY_CHAT, NOT_SECRETARY, ONESELF, STATUS_STAYS, read
from handlers.roles import HOW as HOW_TO_HAND_OVER
from handlers.roles import NOT_DONE, UNDONE
from storage.unit_of_work import UnitOfWork
from tests.dialogue import STRANGER, Dialogue
from tests.elsewhere import Elsewhere


async def held(chat: Dialogue, name: str) -> set[str]:
    async def read_roles(work: UnitOfWork) -> set[str]:
        member = await work.members.get(chat.members[name])
        assert member
        return set(member.roles)

    found: set[str] = await chat.in_branch(read_roles)
    return found


async def says(chat: Dialogue, person: str, text: str) -> str:
    return "\n".join(chat.to(person, await chat.private(person, text)))


@pytest.mark.parametrize(
    "form", ["任命 李小山 联络员", "任命 联络员 李小山", "任命 李小山为联络员", "任命 李小山担任联络员", "/appoint Li Xiaoshan liaison"]
)
async def test_an_appointment_in_every_form_is_made_and_told(chat: Dialogue, form: str) -> None:
    seen = await chat.private("王秀英", form)
    assert chat.to("王秀英", seen) == ["好，李小山现在是：党员、联络员。十分钟内可以“撤销”。"]
    assert chat.to("李小山", seen) == ["您现在在支部的角色是：党员、联络员。发“权限”看能做什么。"]
    assert chat.in_group(seen) == []
    assert await held(chat, "李小山") == {"member", "liaison"}


async def test_a_dismissal_takes_the_office_and_what_it_allowed(chat: Dialogue) -> None:
    assert "党员。" in await says(chat, "王秀英", "免去 孙丽 联络员")
    assert await held(chat, "孙丽") == {"member"}
    assert "书记" in await says(chat, "孙丽", "很久没消息")


async def test_both_can_be_undone(chat: Dialogue) -> None:
    await says(chat, "王秀英", "任命 李小山 组织委员")
    assert await says(chat, "王秀英", "撤销") == UNDONE.zh
    assert await held(chat, "李小山") == {"member"}
    await says(chat, "王秀英", "免去 孙丽 联络员")
    await says(chat, "王秀英", "撤销")
    assert await held(chat, "孙丽") == {"member", "liaison"}


async def test_what_a_person_is_has_one_value(chat: Dialogue) -> None:
    await says(chat, "王秀英", "任命 孙丽 预备党员")
    assert await held(chat, "孙丽") == {"probationary", "liaison"}
    await says(chat, "王秀英", "任命 孙丽 党员")
    assert await held(chat, "孙丽") == {"member", "liaison"}


async def test_an_ordinary_member_holds_no_office(chat: Dialogue) -> None:
    await says(chat, "王秀英", "任命 孙丽 学习委员")
    await says(chat, "王秀英", "任命 孙丽 普通成员")
    assert await held(chat, "孙丽") == {"member"}


@pytest.mark.parametrize("word", ["operator", "管理员", "未登记", "stranger"])
async def test_what_is_no_branchs_to_give_cannot_be_appointed(chat: Dialogue, word: str) -> None:
    assert await says(chat, "王秀英", f"任命 李小山 {word}") == NOT_BY_CHAT.zh
    assert await held(chat, "李小山") == {"member"}


async def test_what_is_not_understood_or_known_changes_nothing(chat: Dialogue) -> None:
    for text in ("任命", "任命 李小山", "任命 李小山 皇帝", "免去", "任命 书记"):
        assert await says(chat, "王秀英", text) == HOW.zh
    assert "没有找到" in await says(chat, "王秀英", "任命 '; DROP TABLE role;-- 书记")
    assert "已经是联络员" in await says(chat, "王秀英", "任命 孙丽 联络员")
    assert "本来就不是联络员" in await says(chat, "王秀英", "免去 李小山 联络员")
    assert await says(chat, "王秀英", "免去 李小山 党员") == STATUS_STAYS.zh


async def test_a_branch_may_have_several_secretaries_and_keeps_the_last(chat: Dialogue) -> None:
    assert await says(chat, "王秀英", "免去 王秀英 书记") == LAST.zh
    assert await says(chat, "王秀英", "任命 王秀英 普通成员") == LAST.zh
    await says(chat, "王秀英", "任命 李小山 书记")
    assert "王秀英现在是：党员。" in await says(chat, "李小山", "免去 王秀英 书记")
    assert await says(chat, "李小山", "免去 李小山 书记") == LAST.zh
    assert "书记" in await says(chat, "王秀英", "任命 周海 联络员")
    assert await held(chat, "周海") == {"member"}


async def test_a_secretary_without_an_account_does_not_count(chat: Dialogue) -> None:
    await says(chat, "王秀英", "邀请 陈远")
    await says(chat, "王秀英", "任命 陈远 书记")
    assert await says(chat, "王秀英", "免去 王秀英 书记") == LAST.zh


async def test_an_undo_that_would_leave_no_secretary_is_refused(chat: Dialogue) -> None:
    await says(chat, "王秀英", "任命 李小山 书记")
    await says(chat, "李小山", "免去 王秀英 书记")
    assert "书记" in await says(chat, "王秀英", "撤销")
    assert await held(chat, "李小山") == {"member", "secretary"}


async def test_only_a_secretary_appoints(chat: Dialogue) -> None:
    for person in ("李小山", "孙丽", "赵国强"):
        assert "书记" in await says(chat, person, f"任命 {person} 书记")
        assert "secretary" not in await held(chat, person)
    assert await says(chat, STRANGER, "任命 李小山 书记") != HOW.zh


async def test_an_appointment_of_somebody_who_left_since_is_not_undone(chat: Dialogue) -> None:
    await says(chat, "王秀英", "任命 李小山 书记")
    await says(chat, "李小山", "任命 周海 联络员")
    await says(chat, "王秀英", "移除 周海")
    await says(chat, "王秀英", "对")
    assert await says(chat, "李小山", "撤销") == CHANGED_SINCE.zh


async def test_whom_to_hand_over_to_is_looked_at_anew(chat: Dialogue) -> None:
    await says(chat, "王秀英", "任命 李小山 书记")
    await says(chat, "王秀英", "移交书记 周海")
    await says(chat, "李小山", "移除 周海")
    await says(chat, "李小山", "对")
    assert await says(chat, "王秀英", "对") == CHANGED_SINCE.zh
    assert "secretary" in await held(chat, "王秀英")


# 移交书记


async def test_the_office_is_handed_over_after_a_question(chat: Dialogue) -> None:
    assert "对吗" in await says(chat, "王秀英", "移交书记 李小山")
    assert await held(chat, "李小山") == {"member"}
    seen = await chat.private("王秀英", "对")
    assert chat.to("王秀英", seen)[0].startswith("移交好了，李小山现在是书记")
    assert "书记" in chat.to("李小山", seen)[0]
    assert await held(chat, "王秀英") == {"member"}
    assert await held(chat, "李小山") == {"member", "secretary"}


async def test_a_handing_over_can_be_declined_or_undone(chat: Dialogue) -> None:
    await says(chat, "王秀英", "移交书记 李小山")
    assert await says(chat, "王秀英", "取消") == NOT_DONE.zh
    assert await held(chat, "王秀英") == {"member", "secretary"}
    await says(chat, "王秀英", "移交书记 李小山")
    await says(chat, "王秀英", "1")
    assert await says(chat, "王秀英", "撤销") == UNDONE.zh
    assert await held(chat, "王秀英") == {"member", "secretary"}
    assert await held(chat, "李小山") == {"member"}


async def test_after_the_other_handed_on_there_is_nothing_to_undo(chat: Dialogue) -> None:
    await says(chat, "王秀英", "移交书记 李小山")
    await says(chat, "王秀英", "对")
    await says(chat, "李小山", "移交书记 周海")
    await says(chat, "李小山", "对")
    assert "撤不回来" in await says(chat, "王秀英", "撤销")
    assert await held(chat, "王秀英") == {"member"}


async def test_the_office_goes_only_to_another_who_can_be_reached(chat: Dialogue) -> None:
    assert await says(chat, "王秀英", "移交书记") == HOW_TO_HAND_OVER.zh
    assert await says(chat, "王秀英", "移交书记 王秀英") == ONESELF.zh
    await says(chat, "王秀英", "邀请 陈远")
    assert "还没有绑定账号" in await says(chat, "王秀英", "移交书记 陈远")
    assert "书记" in await says(chat, "李小山", "移交书记 李小山")


async def test_an_operator_who_is_no_secretary_cannot_hand_over(chat: Dialogue) -> None:
    async def promote(work: UnitOfWork) -> None:
        await work.members.appoint(chat.members["周海"], "operator")

    await chat.in_branch(promote)
    assert await says(chat, "周海", "移交书记 李小山") == NOT_SECRETARY.zh


async def test_a_question_that_is_answered_too_late_is_not_answered(chat: Dialogue) -> None:
    await says(chat, "王秀英", "移交书记 李小山")
    await chat.pass_time(minutes=31)
    await says(chat, "王秀英", "对")
    assert await held(chat, "李小山") == {"member"}


# 权限


async def test_a_member_hears_what_they_may_and_whom_to_ask(chat: Dialogue) -> None:
    told = await says(chat, "李小山", "权限")
    assert told.startswith("您现在是：党员。")
    assert "报平安" in told
    while "下一页" in str(chat.shown[-1]["buttons"]):
        told += await says(chat, "李小山", "下一页")
    assert "发公告（书记）" in told
    assert "看很久没消息的人（联络员、书记）" in told


async def test_a_secretary_is_told_of_nothing_they_may_not_do(chat: Dialogue) -> None:
    told = await says(chat, "王秀英", "权限")
    assert "您现在是：党员、书记。" in told
    assert "下面这些" not in told


async def test_a_stranger_gets_no_rights_explained(chat: Dialogue) -> None:
    assert (await says(chat, STRANGER, "权限")).startswith("我还不认识您")
    assert await chat.group(STRANGER, "权限") == []


async def test_every_role_of_a_branch_has_a_word_to_appoint_it_by() -> None:
    for role, name in ROLE_NAMES.items():
        for word in (name.zh, name.en, role.value):
            assert read(f"李小山 {word}") == ("李小山", role)
    assert read("李小山 普通成员") == ("李小山", None)
    assert set(GRANTS) == set(Role)
    assert set(PERMISSION_NAMES) == set(Permission)


async def test_abroad_an_appointment_names_nobody_who_has_not_agreed(chat: Dialogue) -> None:
    phone = Elsewhere(chat, "1")

    async def bind(work: UnitOfWork) -> None:
        work.accounts.bind(phone.key, chat.members["王秀英"], "1")
        await work.accounts.change(phone.key, introduced_at=work.now)
        work.consents.put(chat.members["王秀英"], "abroad", given=True)

    await chat.in_branch(bind)
    assert (await phone.says("任命 李小山 联络员"))[-1].startswith("好，这位同志现在是")
    assert roles.LAST.zh in await phone.says("免去 王秀英 书记")


async def test_a_role_that_there_is_not_is_answered_with_those_there_are(chat: Dialogue) -> None:
    [said] = chat.to("王秀英", await chat.private("王秀英", "任命 李小山 代理书记"))
    assert "角色有" in said


async def test_a_deputy_secretary_is_not_taken_for_the_secretary(chat: Dialogue) -> None:
    for form in ("任命 李小山 副书记", "任命 支部副书记 周海", "/appoint Wu Fang deputy"):
        assert "副书记" in await says(chat, "王秀英", form)
    assert await held(chat, "李小山") == await held(chat, "周海") == await held(chat, "吴芳") == {"member", "deputy"}


async def test_names_and_roles_may_stand_together_and_talk_of_an_appointment_appoints_nobody(chat: Dialogue) -> None:
    assert await chat.group("王秀英", "任命 周海 联络员") == []
    assert await chat.group("王秀英", "任命周海联络员") == []
    assert await chat.group("王秀英", "免去 孙丽 联络员") == []
    assert chat.to("王秀英", await chat.private("王秀英", "任命周海副书记"))[0].startswith("好，周海现在是：")
    assert not chat.to("王秀英", await chat.private("王秀英", "任命大会几点"))[0].startswith("好")
