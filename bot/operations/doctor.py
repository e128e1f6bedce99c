"""`zhibu doctor`: what is wrong with a configuration, in words, and how to mend it."""

import shutil
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from bot import config as configuration
from bot.clock import BEIJING, Clock
from bot.config import Settings
from bot.operations import (
    backup,
    doctor_backups,
    doctor_onebot,
    doctor_qq,
    doctor_telegram,
    doctor_wecom,
    lessons,
    logs,
    noted,
    opening,
    secret_files,
    serving,
)
from bot.operations.findings import Finding, good, mend, note
from bot.operations.lock import holder
from bot.operations.trouble import Trouble
from bot.rules import working_days
from bot.sections.base import BadConfig
from bot.services import browser_chat, deployment
from bot.services.consents import Purpose
from storage import maintenance, server
from storage.database import Database
from storage.keys import BranchId
from storage.unit_of_work import UnitOfWork

ROOM = 200 * 1024 * 1024
"""Bytes that should be free beside the database."""
CALENDAR_AHEAD = timedelta(days=20)
NO_BRANCH = "there is no branch yet; found one with “zhibu init”"


async def examine(path: Path | None, clock: Clock) -> list[Finding]:
    """Everything that was looked at, in the order in which one sets a bot up."""
    try:
        settings = configuration.load(path)
        logs.withhold(settings.secrets())
    except BadConfig as error:
        return [mend(f"the configuration cannot be used: {error}")]
    named = f"the configuration {path} is in order" if path else "no configuration is given (-c config.toml), so the defaults count"
    findings = [good(named) if path else note(named)]
    findings += [note(f"{variable} is set and counts for nothing; did you mean {meant}?") for variable, meant in configuration.overlooked()]
    findings += await _database(settings, clock)
    findings += secret_files.examine(settings)
    findings += _web(settings, clock)
    findings.append(_lessons(settings.study.lessons))
    findings += await doctor_telegram.examine(settings.telegram)
    changed = noted.changed(path, settings)
    findings += await doctor_onebot.examine(settings, await doctor_onebot.look_up(settings, clock), changed)
    findings += await doctor_qq.examine(settings, await doctor_qq.look_up(settings, clock), clock, changed)
    findings += await doctor_wecom.examine(settings, await doctor_wecom.look_up(settings, clock), changed)
    findings.append(_calendar(clock))
    if not settings.platforms() and not settings.web.chat:
        findings.append(mend("nobody can reach the bot: set up [onebot], [wecom], [qq] or [telegram], or [web] chat = true"))
    return findings


async def _database(settings: Settings, clock: Clock) -> list[Finding]:
    try:
        path = opening.usable(settings, clock)
        where = str(path or server.named(Database(settings.database.url, clock).url))
        if path is None:
            version = server.probe(Database(settings.database.url, clock).url)
            findings = [good(f"the database {where} can be read and written (PostgreSQL {version})")]
            findings.append(_running(opening.running_at(settings, clock)))
        elif not path.exists():
            return _not_there(path)
        elif not maintenance.healthy(path):
            return [mend(f"SQLite finds {path} damaged; stop the bot and go back to a back-up with “zhibu restore FILE”")]
        else:
            findings = [good(f"the database {path} can be read and written"), _running(holder(path)), _room(path.parent)]
        if not opening.is_current(settings, clock):
            return [*findings, mend(f"{where} is not of this version of the program; “zhibu migrate” or the next “zhibu run” mends that")]
        async with opening.as_it_is(settings, clock) as database:
            if not await database.run(deployment.is_sample):
                findings.append(_keys(database))
                findings += doctor_backups.examine(settings, path, clock) if path else [note(f"back-ups: {backup.POSTGRES}")]
            return findings + await _branches(database, settings)
    except Trouble as error:
        return [mend(str(error))]


def _keys(database: Database) -> Finding:
    file = database.vault.file
    return good(
        f"{len(file.every())} of the keys of sealed columns in {file.path}, none missing; see that a copy is kept, not with back-ups"
    )


def _lessons(folder: str) -> Finding:
    try:
        faults, sound = lessons.check(folder)
    except Trouble as error:
        return note(str(error))
    if faults:
        return note(f"{len(faults)} faults in the lesson files, {sound} lessons are good; “zhibu lessons check” shows them all")
    return good(f"{sound} lessons are in order")


def _not_there(path: Path) -> list[Finding]:
    folder = next(each for each in path.absolute().parents if each.exists())
    return [note(f"there is no database {path} yet; the first command that needs it makes it"), _room(folder), mend(NO_BRANCH)]


