"""开始寻找, 寻找情况, 结束寻找: a poster that names nobody who is missing, and how the search stands – in the group as counts only."""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.clock import beijing_day
from bot.errors import UserError
from bot.language.as_written import chinese
from bot.language.normalise import bare
from bot.messages import Drawing
from bot.permissions import Actor, Permission, Subject, require
from bot.render.poster import Poster
from bot.services import deployment, drawings, offered, privacy, seeking, sought
from bot.services.sought import State
from bot.texts import Text
from storage.members import Member
from storage.seeking import Campaign
from storage.unit_of_work import UnitOfWork

STARTED, ENDED = "seek_started", "seek_ended"
LONGEST = 120
WORDS = "支部一直惦记着您。不管您在哪里、多久没有联系，家里的大门都为您开着。看到这张海报，请和我们说一声。"
NAMED = Text(
    "海报上不能写人的姓名（“{name}”），请改成不点名的话。还没有开始。",
    "A poster names nobody (“{name}”); please say it without. Nothing was started.",
)
TOO_LONG = Text("海报上的话请在 {most} 字以内，现在有 {count} 字。", "At most {most} characters for the poster; these are {count}.")
RUNNING = Text(
    "从{day}起就在找了。发“寻找情况”看进展，“寻找海报”再要海报，“结束寻找”收尾。",
    "The search runs since {day}. “seekstatus”, “seekposter”, or “seekend”.",
)
NOT_RUNNING = Text("现在没有在寻找。书记发“开始寻找”就有海报。", "No search is going on. The secretary begins one with “seekstart”.")
COUNTS = Text(
    "寻找情况（{since}起）：联系上 {found} 位，正在转达 {asked} 位，还在找 {open} 位。",
    "The search since {since}: in touch {found}, being asked {asked}, still sought {open}.",
)
_GROUP = Text("{what}：{names}", "{what}: {names}")
_FOUND, _ASKED, _OPEN = Text("联系上", "in touch"), Text("正在转达", "being asked"), Text("还在找", "still sought")
SCAN_TELEGRAM = "用 Telegram 的，手机扫一扫就能找到我们"
SCAN_WORDS = "手机扫一扫，看到要发给支部机器人的话"
HOW = "或私聊支部的机器人（{where}），发：报到 您的姓名 {code}"
FOOT = "本海报不点名。您回不回应都由您自己决定，不愿意的，我们不再打扰。"


async def start(work: UnitOfWork, actor: Actor, words: str) -> Campaign:
    """Begin to look, with the branch's own words or the usual ones on the poster. Raises `UserError` for words that name somebody."""
    _may_lead(work, actor)
    running = await work.seeking.running()
    if running is not None:
        raise UserError(RUNNING(day=str(beijing_day(running.started_at))))
    said = chinese(words) or WORDS
    if len(said) > LONGEST:
        raise UserError(TOO_LONG(most=LONGEST, count=len(said)))
    name = named_in(said, await work.members.present())
    if name is not None:
        raise UserError(NAMED(name=name))
    lost = set(await work.seeking.lost())
    lost -= await work.seeking.declined(lost)
    made = work.seeking.start(sought.new_code(), said, len(lost), actor.member)
    if actor.member is not None:
        work.deeds.add(actor.member, STARTED, {"campaign": made.id})
    return made


def named_in(words: str, members: Iterable[Member]) -> str | None:
    """The first name of somebody of the branch that words hold, in characters or latin letters, however it is spaced; None for none."""
    said = "".join(each for each in bare(words) if each.isalnum()).casefold()
    for member in members:
        for name in (member.name, member.latin):
            spelled = "".join(each for each in bare(name) if each.isalnum()).casefold()
            if len(spelled) > 1 and spelled in said and (not spelled.isascii() or len(spelled) > _SHORT):
                return name
    return None


_SHORT = 4
"""Latin letters of a name that other words hold by chance: Li Na is in “liking a nap”."""


async def posters(work: UnitOfWork, actor: Actor) -> list[Drawing]:
    """The poster of the running search: a file for printing, and a picture for phones. Raises `UserError` where none runs."""
    _may_lead(work, actor)
    described = await _poster(work, await _running(work))
    return [drawings.poster_paper(described, "poster-a4.png"), drawings.poster_picture(described)]


async def _poster(work: UnitOfWork, campaign: Campaign) -> Poster:
    branch, link = await work.branches.get(work.branch_id), await deployment.deep_link(work, campaign.code)
    how = HOW.format(where=(await offered.in_words(work)).zh, code=campaign.code)
    held = link or f"报到 您的姓名 {campaign.code}"
    return Poster("寻找党员", branch.name, campaign.words, held, SCAN_TELEGRAM if link else SCAN_WORDS, (how,), FOOT)


async def status(work: UnitOfWork, actor: Actor, platform: str, *, in_group: bool) -> list[Text]:
    """How the search stands: counts; in private, for who may look, the names beneath. Raises `UserError` where none runs."""
    require(actor, Permission.SEEK, Subject(work.branch_id))
    campaign = await _running(work)
    tasks, lost = await work.seeking.tasks(), await work.seeking.lost()
    by_state: dict[Text, list[Any]] = {_FOUND: [], _ASKED: [], _OPEN: []}
    by_state[_FOUND] = [each.member_id for each in tasks.values() if each.state == State.FOUND and each.campaign_id == campaign.id]
    for each in lost:
        state = tasks[each].state if each in tasks else State.OPEN.value
        if state == State.ASKED:
            by_state[_ASKED].append(each)
        elif state in {State.OPEN, State.TAKEN}:
            by_state[_OPEN].append(each)
    found, asked, open_ones = (len(ids) for ids in by_state.values())
    counts = COUNTS(since=str(beijing_day(campaign.started_at)), found=found, asked=asked, open=open_ones)
    if in_group:
        return [counts]
    await work.members.prefetch([each for ids in by_state.values() for each in ids])
    people = {what: await seeking.present(work, ids) for what, ids in by_state.items() if ids}
    lines = [_GROUP(what=what, names=await privacy.listed(work, platform, members)) for what, members in people.items() if members]
    declined = sum(each in tasks and tasks[each].state == State.DECLINED for each in lost)
    return [counts, *lines, *([seeking.ALONE(count=declined)] if declined else [])]


async def end(work: UnitOfWork, actor: Actor, platform: str) -> Text:
    """End the search; the poster's code is good for nothing from now on. Answers how it went, in counts."""
    _may_lead(work, actor)
    campaign = await _running(work)
    told = (await status(work, actor, platform, in_group=True))[0]
    work.seeking.end(campaign.id, work.now)
    if actor.member is not None:
        work.deeds.add(actor.member, ENDED, {"campaign": campaign.id})
    return told


async def undo_start(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> None:
    """Do not look after all."""
    _may_lead(work, actor)
    work.seeking.end(data["campaign"], work.now)


async def undo_end(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> None:
    """Go on looking. Raises `UserError` where another search has begun since."""
    _may_lead(work, actor)
    running = await work.seeking.running()
    if running is not None:
        raise UserError(RUNNING(day=str(beijing_day(running.started_at))))
    work.seeking.end(data["campaign"], None)


def _may_lead(work: UnitOfWork, actor: Actor) -> None:
    """A poster invites people in the branch's name: who looks for them and who invites them."""
    require(actor, Permission.SEEK, Subject(work.branch_id))
    require(actor, Permission.INVITE, Subject(work.branch_id))


async def _running(work: UnitOfWork) -> Campaign:
    running = await work.seeking.running()
    if running is None:
        raise UserError(NOT_RUNNING)
    return running
