"""没联系上的: the members without an account as tasks – who takes one, who was found and by what kind of way. Names only in private."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.clock import beijing_day
from bot.errors import UserError
from bot.language import seeking as words_of
from bot.permissions import Actor, Permission, Subject, require
from bot.rules.register import Field
from bot.services import care_talks, finding, people, privacy, register, sought, trail
from bot.services.sought import State
from bot.texts import Text
from storage.keys import MemberId
from storage.members import Member
from storage.seeking import Task
from storage.unit_of_work import UnitOfWork

DEED = "sought"
WAY_NAMES = {
    "phone": Text("电话", "by telephone"),
    "message": Text("信息", "by message"),
    "visit": Text("走访", "by a visit"),
    "family": Text("通过家人", "through the family"),
    "others": Text("通过熟人", "through others"),
    "letter": Text("写信", "by letter"),
    "other": Text("别的办法", "in another way"),
    sought.ITSELF: Text("本人来的", "they came themselves"),
}
HEADING = Text(
    "还没联系上的 {count} 位（只您看得到）。发“我来找 姓名”认下，找到了发“找到了 姓名 电话”，没找到发“没找到 姓名”：",
    "Not in touch yet, {count} (only you see this). “seek NAME” takes one; then “found NAME phone” or “notfound NAME”:",
)
NOBODY = Text("同志们都联系上了，没有要找的。", "Everybody is in touch; nobody is being looked for.")
HIDDEN = Text("另有 {count} 位不能在这里显示姓名，请在网页看。", "{count} more cannot be named here; please look on the web page.")
ALONE = Text("{count} 位说过先不联系，不再打扰。", "{count} said that they do not want to be in touch, and are left alone.")
_LINE = Text("{name}{how}", "{name}{how}")
_TAKEN = Text("（{who}在找，{day}起）", " ({who} looks, since {day})")
_SOMEBODY_LOOKS = Text("（有人在找，{day}起）", " (somebody looks, since {day})")
_ASKED = Text("（托人转达了，{day}）", " (asked through somebody, {day})")
_TRIED = Text("（找过 {count} 次）", " (tried {count} times)")
NAME_IT = Text("请写上姓名，例如：找到了 李小山 电话", "Please add a name: found NAME phone")
IN_TOUCH = Text("{name}已经绑定账号，联系得上，不用找。", "{name} has bound an account and is in touch; there is no need to look.")
CHANGED_SINCE = Text(
    "后来又有变化（也许本人回了话），撤不回来了。", "It has changed since, perhaps by their own word; it cannot be taken back."
)
TAKEN_BY_OTHER = Text("{who}已经在找{name}了，您跟他商量着来。", "{who} looks for {name} already; please agree with them.")


async def lost(work: UnitOfWork, actor: Actor, platform: str) -> tuple[Text, list[Text]]:
    """The tasks, a line each; of those who declined only how many."""
    require(actor, Permission.SEEK, Subject(work.branch_id))
    tasks = await work.seeking.tasks()
    ids = await work.seeking.lost()
    await work.members.prefetch([*ids, *(each.taken_by for each in tasks.values() if each.taken_by is not None)])
    open_ones = [each for each in ids if _is_open(tasks.get(each))]
    declined = [each for each in ids if each in tasks and tasks[each].state == State.DECLINED]
    shown, hidden = await privacy.shown(work, platform, await present(work, open_ones))
    await trail.saw(work, actor, [each.id for each in shown], trail.Kind.CONTACT)
    lines = [_LINE(name=people.person(each), how=await _how(work, tasks.get(each.id), platform)) for each in shown]
    lines += [HIDDEN(count=hidden)] if hidden else []
    lines += [ALONE(count=len(declined))] if declined else []
    return (HEADING(count=len(open_ones)) if open_ones else NOBODY), lines


async def present(work: UnitOfWork, ids: Sequence[MemberId]) -> list[Member]:
    """The present members of some ids, in their order."""
    found = [await work.members.get(each) for each in ids]
    return [each for each in found if each is not None and each.removed_at is None]


def _is_open(task: Task | None) -> bool:
    return task is None or task.state in {State.OPEN, State.TAKEN, State.ASKED}


async def _how(work: UnitOfWork, task: Task | None, platform: str) -> Text:
    if task is None:
        return Text("", "")
    day = str(beijing_day(task.at))
    if task.state == State.ASKED:
        return _ASKED(day=day)
    if task.state == State.TAKEN and task.taken_by is not None:
        taker = await work.members.get(task.taken_by)
        named = taker is not None and taker.removed_at is None and (await privacy.shown(work, platform, [taker]))[0]
        return _TAKEN(who=people.person(taker), day=day) if taker is not None and named else _SOMEBODY_LOOKS(day=day)
    return _TRIED(count=task.tries) if task.tries else Text("", "")


async def take(work: UnitOfWork, actor: Actor, name: str, platform: str) -> Member:
    """Take somebody to look for. Raises `UserError` for who is in touch, does not want to be asked, or is another's."""
    member, task = await _wanted(work, actor, name, platform)
    if task is not None and task.state == State.TAKEN and task.taken_by not in {None, actor.member}:
        other = await work.members.get(MemberId(task.taken_by or 0))
        if other is not None and other.removed_at is None:
            raise UserError(
                TAKEN_BY_OTHER(who=await privacy.named(work, platform, other), name=await privacy.named(work, platform, member))
            )
    await _note(work, actor, member, task, {"state": State.TAKEN.value, "taken_by": actor.member})
    return member


