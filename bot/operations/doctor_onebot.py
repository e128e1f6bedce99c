"""The doctor's questions about QQ by OneBot: is it reached, is the token taken, is the account on QQ, what may the bot do in its groups."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession, ClientTimeout, WSServerHandshakeError

from bot.clock import Clock
from bot.config import Settings
from bot.loopback import LOOPBACK
from bot.operations import doctor_lines, noted
from bot.operations.findings import Finding, good, mend, note
from bot.platforms.json_fields import Json, mapping, words
from bot.platforms.onebot.calls import TOKEN, Failed, Failure, Line, Patience
from bot.platforms.onebot.fields import ident
from bot.platforms.onebot.forward import NO_TOKEN
from bot.platforms.onebot.hub import SOCKET
from bot.platforms.onebot.places import Place, noted_as, place, read
from bot.platforms.onebot.posts import HttpLine
from bot.platforms.onebot.standing import DOOR, MISSING, SECOND, STRANGER, WRONG
from bot.platforms.onebot.wire import PASSED_OVER, Wire
from bot.sections.onebot import OneBot
from bot.services import deployment
from storage.keys import ChatKey
from storage.unit_of_work import UnitOfWork

PATIENCE = 5.0
SECRET = 16
"""Signs that a token should have."""
_REFUSED = frozenset({MISSING, WRONG, DOOR, STRANGER})
"""Somebody came to the right address, and was turned away."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the database knows: how the line of each account stood last, and the groups that are bound, by their account."""

    lines: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)
    """The number and the name of each group."""
    places: Mapping[str, Mapping[str, Place]] = field(default_factory=dict)
    """What the running bot learnt last of what it may do in its groups, by their account and number."""
    now: float = 0.0
    """Unix seconds."""
    running: bool = False
    moments: Mapping[str, datetime | None] = field(default_factory=dict)
    """When it was noted how the line of an account stands."""


async def look_up(settings: Settings, clock: Clock) -> Known:
    """What the database knows; nothing where it cannot be asked, which is told elsewhere."""
    if not settings.onebot.accounts:
        return Known()
    return await doctor_lines.look_up(settings, clock, _known, settings.onebot.accounts) or Known()


async def _known(work: UnitOfWork, accounts: Sequence[str], *, running: bool) -> Known:
    lines = {each: await deployment.line(work, "onebot", each) for each in accounts}
    moments = {each: await deployment.line_at(work, "onebot", each) for each in accounts}
    groups: dict[str, list[tuple[str, str]]] = {each: [] for each in accounts}
    for branch in await work.branches.all():
        work.enter(branch.id)
        for group in await work.chats.of_branch():
            key: ChatKey = group.key
            if key.platform == "onebot" and key.instance in groups:
                groups[key.instance].append((key.chat_id.removeprefix("g"), group.title))
    places = {each: read(await deployment.line(work, "onebot", noted_as(each))) for each in accounts}
    return Known(lines, groups, places, work.now.timestamp(), running, moments)


async def examine(settings: Settings, met: Known, changed: datetime | None = None) -> list[Finding]:
    """What there is to say about [onebot]; nothing where it is not used. No token is ever shown. `changed`: when the configuration was."""
    section = settings.onebot
    if not section.accounts:
        return []
    findings = _guarded(section)
    for order, account in enumerate(section.accounts):
        if section.mode == "reverse":
            findings.append(_waited_for(settings, account, met, changed))
            findings += _noted(account, met)
        else:
            findings += await _called(section, account, section.urls[order], met)
        if account in met.groups and not met.groups[account]:
            findings.append(mend(f"QQ {account}: no group is bound to it; take it into the group, where the secretary sends 绑定本群"))
    return findings


def _guarded(section: OneBot) -> list[Finding]:
    token, findings = section.secret(), []
    if not token:
        findings.append(note("[onebot] has no token_file: a OneBot is only taken on this computer; set one as soon as it moves"))
    elif len(token) < SECRET:
        findings.append(mend(f"the token of [onebot] is short enough to be guessed; take {SECRET} signs or more, the same in OneBot"))
    if section.mode == "http" and len(section.signing()) < SECRET:
        findings.append(mend(f"[onebot] signature is short enough to be guessed; take {SECRET} signs or more, the same in OneBot"))
    for each in section.urls:
        parts = urlsplit(each)
        if parts.scheme not in {"wss", "https"} and parts.hostname not in LOOPBACK:
            findings.append(note("[onebot] urls is not encrypted: whoever is on the way to it can read the token and what is said"))
    return findings


