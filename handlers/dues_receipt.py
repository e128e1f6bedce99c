"""收据: the paper for dues that were confirmed, one's own alone."""

from bot.commands import Context, Reply, Say, Where, command
from bot.language.dues_talk import invoice
from bot.language.dues_talk import receipt as wanted
from bot.permissions import Permission
from bot.services import dues_receipts, dues_view
from bot.texts import Text

NO_INVOICE = Text(
    "党费不开发票，有收据：组织委员确认到账后，发“收据”就能拿到，上面有编号和大写金额。",
    "There is no invoice for dues, but a receipt: once the dues keeper has confirmed, “receipt” brings it, numbered.",
)


@command(
    *("收据", "党费收据", "我的收据", "receipt"),
    needs=Permission.DUES_OWN,
    help=Text("拿自己的党费收据（PDF）", "get one's own receipt of dues (PDF)"),
    where=Where.PRIVATE,
    takes=Text("[D-2026-0317|3月]", "[D-2026-0317|2026-03]"),
    understands=wanted,
    matter="dues",
    intents=("dues_query:receipt",),
    spoken_to=True,
)
async def receipt(ctx: Context) -> Reply:
    number = await dues_view.receipt_covering(ctx.work, ctx.actor, ctx.args) if ctx.args else ""
    found = await dues_receipts.of_member(ctx.work, ctx.actor, number, ctx.platform)
    return Say(found.text, private=True, drawing=found.paper)


@command(
    *("发票", "党费发票", "invoice"),
    needs=Permission.DUES_OWN,
    help=Text("党费没有发票，有收据", "dues have no invoice, but a receipt"),
    where=Where.PRIVATE,
    understands=invoice,
    hidden=True,
    matter="dues",
    intents=("dues_query:invoice",),
    spoken_to=True,
)
async def no_invoice(ctx: Context) -> Reply:
    return NO_INVOICE
