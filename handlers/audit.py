"""验账: any member may have the ledgers recomputed."""

from collections.abc import Sequence

from bot.commands import Context, Reply, Where, command, holds
from bot.permissions import Permission
from bot.services import ledgers
from bot.services.ledgers import BOOK_NAMES, Book
from bot.texts import Text

HELP = Text("把党费和爱心基金的账算一遍，看有没有被改过", "recompute the ledgers of dues and care fund")
GOOD = Text("{book}：{entries} 笔，账平，没有被改过，校验码 {code}。", "{book}: {entries} entries, balanced, unchanged, check code {code}.")
EMPTY = Text("{book}：还没有账。", "{book}: nothing yet.")
WRONG = Text(
    "{book}：第 {numbers} 笔对不上，请告诉书记和管理员，先不要再记账。",
    "{book}: entries {numbers} do not fit. Please tell the secretary and the operator, and enter nothing more for now.",
)
NEVER_HOLDS = Text("机器人不收钱、不管钱，只记账。", "The bot never holds money; it only keeps the books.")


@command(
    "验账",
    "校验账目",
    "audit",
    needs=Permission.CHECK_LEDGERS,
    help=HELP,
    where=Where.PRIVATE,
    spoken_to=True,
    intents=("fund_query:verify",),
)
async def audit(ctx: Context) -> Reply:
    return Text.join([*[await _told(ctx, book) for book in Book], NEVER_HOLDS])


async def _told(ctx: Context, book: Book) -> Text:
    found = await ledgers.audit_new(ctx.work, ctx.actor, book)
    if found.faults:
        numbers = sorted({fault.number for fault in found.faults})[:5]
        return WRONG(book=BOOK_NAMES[book], numbers=Text.join([Text.plain(str(each)) for each in numbers], "、", ", "))
    return GOOD(book=BOOK_NAMES[book], entries=found.entries, code=found.head[:8]) if found.entries else EMPTY(book=BOOK_NAMES[book])


@holds("ledger", Text("账上（按规定保留）", "in the ledgers (kept as the rules demand)"))
async def mine(ctx: Context) -> Sequence[Text]:
    return await ledgers.mine(ctx.work, ctx.actor)
