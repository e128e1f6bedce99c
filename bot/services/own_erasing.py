"""What members erase of theirs while they stay: everything that is about their life and not about their membership.

What stays is named with its rule: name and membership (Party Constitution, art. 8: every member belongs to a branch), money (the books
are accounting records), who saw what of them (PIPL art. 56). A second step asks for a code, so that no slip erases anything.
"""

from bot.errors import UserError
from bot.permissions import Actor, Permission, Subject, require
from bot.services import (
    check_ins,
    departure_letters,
    discussions,
    location_consent,
    quiz,
    reflections,
    register,
    studies,
    training,
)
from bot.services.asking import Ask, Choice
from bot.services.trail import Kind, erased
from bot.texts import Text
from storage import tombstones
from storage.columns import whole
from storage.keys import MemberId
from storage.tombstones import Tombstone
from storage.unit_of_work import UnitOfWork

ASK, CODE = "erase_own", "erase_code"
WHAT = Text(
    "会删：位置、报平安、学习和心得、本事、出行、个人设置，单位、电话、籍贯、备注。要留：姓名、党籍和组织上的记录（党章第八条：三盏灯、联系人、谈心日期等），党费和基金的账（会计档案），"
    "谁看过您的资料（个人信息保护法第五十六条）。离开支部找{who}，三十天后全删。都删吗？",
    "This goes: place, check-ins, study, reflections, skills, travel, settings, employer, telephone, home town, note. This stays: name and "
    "membership (Party Constitution, art. 8), the books of money (accounting records), who saw what (PIPL art. 56, three years). When you "
    "leave the branch, ask {who}: after thirty days the name goes, too. Delete all?",
)
TYPE = Text("删了找不回来。真要删，请回这四个数字：{code}", "It cannot be brought back. To go on, send these four digits: {code}")
WRONG = Text(
    "数字不对，没有删。要删，再发“删除我的资料”。", "That was not the code; nothing was deleted. To begin again: “delete my data”."
)
DELETE, LEAVE = (
    Choice(Text("都删", "delete"), ("删", "删除", "删吧", "对", "是", "好", "确定", "yes")),
    Choice(Text("不删", "keep"), ("不", "不用", "取消", "算了", "不删了", "先不删", "先不删了", "别删", "no")),
)


async def contact(work: UnitOfWork, actor: Actor) -> bool:
    """Erase the actor's telephone number and what the register's history says of it; False if there was none."""
    require(actor, Permission.OWN_DATA, Subject(work.branch_id, actor.member))
    if actor.member is None or not await _has_number(work, actor.member):
        return False
    work.tombstones.add([actor.member], tombstones.CONTACT)
    await work.tombstones.erase(Tombstone(work.branch_id, actor.member, tombstones.CONTACT, whole(work.now)))
    await erased(work, actor, [actor.member], Kind.CONTACT)
    return True


async def _has_number(work: UnitOfWork, member: MemberId) -> bool:
    """Whether a number is kept, readable or not: in the register, in its history, or in a report of going away."""
    if (await register.of(work, member)).holds(register.Field.PHONE.value):
        return True
    if any(each.field == register.Field.PHONE for each in await work.register.changes(member)):
        return True
    return any(each.phone for each in await work.departures.of(member, "draft"))


def code(work: UnitOfWork) -> Ask:
    """The second step: a code to be typed."""
    digits = f"{work.new_id() % 9000 + 1000}"
    return Ask(CODE, TYPE(code=digits), (LEAVE,), data={"code": digits}, free=True)


async def erase(work: UnitOfWork, actor: Actor, expected: str, typed: str) -> None:
    """Erase what is the actor's own. Raises `UserError` if the code is another."""
    require(actor, Permission.OWN_DATA, Subject(work.branch_id, actor.member))
    member = actor.member
    if member is None or typed.strip() != expected:
        raise UserError(WRONG)
    await check_ins.forget(work, actor)
    await location_consent.delete(work, actor)
    await reflections.delete_all(work, actor)
    await studies.forget(work, actor)
    await quiz.forget(work, actor)
    await training.forget(work, actor)
    await discussions.withdraw(work, actor)
    await work.questions.drop_for(member)
    await departure_letters.forget(work, member)
    work.tombstones.add([member], tombstones.OWN)
    await work.tombstones.erase(Tombstone(work.branch_id, member, tombstones.OWN, whole(work.now)))
    await erased(work, actor, [member], Kind.REGISTER)
