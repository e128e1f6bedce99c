"""我知道李小山在哪: the person named is asked first, through the one who knows – and says 愿意 or 不愿意 by a code of their own.

Nothing about where anybody is is taken from another. Who is asked, has declined or is in touch is not asked again, and the one who
wanted to help hears nothing of why.
"""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from bot.clock import BEIJING, beijing_day
from bot.errors import UserError
from bot.language import names as naming
from bot.language import seeking as words_of
from bot.messages import Incoming, Outgoing, Priority
from bot.permissions import Actor, Permission, Role, Subject, require
from bot.rules import codes
from bot.services import asking, deployment, invitations, joining, posting, privacy, sought
from bot.services.asking import Ask, Choice
from bot.services.sought import State
from bot.texts import Text
from storage.keys import MemberId
from storage.members import Member
from storage.seeking import Passing
from storage.unit_of_work import UnitOfWork

DEED, CARD_KIND = "passing", "unlisted"
A_DAY = 5
"""How often a day a member may say so: enough to help, too few to go through a list of names."""
LIVES = timedelta(days=30)
CARD_LIVES = timedelta(days=7)
NAME_IT = Text("请写上姓名：我知道李小山在哪", "Please add a name: iknow NAME")
ENOUGH = Text("今天先到这里吧，明天再告诉我，谢谢您的热心！", "That is enough for today; please tell me more tomorrow. Thank you!")
YOURSELF = Text("这就是您自己呀，支部已经联系上您了。", "That is yourself; we are in touch already.")
IN_TOUCH = Text("谢谢您惦记！支部和这位同志联系着呢，不用再找。", "Thank you! We are in touch with them, so there is nothing to do.")
LEAVE_IT = Text(
    "谢谢您惦记！这位同志的事支部心里有数，这次不用您转达了。",
    "Thank you! The branch knows about them; there is nothing to pass on this time.",
)
THANKS = Text(
    "谢谢您！名册上我没有对上这个姓名，已经告诉书记，请书记看看。在哪里不用告诉我。",
    "Thank you! I could not find that name on the register and told the secretary, who will look. There is no need to tell me where.",
)
SPELL = Text("名字我没有对准，请写全名（汉字）再发一次。", "I am not sure about the name; please send it in full, in Chinese characters.")
PASS_ON = Text(
    "谢谢您！先问本人愿不愿意：请把横线下面的话复制转给他（她）。在哪里、电话都不用告诉我。\n————\n",
    "Thank you! They are asked first: please pass on what stands below the line. There is no need to tell me where they are.\n————\n",
)
INVITATION = Text(
    "您好！{branch}想和您恢复联系，愿不愿意由您定。给支部的机器人发：\n愿意联系 {code}\n或：不愿意联系 {code}\n"
    "说不愿意的，以后不再打扰。30 天内有效。",
    "Hello! {branch} would like to be in touch with you; it is for you to decide. Send the branch's bot:\nwilling {code}\nor: unwilling "
    "{code}\nIf you would rather not, nobody asks again. Good for 30 days.",
)
TAP = Text("\n用 Telegram 的，点开：{link}", "\nOn Telegram, open: {link}")
OPENED = Text(
    "您好！{branch}想和您恢复联系。愿意，发“愿意联系 {code}”；不愿意，发“不愿意联系 {code}”，以后不再打扰。",
    "Hello! {branch} would like to be in touch. Send “willing {code}” or “unwilling {code}”; after that nobody asks again.",
)
BY_POSTER = Text(
    "您好，这里是{branch}，欢迎回来！请发“报到 您的姓名”，书记确认后就登记好了。",
    "Hello, this is {branch}. Welcome back! Please send “join YOUR NAME”; the secretary confirms it.",
)
AGREED = Text("太好了，谢谢您！已经告诉书记，确认是您本人后就登记好了。", "Thank you! The secretary is told and confirms that it is you.")
DECLINED = Text(
    "明白，尊重您的意思，以后不再打扰。哪天想联系了，发“报到 您的姓名”就行。",
    "Understood; nobody will ask again. If you ever want to be in touch, send “join YOUR NAME”.",
)
SAID_NO = Text(
    "{who}回话了：先不联系。请大家尊重，不再找、不再问。", "{who} answered that they do not want to be in touch. Nobody asks again."
)
TAKEN_BACK = Text("好，不转达了。转出去的那个码已经没用了。", "All right, nothing is passed on; the code is good for nothing now.")
UNLISTED = Text(
    "有同志说认识“{name}”，名册上没有这个名字。是咱们支部的同志，就发“邀请 {name}”；不是就不用管。",
    "A member knows “{name}”, who is not on the register. If they belong to the branch, send “invite {name}”; if not, let it be.",
)
_SOMEBODY_UNLISTED = Text(
    "有同志说认识一位党员，名册上没有（姓名请在网页看）。",
    "A member knows somebody who is not on the register (the name is on the web page).",
)
SEEN = Choice(Text("知道了", "seen"))
_ORIGIN = Text("（托同志转达后本人答的）", " (asked through a member, and answered)")


async def known(work: UnitOfWork, actor: Actor, words: str) -> Text:
    """A member knows somebody: answers what to tell them, perhaps with the words to pass on. Raises `UserError`."""
    require(actor, Permission.OFFER_AID, Subject(work.branch_id, actor.member))
    name = words_of.only_name(words)
    if actor.member is None or not naming.is_name(name):
        raise UserError(NAME_IT)
    begins = datetime.combine(beijing_day(work.now), time(), BEIJING)
    if await work.seeking.passed_since(actor.member, begins) >= A_DAY:
        raise UserError(ENOUGH)
    matching = await work.members.named(name)
    exact = [each for each in matching if each.name == name]
    if len(matching) > 1 and not exact:
        raise UserError(SPELL)
    member = next(iter(exact or matching), None)
    return await _unlisted(work, actor.member, name) if member is None else await _listed(work, actor.member, member)


