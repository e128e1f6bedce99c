"""How an appeal looks in the branch's groups: its approved words, until when, how many offered; never who asked or who offered.

It stands in the slot `aid:<id>` and is changed in place. Charity Law 2023 art. 122: mutual help stays inside the branch.
"""

from datetime import datetime, timedelta

from bot.clock import BEIJING, beijing_day
from bot.messages import Outgoing, Priority
from bot.rules.appeals import LIVES, STANDING, State
from bot.rules.attention import GROUP_A_DAY
from bot.services import aid_matches, asking, posting, privacy
from bot.services.aid_cases import become
from bot.services.aid_words import tag
from bot.services.asking import Ask, Choice
from bot.services.destinations import Matter
from bot.texts import Text
from storage.appeals import Appeal
from storage.keys import ChatKey
from storage.unit_of_work import UnitOfWork

KIND = "aid_help"
POLICY = "aid_days"
"""The branch's own number of days a post stays open."""
WAITS = timedelta(days=7)
"""How long a post may wait to go out."""
EDIT_GAP = timedelta(seconds=15)
QUESTION_LIVES = timedelta(days=370)
HELP = Choice(Text("我能帮", "I can help"), ("我能帮",))
POST = Text(
    "【互助 {tag}】{words}\n能帮的点“我能帮”，或私信我“我能帮 {tag}”。{money}到 {day} 为止。仅限本支部，请勿外传。{count}",
    "[Mutual help {tag}] {words}\nPress “I can help”, or tell me in private “help with {tag}”. {money}Until {day}. "
    "For this branch only, do not forward.{count}",
)
MONEY = Text("也需要捐助，私信我“认捐 {tag} 金额”。", "Donations are welcome, too: send me “pledge {tag} AMOUNT” in private. ")
WAITING = Text("{day} {hour}点发群", "to be posted on {day} at {hour}:00")
COUNT = Text("\n已有 {count} 位同志愿意帮忙。", "\n{count} offered to help.")
SOLVED = Text("{tag} 已解决，{count} 位同志帮了忙，谢谢。", "{tag} is solved; {count} helped. Thank you.")
SOLVED_ALONE = Text("{tag} 已解决，谢谢大家。", "{tag} is solved. Thank you all.")
ENDED = {
    State.CLOSED: Text("【互助 {tag} 已结束】谢谢大家。", "[Mutual help {tag} has ended] Thank you all."),
    State.WITHDRAWN: Text("【互助 {tag} 已撤回】", "[Mutual help {tag} was withdrawn]"),
    State.EXPIRED: Text("【互助 {tag} 已到期】谢谢大家。", "[Mutual help {tag} has expired] Thank you all."),
}
REOPENED = Text("{tag} 还在求助，刚才说解决是弄错了。", "{tag} still needs help; that it was solved was a mistake.")


def slot(appeal: Appeal) -> str:
    """The slot of the post."""
    return f"aid:{appeal.id}"


async def lives(work: UnitOfWork) -> timedelta:
    """How long a post stays open: as the branch decided, or two weeks."""
    policy = await work.policies.get(POLICY, beijing_day(work.now))
    days = policy.value if policy is not None else None
    return timedelta(days=days) if isinstance(days, int) and days > 0 else LIVES


async def text(work: UnitOfWork, appeal: Appeal, words: str, offers: int) -> Text:
    """The post as the group reads it."""
    until = appeal.expires_at or work.now + await lives(work)
    count = COUNT(count=offers) if offers else Text("", "")
    money = MONEY(tag=tag(appeal.number)) if appeal.money else Text("", "")
    return POST(tag=tag(appeal.number), words=words, money=money, day=_day(until), count=count)


def _day(at: datetime) -> Text:
    local = at.astimezone(BEIJING)
    return Text(f"{local.month}月{local.day}日", f"{local.day} {local:%b}")


async def still_to_come(work: UnitOfWork) -> dict[str, Text]:
    """By slot, what waits for the groups' morning or for a quieter day, and when it is posted (see `bot.services.attention`)."""
    letters = await work.outbox.planned(beijing_day(work.now))
    waiting = {each.slot: each.not_before for each in letters if each.slot and each.message_id is None and each.not_before > work.now}
    return {slot: WAITING(day=_day(at), hour=at.astimezone(BEIJING).hour) for slot, at in waiting.items()}