async def found(work: UnitOfWork, actor: Actor, words: str, platform: str) -> tuple[Member, Text]:
    """Somebody was found: only the kind of way is kept. It counts as a contact with them. Answers who, and the way in words."""
    name, way = words_of.name_and_way(words)
    member, task = await _wanted(work, actor, name, platform)
    campaign = await work.seeking.running()
    lit = await register.lit(work, actor, [member.id], Field.FOUND_ON)
    heard = await people.spoken_with(work, member.id)
    values = {"state": State.FOUND.value, "taken_by": None, "way": way, "campaign_id": campaign.id if campaign else None}
    work.seeking.note(member.id, task, **values)
    await _deed(work, actor, member, sought.kept(task), heard=heard, set_to=State.FOUND, way=way, lit=lit)
    return member, WAY_NAMES[way]


async def not_found(work: UnitOfWork, actor: Actor, words: str, platform: str) -> Member:
    """A try that came to nothing: it is counted, and whoever likes may try next."""
    name, way = words_of.name_and_way(words)
    member, task = await _wanted(work, actor, name, platform)
    await _note(
        work, actor, member, task, {"state": State.OPEN.value, "taken_by": None, "way": way, "tries": (task.tries if task else 0) + 1}
    )
    return member


async def came(work: UnitOfWork, actor: Actor, name: str, platform: str) -> Member:
    """Somebody got in touch themselves outside of any chat; a decline is over by that, and nobody looks for them any more."""
    require(actor, Permission.SEEK, Subject(work.branch_id))
    member = await _named(work, name, platform)
    lit = await register.lit(work, actor, [member.id], Field.FOUND_ON)
    heard = await people.spoken_with(work, member.id)
    was = await sought.came(work, member.id)
    if await work.seeking.task(member.id) is None:
        work.seeking.note(member.id, None, state=State.FOUND.value, taken_by=None, way=sought.ITSELF, campaign_id=None)
    await _deed(work, actor, member, was, heard=heard, set_to=State.FOUND, way=sought.ITSELF, lit=lit)
    return member


async def undo(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> None:
    """Let it stand as it did before what the actor did last."""
    require(actor, Permission.SEEK, Subject(work.branch_id))
    member_id = MemberId(data["member"])
    task = await work.seeking.task(member_id)
    if task is None or (task.state, task.way) != (data["set"], data.get("way", task.way)):
        raise UserError(CHANGED_SINCE)
    await sought.put_back(work, member_id, data["was"])
    await people.not_spoken_with(work, member_id, data["heard"])
    if data.get("lit") is not None:
        await register.unlit(work, actor, data["lit"], but=await care_talks.in_touch(work, [member_id]))
    await trail.changed(work, actor, [member_id], trail.Kind.CONTACT)


async def held(work: UnitOfWork, actor: Actor) -> list[Text]:
    """What is held about the actor: how it stood with finding them, and whom they said to know (how often)."""
    require(actor, Permission.OWN_DATA, Subject(work.branch_id, actor.member))
    if actor.member is None:
        return []
    task = await work.seeking.task(actor.member)
    asked = await work.seeking.passed_since(actor.member, work.now - sought.PASSINGS_KEPT)
    lines = [HELD[State(task.state)](day=str(beijing_day(task.at)))] if task else []
    return [*lines, *([PASSED(count=asked)] if asked else [])]


HELD = {
    State.OPEN: Text("{day} 支部找过您", "on {day} the branch looked for you"),
    State.TAKEN: Text("{day} 起有同志在找您", "since {day} somebody looks for you"),
    State.ASKED: Text("{day} 托人问过您是否愿意联系", "on {day} you were asked through somebody"),
    State.DECLINED: Text("{day} 您说先不联系", "on {day} you said that you do not want to be in touch"),
    State.FOUND: Text("{day} 记为联系上了", "on {day} noted as in touch"),
}
PASSED = Text("最近 40 天说过 {count} 次“我知道某同志在哪”（不记在哪）", "said {count} times within 40 days to know somebody (not where)")


async def _wanted(work: UnitOfWork, actor: Actor, name: str, platform: str) -> tuple[Member, Task | None]:
    """Whom a name means, who is to be looked for, and how it stands. Raises `UserError`."""
    require(actor, Permission.SEEK, Subject(work.branch_id))
    member = await _named(work, name, platform)
    await sought.leave_alone(work, [member], platform)
    if await work.accounts.of(member.id):
        raise UserError(IN_TOUCH(name=await privacy.named(work, platform, member)))
    return member, await work.seeking.task(member.id)


async def _named(work: UnitOfWork, name: str, platform: str) -> Member:
    if not name.strip():
        raise UserError(NAME_IT)
    return await finding.by_name(work, name, platform)


async def _note(work: UnitOfWork, actor: Actor, member: Member, task: Task | None, values: Mapping[str, Any]) -> None:
    work.seeking.note(member.id, task, **values)
    await _deed(work, actor, member, sought.kept(task), set_to=values["state"], way=values.get("way", task.way if task else ""))


async def _deed(
    work: UnitOfWork,
    actor: Actor,
    member: Member,
    was: Mapping[str, Any] | None,
    *,
    heard: Sequence[str | None] = (),
    set_to: str,
    way: str,
    lit: int | None = None,
) -> None:
    await trail.changed(work, actor, [member.id], trail.Kind.CONTACT)
    if actor.member is not None:
        work.deeds.add(
            actor.member, DEED, {"member": member.id, "was": was, "heard": list(heard), "set": str(set_to), "way": way, "lit": lit}
        )