async def _unlisted(work: UnitOfWork, by: MemberId, name: str) -> Text:
    """A card to every secretary, which is only to be seen; the name is kept no longer than that."""
    work.seeking.ask(by, None, None, work.now)
    for secretary in await work.members.holding(Role.SECRETARY.value):
        account = await posting.reached(work, secretary.id)
        hidden = await deployment.asks_consent(work, posting.platform_of(account))
        text = _SOMEBODY_UNLISTED if hidden else UNLISTED(name=name)
        card = await asking.prepare(work, secretary.id, Ask(CARD_KIND, text, (SEEN,), CARD_LIVES, {"name": name}, card=True))
        await posting.to_member(work, secretary.id, card, priority=Priority.NOTICE, account=account)
    return THANKS


async def _listed(work: UnitOfWork, by: MemberId, member: Member) -> Text:
    if member.id == by:
        return YOURSELF
    if await work.accounts.of(member.id):
        work.seeking.ask(by, None, None, work.now)
        return IN_TOUCH
    task = await work.seeking.task(member.id)
    declined = task is not None and task.state == State.DECLINED
    if declined or await work.seeking.waiting_for(member.id) is not None:
        work.seeking.ask(by, None, None, work.now)
        return LEAVE_IT
    code = sought.new_code()
    passing = work.seeking.ask(by, member.id, sought.hashed(code), work.now + LIVES)
    campaign = await work.seeking.running()
    work.seeking.note(member.id, task, state=State.ASKED.value, campaign_id=campaign.id if campaign else None)
    work.deeds.add(by, DEED, {"passing": passing.id, "member": member.id, "was": sought.kept(task)})
    branch, link = await work.branches.get(work.branch_id), await deployment.deep_link(work, code)
    invitation = INVITATION(branch=Text(branch.name, branch.latin or branch.name), code=code)
    return PASS_ON + (invitation + TAP(link=link) if link else invitation)


async def undo(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> None:
    """Do not pass it on: the code ends. What the person may have answered since stands."""
    require(actor, Permission.OFFER_AID, Subject(work.branch_id, actor.member))
    work.seeking.withdraw(data["passing"])
    task = await work.seeking.task(MemberId(data["member"]))
    if task is not None and task.state == State.ASKED:
        await sought.put_back(work, task.member_id, data["was"])


async def opened(work: UnitOfWork, incoming: Incoming, words: str) -> Text | None:
    """What a stranger hears who opens the address of a poster or of an invitation; None if it is neither."""
    code = codes.typed(words)
    campaign, _ = await sought.by_poster(work, incoming.sender.key, code)
    if campaign is not None and campaign.code == code:
        return BY_POSTER(branch=await _branch(work, campaign.branch_id))
    passing = await work.seeking.passing(sought.hashed(code)) if codes.is_code(code) else None
    if passing is None or passing.expires_at <= work.now:
        return None
    return OPENED(branch=await _branch(work, passing.branch_id), code=code)


async def _branch(work: UnitOfWork, branch_id: Any) -> Text:
    branch = await work.branches.get(branch_id)
    return Text(branch.name, branch.latin or branch.name)


async def answer(work: UnitOfWork, actor: Actor, incoming: Incoming, words: str, *, willing: bool) -> Text | None:
    """What the person who is sought answers; what to tell them, None for nothing. A wrong code counts as one of an invitation does.

    As long as it is good they may change their mind: who slipped with a thumb is not left alone for ever.
    """
    require(actor, Permission.REPORT_IN)
    key = incoming.sender.key
    account = await work.accounts.get(key)
    if account is not None and not account.removed:
        return invitations.BOUND
    visitor = await work.visitors.get(key)
    if visitor.locked_until is not None and visitor.locked_until > work.now:
        return None
    meant = await _meant(work, codes.typed(words))
    if meant is None:
        return await invitations.count_wrong(work, key, visitor)
    passing, member = meant
    work.seeking.answered(passing)
    task = await work.seeking.task(member.id)
    if willing:
        work.seeking.note(member.id, task, state=State.ASKED.value)
        await joining.pass_on(work, incoming, member.name, _ORIGIN)
        return AGREED
    work.seeking.note(member.id, task, state=State.DECLINED.value, taken_by=None)
    await asking.close_cards(work, joining.KIND, "account", [list(key)])
    await _tell_secretaries(work, member)
    return DECLINED


async def _meant(work: UnitOfWork, code: str) -> tuple[Passing, Member] | None:
    """What a good code stands for, and the member who may answer with it; its branch is entered."""
    passing = await work.seeking.passing(sought.hashed(code)) if codes.is_code(code) else None
    if passing is None or passing.sought_id is None or passing.expires_at <= work.now or work.entered not in {None, passing.branch_id}:
        return None
    work.enter(passing.branch_id)
    member = await work.members.get(passing.sought_id)
    if member is None or member.removed_at is not None or await work.accounts.of(member.id):
        return None
    return passing, member


async def _tell_secretaries(work: UnitOfWork, member: Member) -> None:
    for secretary in await work.members.holding(Role.SECRETARY.value):
        account = await posting.reached(work, secretary.id)
        text = SAID_NO(who=await privacy.named(work, posting.platform_of(account), member))
        await posting.to_member(work, secretary.id, Outgoing(text), priority=Priority.NOTICE, account=account)
