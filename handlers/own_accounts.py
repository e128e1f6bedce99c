"""我的账号 and 解绑: the accounts that are one person's, and letting one of them go."""

from datetime import timedelta

from bot.commands import Ask, Choice, Context, Pages, Reply, Where, answer, command
from bot.permissions import Permission
from bot.services import own_accounts
from bot.services.asking import CONFIRM
from bot.texts import Text

HELP = Text("看自己绑了哪些账号", "see which accounts are yours")
HELP_UNBIND = Text("解绑自己的一个账号", "let one of your accounts go")
TAKES = Text("编号或平台", "NUMBER or platform")
HEADING = Text("您的账号：", "Your accounts:")
HOW = Text("再绑一个，发“绑定新账号”；去掉一个，发“解绑 编号”。", "To bind another, send “newaccount”; to let one go, “unbind NUMBER”.")
WHICH = Text("解绑哪个账号？", "Which account shall go?")
SURE = Text(
    "解绑{account}？以后我不再往那边发，那边说话我也不认得您。您的记录都在，一样不少。",
    "Let {account} go? Nothing will be sent there any more, and I will not know you there. Everything you did stays.",
)
SURE_HERE = Text(
    "解绑的是您正在用的{account}。以后在这里我不认得您，请用别的账号。您的记录一样不少。对吗？",
    "That is the {account} you are using. I will not know you here any more; please use another. Everything you did stays. Is that right?",
)
DONE = Text(
    "好，解绑了。想用回来，发“绑定新账号”，再到那边发码。", "Done. To have it back, send “newaccount” and send the code from there."
)
NOT_DONE = Text("好，没有动。", "All right, nothing was changed.")
CANCEL = Choice(Text("取消", "cancel"), ("不", "算了", "no"))


@command(
    "我的账号",
    "我绑定的账号",
    "我绑了哪些账号",
    "accounts",
    needs=Permission.OWN_DATA,
    help=HELP,
    where=Where.PRIVATE,
    intents=("bind_account:status",),
    spoken_to=True,
)
async def accounts(ctx: Context) -> Reply:
    found = await own_accounts.mine(ctx.work, ctx.actor)
    return Pages(HEADING, [*own_accounts.told(found, ctx.incoming.sender.key), HOW])


@command(
    "解绑",
    "解绑账号",
    "取消绑定",
    "unbind",
    needs=Permission.OWN_DATA,
    help=HELP_UNBIND,
    where=Where.PRIVATE,
    takes=TAKES,
    fits=own_accounts.is_meant,
    intents=("bind_account:unbind",),
    spoken_to=True,
)
async def unbind(ctx: Context) -> Reply:
    found = await own_accounts.mine(ctx.work, ctx.actor)
    if ctx.word and ctx.args:
        return _sure(ctx, own_accounts.called(found, ctx.args))
    if len(found) < 2:
        return own_accounts.LAST
    titles = [own_accounts.title(each, ctx.incoming.sender.key) for each in found]
    return Ask("unbind_which", WHICH, (*map(Choice, titles), CANCEL), data={"accounts": [list(each.key) for each in found]}, columns=1)


def _sure(ctx: Context, account: own_accounts.Account) -> Ask:
    text = SURE_HERE if account.key == ctx.incoming.sender.key else SURE
    named = text(account=own_accounts.title(account, ctx.incoming.sender.key))
    return Ask("unbind_account", named, CONFIRM, timedelta(minutes=10), {"account": list(account.key)})


@answer("unbind_which", needs=Permission.OWN_DATA)
async def chosen(ctx: Context) -> Reply:
    keys = ctx.question.data["accounts"] if ctx.question else []
    if ctx.choice >= len(keys):
        return NOT_DONE
    found = await own_accounts.mine(ctx.work, ctx.actor)
    account = next((each for each in found if list(each.key) == keys[ctx.choice]), None)
    return own_accounts.GONE if account is None else _sure(ctx, account)


@answer("unbind_account", needs=Permission.OWN_DATA)
async def unbind_it(ctx: Context) -> Reply:
    if ctx.choice != 0 or ctx.question is None:
        return NOT_DONE
    await own_accounts.unbind(ctx.work, ctx.actor, own_accounts.key_of(ctx.question.data))
    return DONE
