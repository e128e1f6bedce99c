"""我妈去世了, 我失业了, 我想退党: a kind word and what the branch can do. Nothing of it is kept."""

from bot.commands import Context, Reply, Say, Where, command
from bot.language import grave_words
from bot.permissions import Permission
from bot.services import whom, worries
from bot.texts import Text

HELP = Text("家里出了大事，说一声", "when something grave has happened")
DEATH = Text(
    "请您节哀，保重身体。这几天的会和活动不用操心，要请假跟书记说一声就行。", "I am very sorry. Look after yourself; meetings can wait."
)
JOBLESS = Text(
    "别灰心，工作会再有的。没了工作，党费可以少交：发“申请减免”。",
    "Do not lose heart. Without work you may pay less dues: send “reduce”.",
)
LEAVING = Text(
    "党员有退党的自由（党章第九条），这是大事，要自己向支部书面提出，由支部大会讨论。我这里不办，也没有记。请当面找{who}谈谈。",
    "A member may leave the party (Constitution, article 9): in writing, to the branch, which its meeting discusses. I do nothing about it "
    "and noted nothing. Please talk to {who} in person.",
)
WHICH = Text("有什么难处，说一句就行，不会记下。", "Tell me in a sentence what troubles you; it is not kept.")


@command(
    *("心里话", "grave"),
    needs=Permission.STUDY,
    help=HELP,
    where=Where.PRIVATE,
    understands=grave_words.heard,
    hidden=True,
    spoken_to=True,
    courtesy=True,
)
async def told(ctx: Context) -> Reply:
    if ctx.args == grave_words.LEAVING:
        return Say(LEAVING(who=await whom.secretary(ctx.work, ctx.member, ctx.platform)), private=True)
    if ctx.args in {grave_words.DEATH, grave_words.JOBLESS}:
        return worries.comfort(ctx.work, ctx.actor, DEATH if ctx.args == grave_words.DEATH else JOBLESS)
    return WHICH
