"""检举: who accuses an official, the secretary above all, is told where to turn; it goes neither to the secretary nor through the bot."""

from bot.commands import Context, Reply, Say, Where, command
from bot.patterns import Pattern
from bot.permissions import Permission
from bot.texts import Text

HELP = Text("反映党员干部的问题该去哪儿", "where to report an official")
TAKES = Text("[情况]", "[what happened]")
WHERE = Text(
    "检举违纪违法是党员的权利（《党章》第四条）。请找上级党组织或纪委，也可以打 12388。您说的我没有记，也不会转给支部的人。",
    "To report misconduct is a member's right (Party Constitution, article 4). Please turn to the higher party organisation or the "
    "discipline commission, telephone 12388. I kept nothing and pass nothing on to anybody in the branch.",
)
_OFFICIAL = "(?:书记|支委|委员|干部|村长|主任)"
_ACCUSES = Pattern(
    f"(?:举报|检举|揭发|控告|投诉|告发)[^,，。;；!！?？]{{0,8}}{_OFFICIAL}"
    f"|{_OFFICIAL}[^,，。;；!！?？]{{0,6}}(?:贪污|受贿|贪钱|违纪|违法|以权谋私|收黑钱|打击报复|挪用)"
    "|^(?:我|俺)?(?:想|要)?(?:匿名|实名)?(?:举报|检举|控告)(?:一?个?人|一下)?[了。!！]?$"
)
"""Where nobody is named it may be the secretary whom it is about."""


def accuses(text: str) -> str | None:
    """Whether somebody accuses an official; what they say is not kept."""
    return "" if _ACCUSES.search(text[:200]) else None


@command(
    "检举干部",
    "举报干部",
    "inform",
    needs=Permission.HELP,
    help=HELP,
    where=Where.PRIVATE,
    takes=TAKES,
    understands=accuses,
    hidden=True,
    intents=("opinion_submit:accuses",),
    spoken_to=True,
)
async def where(ctx: Context) -> Reply:
    return Say(WHERE, private=True) if ctx.actor.member is not None else None
