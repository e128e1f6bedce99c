"""`zhibu doctor`: what is wrong with a configuration, in words, and how to mend it."""

import shutil
from pathlib import Path

from bot import config as configuration
from bot.clock import Clock
from bot.config import BadConfig, Settings
from bot.operations import doctor_telegram, opening
from bot.operations.findings import Finding, good, mend, note
from bot.operations.lock import InUse, Lock
from bot.operations.trouble import Trouble
from bot.services import browser_chat, deployment
from bot.services.consents import Purpose
from storage import maintenance
from storage.database import Database
from storage.keys import BranchId
from storage.unit_of_work import UnitOfWork

ROOM = 200 * 1024 * 1024
"""Bytes that should be free beside the database."""


async def examine(path: Path | None, clock: Clock) -> list[Finding]:
    """Everything that was looked at, in the order in which one sets a bot up."""
    try:
        settings = configuration.load(path)
        settings.telegram.secret()
    except BadConfig as error:
        return [mend(f"the configuration cannot be used: {error}")]
    named = f"the configuration {path} is in order" if path else "no configuration is given (-c config.toml), so the defaults count"
    findings = [good(named) if path else note(named)]
    findings += await _database(settings, clock)
    findings += _web(settings)
    findings += await doctor_telegram.examine(settings.telegram)
    if not settings.telegram.secret() and not settings.web.chat:
        findings.append(mend("nobody can reach the bot: set [telegram] token, or [web] chat = true"))
    return findings


async def _database(settings: Settings, clock: Clock) -> list[Finding]:
    try:
        path = opening.usable(settings, clock)
        there = path.exists()
        if there and not maintenance.healthy(path):
            return [mend(f"SQLite finds {path} damaged; stop the bot and go back to a backup")]
        async with opening.opened(settings, clock) as database:
            branches = await _branches(database, settings)
    except Trouble as error:
        return [mend(str(error))]
    findings = [good(f"the database {path} can be read and written" + ("" if there else " (it was made just now)"))]
    findings += [_running(path), _room(path.parent)]
    return findings + branches


def _web(settings: Settings) -> list[Finding]:
    web = settings.web
    if not web.chat and settings.telegram.mode == "polling":
        return [note("[web] chat is off, so there is no page")]
    findings = [good(f"the page is on {web.host}, port {web.port or 'of its own choice'}")]
    if web.exposed:
        findings.append(note("[web] exposed is on: see that TLS stands in front of the page"))
        if not web.address.startswith("https://"):
            findings.append(mend("[web] address must be the https:// address under which people open the page, or links lead nowhere"))
    elif web.chat and not web.address and settings.telegram.secret():
        findings.append(note("links to the page open on this computer only; set [web] address if it is served elsewhere"))
    return findings


def _running(path: Path) -> Finding:
    try:
        with Lock(path):
            return note("zhibu is not running on this database; start it with “zhibu run”")
    except InUse as busy:
        return good("zhibu is running" + (f" at {busy.address}" if busy.address.startswith("http") else ""))


def _room(folder: Path) -> Finding:
    free = shutil.disk_usage(folder).free
    if free < ROOM:
        return mend(f"only {free // 1024**2} MiB are free beside the database; make room, or nothing can be kept")
    return good(f"{free // 1024**3} GiB are free beside the database")


async def _branches(database: Database, settings: Settings) -> list[Finding]:
    if await database.run(deployment.is_sample):
        if settings.telegram.secret():
            return [mend("this database holds the invented sample branch; for a real bot set [database] url to a new file")]
        return [note("this database holds the invented sample branch")]
    found = await database.run(opening.branches)
    if not found:
        return [mend("there is no branch yet; found one with “zhibu init”")]
    findings: list[Finding] = []
    for branch in found:
        findings += await database.run(_branch, branch.id, telegram=bool(settings.telegram.secret()))
    return findings


async def _branch(work: UnitOfWork, branch: BranchId, *, telegram: bool) -> list[Finding]:
    work.enter(branch)
    name = (await work.branches.get(branch)).name
    members = await work.members.present()
    accounts = await work.accounts.of_branch()
    bound = {account.member_id for account in accounts}
    secretaries = [each for each in members if "secretary" in each.roles]
    findings = [good(f"branch “{name}”: {len(members)} members, {len(bound)} of them bound")]
    if not secretaries:
        findings.append(mend(f"branch “{name}” has no secretary; make a code with “zhibu init --again --branch {name} --secretary NAME”"))
    elif not any(each.id in bound for each in secretaries):
        findings.append(mend(f"the secretary of “{name}” is not bound yet; they send the code to the bot in private (a new one: --again)"))
    groups = [group for group in await work.chats.of_branch() if group.key.platform != browser_chat.PLATFORM]
    if telegram and not groups:
        findings.append(mend(f"no group of “{name}” is bound; add the bot to it, then the secretary sends 绑定本群 there"))
    if telegram and await deployment.asks_consent(work, "telegram"):
        there = {account.member_id for account in accounts if account.key.platform == "telegram"}
        agreed = await work.consents.given(there, Purpose.ABROAD.value)
        if len(agreed) < len(there):
            findings.append(note(f"{len(there) - len(agreed)} on Telegram have not agreed that what concerns them goes there; it waits"))
    return findings
