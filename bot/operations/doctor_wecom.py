"""The doctor's questions about WeCom: is the bot connected, are the webhooks known and bound, is the app let in and called.

One connection a bot: where the bot runs the doctor does not connect, which would cut it off, but reads how its line stands.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

import structlog
from aiohttp import ClientError, ClientSession

from bot.clock import Clock
from bot.config import Settings
from bot.loopback import LOOPBACK
from bot.operations import doctor_lines, noted
from bot.operations.findings import Finding, good, mend, note
from bot.platforms.base import SendError
from bot.platforms.json_fields import Json
from bot.platforms.wecom.api import Http
from bot.platforms.wecom.app import ADDRESS_WRONG, NOT_TRUSTED, SECRET_WRONG
from bot.platforms.wecom.connection import Connection
from bot.platforms.wecom.errors import Failed
from bot.platforms.wecom.keeping import CONNECTED, REJECTED
from bot.platforms.wecom.webhook import BAD_KEY
from bot.sections.base import BadConfig
from bot.sections.wecom import WeCom
from bot.services import deployment
from storage.unit_of_work import UnitOfWork

PATIENCE = 5.0
"""Seconds that WeCom may take to answer."""
_PLACE = "管理后台 → 应用管理 → 自建应用 → 接收消息"


@dataclass(frozen=True, slots=True)
class Known:
    """What the database knows: how the lines stood last, the names of bound outlets, and how many groups the bot speaks in."""

    bot: str = ""
    app: str = ""
    outlets: Sequence[str] = ()
    groups: int = 0
    running: bool = False
    bot_at: datetime | None = field(default=None, compare=False)
    app_at: datetime | None = field(default=None, compare=False)
    """When it was noted how the lines stand."""


async def look_up(settings: Settings, clock: Clock) -> Known | None:
    """What the database knows; None where it cannot be asked, which is told elsewhere."""
    if not settings.wecom.used():
        return None
    return await doctor_lines.look_up(settings, clock, _known)


async def _known(work: UnitOfWork, *, running: bool) -> Known:
    bound = [(each.key.instance, each.key.chat_id) for each in await doctor_lines.bound(work, "wecom")]
    return Known(
        await deployment.line(work, "wecom", "main"),
        await deployment.line(work, "wecom", "app"),
        [name for instance, name in bound if instance == "webhook"],
        sum(instance == "main" for instance, _ in bound),
        running,
        await deployment.line_at(work, "wecom", "main"),
        await deployment.line_at(work, "wecom", "app"),
    )


async def examine(settings: Settings, met: Known | None, changed: datetime | None = None) -> list[Finding]:
    """What there is to say about [wecom]; nothing where it is not used. No secret is ever shown. `changed`: when the configuration was."""
    section, known = settings.wecom, met or Known()
    try:
        section.secrets()
    except BadConfig as error:
        return [mend(str(error))]
    findings: list[Finding] = []
    if section.bot_id:
        findings += await _bot(section, known, changed)
    if section.outlets():
        findings += await _outlets(section, known)
    if section.app():
        findings += await _app(settings, known, changed)
    return findings


async def _bot(section: WeCom, known: Known, changed: datetime | None) -> list[Finding]:
    if not section.hidden():
        return [
            mend("[wecom] bot_id is set without its Secret; copy it from the bot's API settings into a file, and name that as secret_file")
        ]
    if known.running:
        line = noted.told(known.bot or "not connected yet", known.bot_at, changed)
        stands = good("WeCom's bot is connected") if known.bot == CONNECTED else mend(f"WeCom's bot: {line}")
    else:
        stands = await _subscribed(section)
    findings = [stands]
    if urlsplit(section.url).scheme != "wss" and urlsplit(section.url).hostname not in LOOPBACK:
        findings.append(note("[wecom] url is not wss://: whoever is on the way to it can read the Secret and what is said"))
    if not section.bot_name:
        findings.append(note("set [wecom] bot_name to the bot's name, so that “@name” is taken out wherever it stands in a message"))
    if not known.groups:
        findings.append(mend("no WeCom group is bound; add the bot to the internal group, then the secretary sends @机器人 绑定本群 there"))
    return findings


async def _subscribed(section: WeCom) -> Finding:
    """Nobody is connected whom that could cut off: the doctor connects itself, and leaves at once."""
    try:
        async with asyncio.timeout(2 * PATIENCE), ClientSession() as session:
            socket = await session.ws_connect(section.url, decode_text=False)
            connection = Connection(socket, _nothing, structlog.get_logger("doctor"), ack_seconds=PATIENCE, ping_seconds=60)
            try:
                await connection.subscribe(section.bot_id, section.hidden())
            finally:
                await connection.close()
    except Failed:
        return mend(REJECTED)
    except (SendError, ClientError, OSError, TimeoutError, ValueError) as error:
        return mend(f"WeCom's long connection cannot be reached ({type(error).__name__}); see the network, or [wecom] url")
    return good("WeCom takes the bot's BotID and Secret")


async def _nothing(_: Json) -> None:
    """The running bot takes the events."""


async def _outlets(section: WeCom, known: Known) -> list[Finding]:
    http = Http(section.api_url, PATIENCE)
    await http.open()
    try:
        return [await _outlet(http, name, key, bound=name in known.outlets) for name, key in section.outlets().items()]
    finally:
        await http.close()


async def _outlet(http: Http, name: str, key: str, *, bound: bool) -> Finding:
    """Whether WeCom knows a webhook: it is sent a message of no sort, which it refuses and shows nobody."""
    try:
        await http.post("/cgi-bin/webhook/send", {"key": key}, {"msgtype": "none"})
    except Failed as error:
        if error.code in BAD_KEY:
            return mend(f"WeCom does not know the webhook “{name}”; copy its address again from the group's 消息推送")
    except SendError as error:
        return mend(f"WeCom's API cannot be asked about the webhook “{name}” ({error}); see the network, or [wecom] api_url")
    if bound:
        return good(f"WeCom knows the webhook “{name}”, and a branch posts there")
    return note(f"WeCom knows the webhook “{name}”, and no branch posts there; the secretary sends 绑定推送 {name} to the bot in private")


async def _app(settings: Settings, known: Known, changed: datetime | None) -> list[Finding]:
    section = settings.wecom
    http = Http(section.api_url, PATIENCE)
    await http.open()
    try:
        await http.get("/cgi-bin/gettoken", {"corpid": section.corp_id, "corpsecret": section.app_hidden()})
        findings = [good("WeCom takes the CorpID and the Secret of the app")]
    except Failed as error:
        findings = [mend(ADDRESS_WRONG if error.code == NOT_TRUSTED else SECRET_WRONG)]
    except SendError as error:
        findings = [mend(f"WeCom's API cannot be reached ({error}); see the network, or [wecom] api_url")]
    finally:
        await http.close()
    if known.running and known.app:
        findings.append(mend(f"WeCom's app: {noted.told(known.app, known.app_at, changed)}"))
    token, key = section.callback()
    if not (token and key):
        return [*findings, mend(f"the app hears nobody: set [wecom] callback_token_file and callback_key_file to what stands at {_PLACE}")]
    return [*findings, _called(settings)]


def _called(settings: Settings) -> Finding:
    where = settings.web.address.rstrip("/") + "/wecom/app"
    if urlsplit(where).scheme not in {"http", "https"}:
        return mend(f"WeCom calls a public address; set [web] address, and enter it with /wecom/app behind it at {_PLACE}")
    if not settings.web.exposed:
        return mend("what WeCom calls comes under the public name; set [web] exposed = true, or it is turned away")
    return good(f"what has to stand as URL at {_PLACE}: {where} (save it while zhibu runs: WeCom asks it at once)")
