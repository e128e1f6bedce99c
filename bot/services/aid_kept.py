"""What mutual help keeps about a person and for how long, and what it rests on."""

from datetime import timedelta

from bot.clock import beijing_day
from bot.permissions import Actor, Permission, Subject, require
from bot.rules.appeals import State
from bot.services import aid_posts
from bot.services.aid_words import KIND_NAMES, OFFER_NAMES, state_name
from bot.texts import Text
from storage.unit_of_work import UnitOfWork

DRAFTS = timedelta(days=30)
WORDS = timedelta(days=30)
"""After an appeal ended: what was needed, and what was offered."""
ALARMS = timedelta(days=30)
TOLD = Text(
    "求助办结 30 天后，原话和别人的回应都删掉，只留编号和日期；没写完的求助也只留 30 天。",
    "30 days after an appeal ended its words and the offers' words are erased, number and dates stay; drafts live 30 days.",
)
_APPEAL = Text("A{number}，{day}，{state}：{kind} {need}", "A{number}, {day}, {state}: {kind} {need}")
_OFFER = Text("{day} 回应求助（{state}）：{what}", "{day} offered to help ({state}): {what}")
_SKILL = Text("能帮忙的：{words}", "can help with: {words}")
_MUTE = Text("不再问您的求助种类：{kind}", "not asked about appeals of the kind: {kind}")
_ALARM = Text("{day} 紧急求助（没记原话）", "{day} emergency (its words were not kept)")


async def mine(work: UnitOfWork, actor: Actor) -> list[Text]:
    """What is kept about a member: appeals, offers, skills, mutes and alarms."""
    require(actor, Permission.OWN_DATA, Subject(work.branch_id, actor.member))
    if actor.member is None:
        return []
    appeals, offers = await work.appeals.of(actor.member), await work.aid_offers.of(actor.member)
    return [
        *(
            _APPEAL(
                number=each.number,
                day=beijing_day(each.asked_at).isoformat(),
                state=state_name(each),
                kind=KIND_NAMES[each.kind] if each.kind else Text("", ""),
                need=each.need,
            )
            for each in appeals
        ),
        *(_OFFER(day=beijing_day(each.at).isoformat(), state=OFFER_NAMES[each.state], what=each.what) for each in offers),
        *(_SKILL(words=each.words) for each in await work.skills.of(actor.member)),
        *(_MUTE(kind=KIND_NAMES[kind]) for kind in await work.skills.mutes_of(actor.member)),
        *(_ALARM(day=beijing_day(each.at).isoformat()) for each in await work.alarms.of(actor.member)),
    ]


async def tidy(work: UnitOfWork) -> None:
    """Erase drafts nobody went on with, the words of what ended, and old alarms (PIPL art. 19)."""
    await work.appeals.erase_drafts_before(work.now - DRAFTS, State.DRAFT.value)
    await work.aid_offers.erase_words_before(work.now - WORDS)
    await work.appeals.erase_words_before(work.now - WORDS)
    await work.alarms.forget_before(work.now - ALARMS)


async def rests_on(work: UnitOfWork, actor: Actor) -> list[Text]:
    """What mutual help rests on, and what the branch decided for itself."""
    require(actor, Permission.HELP, Subject(work.branch_id))
    days = (await aid_posts.lives(work)).days
    return [*_GROUNDS, _DAYS(days=days)]


_GROUNDS = (
    Text(
        "《慈善法》（2023 年修正）第一百二十二条：城乡社区、单位可以在内部开展群众性互助互济。所以只在本支部发，不给外传的链接。",
        "Charity Law (2023), art. 122: communities and units may hold mutual help among themselves. So it stays inside the branch.",
    ),
    Text(
        "第二十六、二十七条：没有公开募捐资格的组织不得公开募捐；网上公开募捐只能在指定平台。所以不向外募捐。",
        "Art. 26, 27: without the qualification nobody may raise funds in public, and online only on designated platforms.",
    ),
    Text(
        "第一百二十四条：个人求助，求助人和信息发布人对真实性负责。所以先说“以上属实”，书记核实后才发。",
        "Art. 124: who asks and who publishes answer for the truth. So it is declared true, and verified before it is posted.",
    ),
    Text(
        "《个人信息保护法》第二十八、二十九条：医疗健康是敏感信息，要单独同意。所以不写病名，提“就医”也先问您。",
        "PIPL, art. 28, 29: health is sensitive and needs a consent of its own. So no illness is named, and you are asked first.",
    ),
)
_DAYS = Text("求助发群后留 {days} 天，可以延长。", "A post stays open for {days} days and can run longer.")