async def put_up(work: UnitOfWork, appeal: Appeal) -> bool:
    """Post an approved appeal, and hint at it to those who may be able to help; False while the branch has no group."""
    if not await work.chats.of_branch():
        return False
    opened = await asking.opened(work, None, Ask(KIND, Text("", ""), (HELP,), QUESTION_LIVES, {"number": appeal.number}, card=True))
    until = work.now + await lives(work)
    raised = become(work, appeal, State.OPEN, posted_at=work.now, expires_at=until, question_id=opened.id, liaison_told_at=None)
    outgoing = await _outgoing(work, raised)
    among = await _among(work, raised)
    await posting.to_groups(work, outgoing, priority=Priority.NOTICE, slot=slot(raised), room=GROUP_A_DAY, among=among)
    await aid_matches.hint(work, raised)
    return True


async def _among(work: UnitOfWork, appeal: Appeal) -> list[ChatKey]:
    return await privacy.homes(work, appeal.member_id, Matter.AID)


async def _outgoing(work: UnitOfWork, appeal: Appeal) -> Outgoing:
    count = (await work.aid_offers.counts([appeal.id], [state.value for state in STANDING])).get(appeal.id, 0)
    words = await text(work, appeal, appeal.public_text, count)
    ask = Ask(KIND, words, (HELP,))
    return Outgoing(words, await asking.buttons(work, appeal.question_id, ask) if appeal.question_id else ())


async def refresh(work: UnitOfWork, appeal: Appeal) -> None:
    """Bring words, date and count up to date where the post stands."""
    content = posting.only_edit(await _outgoing(work, appeal))
    groups = {group.key for group in await work.chats.of_branch()}
    for letter in await work.outbox.in_slots(slot(appeal)):
        if letter.slot == slot(appeal) and letter.chat in groups and letter.state != "failed":
            await work.outbox.replace(letter, content, posting.may_change_at(work, letter, EDIT_GAP))


async def take_down(work: UnitOfWork, appeal: Appeal) -> None:
    """What stands in the groups says that it is over, and has no button; what was not sent is dropped."""
    await work.outbox.drop_unsent(slot(appeal))
    over, withdrawn = Outgoing(ENDED[State(appeal.state)](tag=tag(appeal.number))), appeal.state == State.WITHDRAWN.value
    for letter in await work.outbox.in_slots(slot(appeal)):
        if letter.slot == slot(appeal):
            # That it is solved is said by its thanks, and when it ends by the post itself.
            content = posting.instead(letter, over) if withdrawn else posting.only_edit(over)
            await work.outbox.replace(letter, content, work.now)


async def thank(work: UnitOfWork, appeal: Appeal) -> None:
    """Tell the groups that it is solved and how many helped; no names, and nothing where the post had not gone out yet."""
    just_posted = appeal.posted_at is not None and appeal.posted_at > work.now - WAITS
    if just_posted and not any(each.slot == slot(appeal) for each in await work.outbox.in_slots(slot(appeal))):
        return
    said = SOLVED(tag=tag(appeal.number), count=appeal.helped_count) if appeal.helped_count else SOLVED_ALONE(tag=tag(appeal.number))
    await posting.to_groups(work, Outgoing(said), priority=Priority.NOTICE, slot=f"{slot(appeal)}:end", among=await _among(work, appeal))


async def reopen(work: UnitOfWork, appeal: Appeal) -> None:
    """A closing was taken back: the post stands again, and the thanks say so."""
    outgoing, among = await _outgoing(work, appeal), await _among(work, appeal)
    await posting.to_groups(work, outgoing, priority=Priority.NOTICE, slot=slot(appeal), among=among)
    await work.outbox.drop_unsent(f"{slot(appeal)}:end")
    await posting.change_in_groups(work, Outgoing(REOPENED(tag=tag(appeal.number))), slot=f"{slot(appeal)}:end", gap=timedelta(0))
