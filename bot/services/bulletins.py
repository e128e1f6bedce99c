"""Hardship bulletins (困难通报): a person's own words about their hardship, redacted, in the group for some days.

Only the person themselves can agree to the words (PIPL art. 25, 29: publishing and health need a consent of their own), so nobody enters
one for another. The secretary decides whether it goes out. One word takes it down; over, its words are erased.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.clock import beijing_day
from bot.errors import UserError
from bot.language.normalise import is_blank
from bot.messages import Outgoing, Priority
from bot.permissions import Actor, Permission, Subject, require
from bot.rules import redaction
from bot.services import asking, fund_people, posting, privacy, trail
from bot.services.asking import Ask, Choice
from bot.services.destinations import Matter
from bot.services.notice_messages import day
from bot.services.notices import require_group
from bot.texts import Text
from storage.bulletins import Bulletin
from storage.keys import BranchId, MemberId
from storage.unit_of_work import UnitOfWork

WORDS, HEALTH, CARD, SEE = "bulletin_words", "bulletin_health", "bulletin_card", "bulletin_see"
LIVES = timedelta(days=14)
DAYS_POLICY = "bulletin_days"
ROOM = 100
HOW = Text(
    "把困难写在后面，比如：困难通报 家里房子被水淹了，要人帮忙清理。只能本人提，先给您看过再发。",
    "Write it behind the word: hardship our house was flooded and needs clearing. Only about yourself, and you see it first.",
)
LONG = Text("请写短一点（100 个字以内），原话我没有存。", "Please keep it to 100 characters; your words are not kept.")
NOTHING_LEFT = Text(
    "去掉姓名、病名、地址以后就没有内容了，请换个说法。", "Without names, illness and addresses nothing is left; please say it another way."
)
PREVIEW = Text(
    "群里看到的会是这样（姓名、病名、门牌、号码都去掉了）：\n“{text}”\n{days} 天后撤下。每个字您都同意，再回“同意发”。",
    "The group would read this (names, illness, addresses and numbers are taken out):\n“{text}”\nFor {days} days. If you agree to "
    "every word: “agree”.",
)
ABOUT_HEALTH = Text(
    "里面提到了看病，这是健康信息，要您单独同意。写出来可以吗？", "It speaks of health, which takes your separate consent. May it be said?"
)
HAS_ONE = Text(
    "您已经有一条通报（T{number}）。先发“撤下通报”，再发新的。", "You have a bulletin already (T{number}). Send “takedown” first."
)
ASK = Text("{name}本人同意在群里通报：“{text}”。发吗？", "{name} agrees to have this told in the group: “{text}”. Post it?")
WAITS = Text("有一条困难通报 T{number} 等您看。", "A hardship bulletin, T{number}, waits for you.")
SETTLED = Text("困难通报 T{number} 撤下或处理过了。", "The hardship bulletin T{number} is down or was seen to.")
POST = Text(
    "【困难通报 T{number}】{text}\n本人同意，{day}撤下。想搭把手的，私下找书记。仅限本支部，请勿外传。",
    "[Hardship T{number}] {text}\nWith their consent, until {day}. To help, ask the secretary in private. For our branch only.",
)
GONE = Text("【困难通报 T{number} 已撤下】", "[Hardship T{number} was taken down]")
POSTED = Text("您的通报 T{number} 发了。想撤，发“撤下通报”。", "Your bulletin T{number} is posted. To take it down: “takedown”.")
POSTED_IN_THE_MORNING = Text(
    "您的通报 T{number} 明早发到群里。想撤，发“撤下通报”。",
    "Your bulletin T{number} will be in the group in the morning. To take it down: “takedown”.",
)
NOT_POSTED = Text("您的通报这次没有发，书记会跟您说。", "Your bulletin was not posted; the secretary will explain.")
NONE = Text("没有在发的通报。", "There is no bulletin up.")
WHICH = Text("请写编号：撤下通报 T1。", "Please give the number: takedown T1.")
OVER = Text("这条通报已经撤下或处理过了。", "That bulletin is down or was seen to.")
AGREE = (Choice(Text("同意发", "agree"), ("同意", "发", "agree")), Choice(Text("不发", "do not"), ("不同意", "不", "取消", "算了", "no")))
MAY_SAY = (Choice(Text("可以写", "it may"), ("可以", "同意", "yes")), Choice(Text("不写", "it may not"), ("不可以", "不同意", "不", "no")))
CHOICES = (Choice(Text("发", "post")), Choice(Text("不发", "do not post")))
LOOK = (Choice(Text("看一下", "read")),)
_LINE = Text("困难通报 T{number}：{state}，{text}", "bulletin T{number}: {state}, {text}")
STATE_NAMES: Mapping[str, Text] = {
    "asked": Text("等书记发", "waiting for the secretary"),
    "posted": Text("在群里", "in the group"),
    "withdrawn": Text("已撤下", "taken down"),
    "declined": Text("没有发", "not posted"),
    "expired": Text("到期撤下", "expired"),
}


def slot(about: Bulletin) -> str:
    """The slot of its message in the group."""
    return f"bulletin:{about.id}"


def card_slot(about: Bulletin) -> str:
    """The slot above those of the cards to the officers, which carry its words."""
    return f"bulletin-card:{about.id}"


async def _lives(work: UnitOfWork) -> timedelta:
    decided = await work.policies.get(DAYS_POLICY, beijing_day(work.now))
    return timedelta(days=int(decided.value)) if decided is not None and decided.value else LIVES


async def draft(work: UnitOfWork, actor: Actor, words: str) -> Ask:
    """Show what would be left of somebody's words; every word is theirs to agree to. Raises `UserError`."""
    require(actor, Permission.TELL_HARDSHIP, Subject(work.branch_id, actor.member))
    if is_blank(words):
        raise UserError(HOW)
    await _has_none(work, actor)
    said = " ".join(words.split())
    if len(said) > ROOM:
        raise UserError(LONG)
    names = {name for each in await work.members.present() for name in (each.name, each.latin) if name}
    left = redaction.redacted(said, names).text
    if is_blank(left):
        raise UserError(NOTHING_LEFT)
    days = (await _lives(work)).days
    return Ask(WORDS, PREVIEW(text=left, days=days), AGREE, data={"text": left})