def _web(settings: Settings, clock: Clock) -> list[Finding]:
    web = settings.web
    if not web.chat and settings.telegram.mode == "polling" and not settings.onebot.accounts:
        return [note("[web] chat is off, so there is no page")]
    findings = [_port(settings, clock)]
    if web.exposed:
        findings.append(note("[web] exposed is on: see that TLS stands in front of the page"))
        if not web.address.startswith("https://"):
            findings.append(mend("[web] address must be the https:// address under which people open the page, or links lead nowhere"))
    elif web.chat and not web.address and settings.platforms():
        findings.append(note("links to the page open on this computer only; set [web] address if it is served elsewhere"))
    return findings


def _port(settings: Settings, clock: Clock) -> Finding:
    web, running = settings.web, _page(settings, clock)
    if running and not web.address and (at := urlsplit(running)).port is not None:
        other = web.port not in {0, at.port}
        return good(f"the page is on {at.hostname}, port {at.port}" + (f"; port {web.port} is what the next start tries" if other else ""))
    if web.port == 0 or running is not None or serving.is_free(web.host, web.port):
        return good(f"the page is on {web.host}, port {web.port or 'of its own choice'}")
    taken = f"port {web.port} on {web.host} is taken or not allowed"
    if "port" in web.model_fields_set:
        return mend(f"{taken}; set another [web] port")
    return note(f"{taken}; “zhibu run” takes the next free one, unless you set [web] port")


def _calendar(clock: Clock) -> Finding:
    """Whether the public holidays of the coming days are known: those of a year are published in the autumn before."""
    year = (clock() + CALENDAR_AHEAD).astimezone(BEIJING).year
    if working_days.is_known(year):
        return good(f"the public holidays of {year} are known")
    return note(f"the public holidays of {year} are not known yet, so weekdays count as working days; update the package chinesecalendar")


def _page(settings: Settings, clock: Clock) -> str | None:
    """Where our own program has its page now, empty if it has not said, None if none runs; a bad database is told elsewhere."""
    try:
        return opening.running_at(settings, clock)
    except Trouble:
        return None


def _running(address: str | None) -> Finding:
    if address is None:
        return note("zhibu is not running on this database; start it with “zhibu run”")
    return good("zhibu is running" + (f" at {address}" if address.startswith("http") else ""))


def _room(folder: Path) -> Finding:
    free = shutil.disk_usage(folder).free
    if free < ROOM:
        return mend(f"only {free // 1024**2} MiB are free beside the database; make room, or nothing can be kept")
    return good(f"{free // 1024**3} GiB are free beside the database")


async def _branches(database: Database, settings: Settings) -> list[Finding]:
    if await database.run(deployment.is_sample):
        if settings.platforms():
            return [mend("this database holds the invented sample branch; for a real bot set [database] url to a new file")]
        return [note("this database holds the invented sample branch")]
    found = await database.run(opening.branches)
    if not found:
        return [mend(NO_BRANCH)]
    findings: list[Finding] = []
    for branch in found:
        findings += await database.run(_branch, branch.id, settings)
    return findings


async def _branch(work: UnitOfWork, branch: BranchId, settings: Settings) -> list[Finding]:
    work.enter(branch)
    telegram = bool(settings.telegram.secret())
    name = (await work.branches.get(branch)).name
    members = await work.members.present()
    accounts = await work.accounts.of_branch()
    bound = {account.member_id for account in accounts}
    secretaries = [each for each in members if "secretary" in each.roles]
    findings = [good(f"branch “{name}”: {len(members)} member{'' if len(members) == 1 else 's'}, {len(bound)} of them bound")]
    if not secretaries:
        findings.append(mend(f"branch “{name}” has no secretary; make a code with “zhibu init --again --branch {name} --secretary NAME”"))
    elif not any(each.id in bound for each in secretaries):
        findings.append(mend(f"the secretary of “{name}” is not bound yet; they send the code to the bot in private (a new one: --again)"))
    groups = [group for group in await work.chats.of_branch() if group.key.platform != browser_chat.PLATFORM]
    if settings.platforms() and not groups:
        findings.append(mend(f"no group of “{name}” is bound; add the bot to it, then the secretary sends 绑定本群 there"))
    if telegram and not settings.telegram.members_own_choice:
        there = {account.member_id for account in accounts if account.key.platform == "telegram"}
        agreed = await work.consents.given(there, Purpose.ABROAD.value)
        if missing := len(there) - len(agreed):
            findings.append(
                note(f"{missing} on Telegram {'has' if missing == 1 else 'have'} not agreed that what concerns them goes there; it waits")
            )
    return findings
