"""提供资料: giving a host what a member agreed to; the member's own word about it, and what was given (共享记录)."""

from collections.abc import Sequence

from bot.commands import Context, Pages, Reply, Say, Where, answer, command, grounds, holds
from bot.language import agreements as language
from bot.language import consents
from bot.permissions import Permission
from bot.services import sharing, sharing_papers
from bot.texts import Text

HEADING = Text("经您同意，给过这些：", "With your consent this was given:")
GROUNDS = (
    Text(
        "《中国共产党党员教育管理工作条例》（2019）：一方隶属、参加多重组织生活，流入地党组织协助管理。",
        "Regulations on members' education and management (2019): one membership, taking part in several places; the host helps.",
    ),
    Text(
        "流入党员在流入地过组织生活，表决权、选举权、被选举权在原支部。",
        "Guests take part where they are; to vote, to elect and to be elected belongs to the branch of their membership.",
    ),
    Text(
        "《个人信息保护法》第二十三条：向别的组织提供个人信息，要告诉本人给谁、做什么、给什么，取得单独同意；第十五条：随时能收回。",
        "Personal Information Protection Law, art. 23: to give data to another one says to whom, why and what, and asks separate consent; "
        "art. 15: it can be withdrawn.",
    ),
)


@command(
    *("提供资料", "share"),
    needs=Permission.SHARE,
    help=Text("本人同意后，出一份给流入地的材料", "make a paper for a host, once the person agrees"),
    where=Where.PRIVATE,
    takes=Text("姓名 给 对方", "NAME to HOST"),
    understands=language.sharing,
    matter="sharing",
    also=("共享资料", "出材料"),
    spoken_to=True,
)
async def share(ctx: Context) -> Reply:
    about, members = await sharing.begin(ctx.work, ctx.actor, ctx.args, ctx.platform)
    said: list[Say] = []
    for member in members:
        if (await sharing.standing(ctx.work, member.id, about)).state == "agreed":
            text, drawing = await sharing_papers.paper(ctx.work, ctx.actor, member, about, ctx.platform)
            said.append(Say(text, private=True, drawing=drawing))
        else:
            said.append(Say(await sharing.ask(ctx.work, ctx.actor, member, about, ctx.platform), private=True))
    return said


@answer(sharing.KIND, needs=Permission.OWN_DATA, matter="sharing")
async def consented(ctx: Context) -> Reply:
    return await sharing.answered(ctx.work, ctx.actor, ctx.question.data if ctx.question else {}, ctx.choice)


@answer(sharing.READY, needs=Permission.SHARE)
async def take(ctx: Context) -> Reply:
    if ctx.choice != 0 or ctx.question is None:
        return sharing.LATER
    text, drawing = await sharing_papers.take(ctx.work, ctx.actor, ctx.question.data, ctx.platform)
    return Say(text, private=True, drawing=drawing)


@command(
    *("不再提供资料", "stopsharing"),
    needs=Permission.OWN_DATA,
    help=Text("不再把您的资料给流入地党组织，当场生效", "nothing of you is given to a host any more, from now on"),
    where=Where.PRIVATE,
    also=(
        "不同意提供资料",
        "不同意提供我的资料",
        "不再提供我的资料",
        "不要提供我的资料",
        "撤回共享",
        "收回共享",
        "不再共享",
        "stop sharing",
    ),
    understands=consents.stops_sharing,
    intents=("consent_withdraw:share",),
    matter="sharing",
    spoken_to=True,
)
async def withdraw(ctx: Context) -> Reply:
    return await sharing.withdrawn(ctx.work, ctx.actor)


@command(
    *("同意提供资料", "allowsharing"),
    needs=Permission.OWN_DATA,
    help=Text("改主意了，愿意把资料给流入地党组织", "let your data be given to a host after all"),
    where=Where.PRIVATE,
    also=("同意提供我的资料", "愿意提供资料", "allow sharing"),
    intents=("consent:share",),
    matter="sharing",
    hidden=True,
    spoken_to=True,
)
async def allow(ctx: Context) -> Reply:
    return await sharing.allowed(ctx.work, ctx.actor)


@command(
    *("共享记录", "sharinglog"),
    needs=Permission.OWN_DATA,
    help=Text("看把您的什么给过哪个党组织", "see what of you was given to which organisation"),
    where=Where.PRIVATE,
    also=("我的共享记录", "谁拿到了我的资料", "我的资料给过谁", "资料共享记录", "sharing log"),
    matter="sharing",
    spoken_to=True,
)
async def log(ctx: Context) -> Reply:
    lines = await sharing_papers.given(ctx.work, ctx.actor)
    return Pages(HEADING, lines) if lines else sharing_papers.NOTHING


@holds("sharing", Text("给流入地党组织的资料", "what is given to hosts"))
async def mine(ctx: Context) -> Sequence[Text]:
    return await sharing_papers.held(ctx.work, ctx.actor)


@grounds("sharing", Text("双向管理、提供资料", "two-place management and sharing"), "双向管理", "流入党员", "共享资料")
async def rests_on(_ctx: Context) -> Sequence[Text]:
    return GROUNDS