async def _has_none(work: UnitOfWork, actor: Actor) -> None:
    live = await work.bulletins.live(actor.member)
    if live:
        raise UserError(HAS_ONE(number=live[0].number))


async def agree(work: UnitOfWork, actor: Actor, text: str, *, health: bool = False) -> Bulletin | Ask:
    """The person agreed to the words: who posts is asked; health takes a consent of its own first."""
    require(actor, Permission.TELL_HARDSHIP, Subject(work.branch_id, actor.member))
    if actor.member is None:
        raise LookupError("a bulletin is somebody's")
    await _has_none(work, actor)
    if redaction.mentions_health(text) and not health:
        return Ask(HEALTH, ABOUT_HEALTH, MAY_SAY, data={"text": text})
    lives = await _lives(work)
    made = await work.bulletins.add(actor.member, text, work.now + lives)
    accounts = await posting.reached_of_branch(work)
    posts = await fund_people.holding(work, Permission.ANNOUNCE)
    await trail.told(work, {each.id: [made.member_id] for each in posts if each.id in accounts}, trail.Kind.AID)
    for each in posts:
        if each.id in accounts:
            asked = await _asked(work, each.id, made, lives)
        else:  # it waits until they write: then without the words, which may be withdrawn meanwhile
            asked = Ask(SEE, WAITS(number=made.number), LOOK, lives, {"number": made.number}, card=True)
        await fund_people.card(work, each.id, asked, f"{card_slot(made)}:{each.id}")
    return made


async def _asked(work: UnitOfWork, reader: MemberId, about: Bulletin, lives: timedelta) -> Ask:
    text = ASK(name=await fund_people.named_to(work, reader, about.member_id), text=about.text)
    return Ask(CARD, text, CHOICES, lives, {"number": about.number}, card=True)


