"""未送达: whom messages did not reach, and why; never what they said."""

from datetime import timedelta

from bot.messages import ChatKind
from bot.permissions import Actor, Permission, Subject, require
from bot.services import destinations, offered, privacy, trail
from bot.services.people import person
from bot.services.trail import Kind as Trailed
from bot.texts import Text
from storage.keys import ChatKey, MemberId
from storage.outbox import BUDGET, PUT_OFF, Letter
from storage.unit_of_work import UnitOfWork

LONG = timedelta(hours=1)
"""What waits for longer than this, and nobody knows it, is shown."""
QUEUED = Text("排着队，平台限了每分钟能发几条", "is in the queue: the platform takes only so many a minute")
UNREACHED = Text("{platform} 连不上", "{platform} cannot be reached")
_REASONS = {
    "held": Text("还没同意用这个平台", "has not agreed to this platform yet"),
    "unaddressed": Text("还没在私聊里打过招呼", "has not opened a private chat yet"),
    "awaiting": Text("等那边有人跟我说句话，一说就发", "waits until somebody there speaks to me; then it goes"),
    "failed": Text("平台没有收下", "the platform did not take it"),
    "uncertain": Text("可能已收到，平台没回话", "it may have arrived; the platform did not answer"),
}
_GROUP = Text("支部群", "the branch's group")
_SOMEBODY = Text("一位来访的人", "a visitor")
_LINE = Text("{who}：{count} 条，{why}", "{who}: {count}, {why}")


def _why(letter: Letter) -> Text:
    if letter.state != "waiting":
        return _REASONS[letter.state]
    platform = letter.chat.platform if letter.chat else ""
    return QUEUED if letter.error in {BUDGET, PUT_OFF} else UNREACHED(platform=offered.named(platform))


async def undelivered(work: UnitOfWork, actor: Actor, platform: str) -> list[Text]:
    """Who did not get how many messages, and why; on a platform abroad not everybody by name."""
    require(actor, Permission.SEE_UNDELIVERED, Subject(work.branch_id))
    counts: dict[tuple[MemberId | ChatKey | None, Text], int] = {}
    groups = await work.chats.of_branch()
    titles = {each.key: destinations.title(each) for each in groups} if len(groups) > 1 else {}
    for letter in await work.outbox.undelivered(work.now - LONG):
        who = letter.member_id if letter.kind == ChatKind.PRIVATE else letter.chat if letter.chat in titles else None
        why = _why(letter)
        counts[who, why] = counts.get((who, why), 0) + 1
    present = {member.id: member for member in await work.members.present()}
    concerned = [present[who] for who in dict.fromkeys(who for who, _ in counts) if isinstance(who, int) and who in present]
    named, hidden = await privacy.shown(work, platform, concerned)
    await trail.saw(work, actor, [each.id for each in named], Trailed.DELIVERY)
    names: dict[MemberId | ChatKey | None, Text] = {None: _GROUP} | titles | {member.id: person(member) for member in named}
    lines = [
        _LINE(who=names.get(who, _SOMEBODY), count=count, why=why)
        for (who, why), count in counts.items()
        if who in names or who not in present
    ]
    return [*lines, privacy.MORE(count=hidden)] if hidden else lines