def _waited_for(settings: Settings, account: str, met: Known, changed: datetime | None) -> Finding:
    """OneBot calls us: only the running bot knows whether it did."""
    host = "127.0.0.1" if settings.web.host in {"0.0.0.0", "::"} else settings.web.host  # noqa: S104 – read, not bound
    address = f"ws://{host}:{settings.web.port or 'PORT'}{SOCKET}"
    line = met.lines.get(account, "")
    if not met.running:
        return note(f"QQ {account}: start “zhibu run”, then give OneBot the address {address} as a WebSocket client, and the same token")
    if SECOND in line:
        return mend(f"QQ {account}: OneBot is {line}")
    if line.startswith("connected"):
        return good(f"QQ {account}: OneBot is {line}")
    stands = noted.told(line or "OneBot was never seen", met.moments.get(account), changed)
    if line in _REFUSED:
        return mend(f"QQ {account}: {stands}")
    return mend(f"QQ {account}: {stands}. In OneBot’s own page the WebSocket client must lead to {address}")


def _noted(account: str, met: Known) -> list[Finding]:
    """What the running bot saw of the bound groups; nothing while it does not reach them."""
    places = met.places.get(account, {})
    if not met.running or not places or not met.lines.get(account, "").startswith("connected"):
        return []
    return [_may_do(account, title, places.get(group), met) for group, title in met.groups.get(account, ())]


async def _called(section: OneBot, account: str, url: str, met: Known) -> list[Finding]:
    """We call OneBot: so can the doctor."""
    try:
        async with asyncio.timeout(PATIENCE), _line(section, url) as line:
            return await _asked(line, account, met)
    except WSServerHandshakeError as error:
        return [mend(f"QQ {account}: {NO_TOKEN if error.status in {401, 403} else f'OneBot answers {error.status}; see [onebot] urls'}")]
    except Failed as error:
        return [mend(f"QQ {account}: {NO_TOKEN if error.retcode in TOKEN else f'OneBot says {error}'}")]
    except (Failure, ClientError, OSError, TimeoutError) as error:
        return [mend(f"QQ {account}: OneBot cannot be reached ({type(error).__name__}); see that it runs, and [onebot] urls")]


@asynccontextmanager
async def _line(section: OneBot, url: str) -> AsyncIterator[Line]:
    token = section.secret()
    if section.mode == "http":
        line = HttpLine(url, token)
        try:
            yield line
        finally:
            await line.close()
        return
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with (
        ClientSession(timeout=ClientTimeout(total=PATIENCE)) as session,
        session.ws_connect(url, headers=headers, max_msg_size=PASSED_OVER, autoping=False, compress=0, decode_text=False) as socket,
    ):
        wire = Wire(socket, "API", _nothing, Patience())
        reading = asyncio.create_task(wire.run())
        try:
            yield _Refusing(wire)
        finally:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)


async def _nothing(_wire: Wire, _event: Json) -> None:
    """The running bot takes the events."""


class _Refusing:
    """A wire whose end tells whether the token was wrong."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def is_open(self) -> bool:
        return self._wire.is_open()

    async def call(self, action: str, params: Json, wait: float) -> object:
        try:
            return await self._wire.call(action, params, wait)
        except Failure:
            if self._wire.refused:
                raise Failed(1403, "the token is not taken") from None
            raise


async def _asked(line: Line, account: str, met: Known) -> list[Finding]:
    there = ident(mapping(await line.call("get_login_info", {}, PATIENCE)).get("user_id"))
    if there != account:
        return [mend(f"QQ {account}: another account ({there or 'none'}) is logged in at its address; see the order of [onebot] urls")]
    version = mapping(await line.call("get_version_info", {}, PATIENCE))
    named = " ".join(filter(None, (words(version.get("app_name"))[:40], words(version.get("app_version"))[:40])))
    if mapping(await line.call("get_status", {}, PATIENCE)).get("online") is False:
        return [mend(f"QQ {account}: the account is off QQ; log it in again on OneBot’s own page")]
    findings = [good(f"QQ {account}: {named or 'OneBot'} takes the token, and the account is on QQ")]
    for group, title in met.groups.get(account, ()):
        findings.append(await _place_in(line, account, group, title, met))
    return findings


async def _place_in(line: Line, account: str, group: str, title: str, met: Known) -> Finding:
    """What the bot may do in a bound group."""
    asked = {"group_id": int(group), "user_id": int(account), "no_cache": True}
    try:
        member = mapping(await line.call("get_group_member_info", asked, PATIENCE))
    except Failed:
        return _may_do(account, title, None, met)
    try:
        told = mapping(await line.call("get_group_info", {"group_id": int(group)}, PATIENCE))
    except Failed:
        told = {}
    return _may_do(account, title, place(member, told), met)


def _may_do(account: str, title: str, found: Place | None, met: Known) -> Finding:
    if found is None:
        return mend(
            f"QQ {account} is not in the bound group “{title}” any more; a member invites it, or the secretary sends 绑定本群 elsewhere"
        )
    if found.muted_until > met.now:
        return mend(f"QQ {account} is muted in “{title}”: nothing it says gets out there until an administrator of the group lifts that")
    if found.admin:
        return good(f"QQ {account} is an administrator of the group “{title}”: it may let people in, take messages back and post 群公告")
    return note(f"QQ {account} is no administrator of “{title}”: it speaks there, but lets nobody in, takes nothing back, posts no 群公告")