async def look(work: UnitOfWork, actor: Actor, number: int) -> Ask:
    """Show an officer the words that wait for a decision. Raises `UserError`."""
    require(actor, Permission.ANNOUNCE, Subject(work.branch_id))
    about = await work.bulletins.numbered(number)
    if about is None or actor.member is None or about.state != "asked":
        raise UserError(OVER)
    await trail.saw(work, actor, [about.member_id], trail.Kind.AID)
    return await _asked(work, actor.member, about, about.expires_at - work.now)


async def decide(work: UnitOfWork, actor: Actor, number: int, choice: int) -> Bulletin:
    """Post it, or do not; the person hears which. Raises `UserError`."""
    require(actor, Permission.ANNOUNCE, Subject(work.branch_id))
    about = await work.bulletins.numbered(number)
    if about is None or about.state != "asked":
        raise UserError(OVER)
    await trail.changed(work, actor, [about.member_id], trail.Kind.AID)
    if choice != 0:
        await fund_people.tell(work, about.member_id, NOT_POSTED)
        await _forget_cards(work, about)
        return work.bulletins.change(about, state="declined", text="")
    await require_group(work)
    text = POST(number=number, text=about.text, day=day(about.expires_at))
    among = await privacy.homes(work, about.member_id, Matter.AID)
    await posting.to_groups(work, Outgoing(text), priority=Priority.NOTICE, slot=slot(about), among=among)
    told = POSTED_IN_THE_MORNING if await fund_people.groups_wait(work) else POSTED
    await fund_people.tell(work, about.member_id, told(number=number))
    return work.bulletins.change(about, state="posted")


async def take_down(work: UnitOfWork, actor: Actor, number: int | None) -> Bulletin:
    """One's own, or as the secretary any by its number. Raises `UserError`."""
    require(actor, Permission.TELL_HARDSHIP, Subject(work.branch_id, actor.member))
    own = await work.bulletins.live(actor.member)
    live = await work.bulletins.live() if actor.may(Permission.ANNOUNCE) else own
    found = [each for each in live if each.number == number] if number is not None else own
    if not live or (number is not None and not found):
        raise UserError(NONE)
    if not found:
        raise UserError(WHICH)
    await trail.changed(work, actor, [found[0].member_id], trail.Kind.AID)
    return await _end(work, found[0], "withdrawn")


async def _end(work: UnitOfWork, about: Bulletin, state: str) -> Bulletin:
    await work.outbox.drop_unsent(slot(about))
    await posting.change_in_groups(work, Outgoing(GONE(number=about.number)), slot=slot(about), gap=timedelta(0))
    await _forget_cards(work, about)
    return work.bulletins.change(about, state=state, text="")


async def _forget_cards(work: UnitOfWork, about: Bulletin) -> None:
    """The words leave the officers' cards too, the unsent and the sent."""
    await work.outbox.drop_unsent(card_slot(about))
    for letter in await work.outbox.in_slots(card_slot(about)):
        settled = {**posting.pack(Outgoing(SETTLED(number=about.number))), "only_edit": True}
        await work.outbox.replace(letter, settled, letter.not_before)
    for kind in (CARD, SEE):
        await asking.close_cards(work, kind, "number", {about.number})


async def where_over(work: UnitOfWork) -> set[BranchId]:
    """The branches with a bulletin that has expired, or is nobody's any more."""
    return await work.agenda.bulletins_over(["asked", "posted"], work.now)


async def end_due(work: UnitOfWork, actor: Actor) -> None:
    """Take down what has expired, and what belongs to somebody who left."""
    require(actor, Permission.JOBS, Subject(work.branch_id))
    live = await work.bulletins.live()
    await work.members.prefetch([each.member_id for each in live])
    for each in live:
        member = await work.members.get(each.member_id)
        if each.expires_at <= work.now or member is None or member.removed_at is not None:
            await _end(work, each, "expired")


async def mine(work: UnitOfWork, actor: Actor) -> list[Text]:
    """A member's own bulletins."""
    require(actor, Permission.OWN_DATA, Subject(work.branch_id, actor.member))
    listed: list[Any] = await work.bulletins.of_member(actor.member) if actor.member is not None else []
    return [_LINE(number=each.number, state=STATE_NAMES[each.state], text=each.text) for each in listed]
