"""The doctor's questions about QQ's official API: is the AppSecret taken, does the callback address lead here, where may the bot speak."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from bot.clock import Clock
from bot.config import Settings
from bot.operations import doctor_lines, noted
from bot.operations.findings import Finding, Grade, good, mend, note
from bot.platforms.http import Client, NoAnswer, NotSent
from bot.platforms.json_fields import read_object, words
from bot.platforms.qq.api import Api, path_of
from bot.platforms.qq.signing import Signer
from bot.platforms.qq.tokens import NOT_TAKEN, Tokens
from bot.platforms.qq.transport import BadCredentials, Declined, Failure, Line
from bot.services import deployment
from storage.unit_of_work import UnitOfWork

CONNECTING, ANSWERING = 3.0, 3.0
"""Seconds that a connection and an answer may take."""
_PLACE = "https://q.qq.com → 开发设置"
_PORTS = frozenset({80, 443, 8080, 8443})
"""The ports that QQ posts to."""
_NOT_ON_THE_LIST = 11298
"""Calls are taken from the addresses of the IP 白名单 alone."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the database knows: what is wrong with the line, and the groups that are bound, by id and name."""

    line: str = ""
    groups: Sequence[tuple[str, str]] = ()
    running: bool = False
    at: datetime | None = None
    """When the line was noted."""


async def look_up(settings: Settings, clock: Clock) -> Known | None:
    """What the database knows; None where it cannot be asked, which is told elsewhere."""
    if not settings.qq.app_id:
        return None
    return await doctor_lines.look_up(settings, clock, _known)


async def _known(work: UnitOfWork, *, running: bool) -> Known:
    groups = [(each.key.chat_id, each.title) for each in await doctor_lines.bound(work, "qq")]
    return Known(await deployment.line(work, "qq", "main"), groups, running, await deployment.line_at(work, "qq", "main"))


async def examine(settings: Settings, met: Known | None, clock: Clock, changed: datetime | None = None) -> list[Finding]:
    """What there is to say about [qq]; nothing where it is not used. The AppSecret is never shown.

    `changed`: when the configuration was.
    """
    section = settings.qq
    if not section.app_id:
        return []
    secret = section.hidden()
    if not secret:
        return [mend(f"[qq] app_id is set without its AppSecret; copy it from {_PLACE} into a file, and name that as secret_file")]
    line = Line(CONNECTING, ANSWERING)
    api = Api(line, Tokens(line, section.token_url, section.app_id, secret, clock), section.api_url)
    try:
        findings = await _account(api)
        taken = findings[-1].grade is Grade.GOOD
        if taken:
            findings += await _groups(api, met)
        findings += await _callback(settings, Signer(secret), met)
    finally:
        await line.close()
    if met is not None:
        findings += _noted(met, changed, taken=taken)
    if not section.private_pushes:
        findings.append(
            note("QQ: in private the bot waits until a person writes; if yours may write first, set [qq] private_pushes = true")
        )
    return findings


def _noted(met: Known, changed: datetime | None, *, taken: bool) -> list[Finding]:
    """What the bot noted when it ran; nothing more of the AppSecret, which the doctor tried itself: it is `taken` or it is not."""
    findings = []
    if taken and met.running and NOT_TAKEN in met.line and noted.is_old(met.at, changed):
        findings.append(mend("QQ: the bot that runs still has another AppSecret; restart zhibu after changing the configuration"))
    line = met.line.replace(NOT_TAKEN, "").strip()
    return [*findings, mend(f"QQ: {noted.told(line, met.at, changed)}")] if line else findings


async def _account(api: Api) -> list[Finding]:
    try:
        me = await api.call("GET", "/users/@me")
    except BadCredentials:
        return [mend(f"QQ does not take [qq] app_id with this AppSecret; copy both again from {_PLACE}")]
    except Declined as error:
        if error.code == _NOT_ON_THE_LIST:
            return [mend(f"QQ takes calls only from the addresses of its IP 白名单; add this machine's public address ({_PLACE})")]
        return [mend(f"QQ takes the AppSecret, and then refuses to answer ({error}); see whether the bot is online at q.qq.com")]
    except Failure as error:
        return [mend(f"QQ cannot be reached ({error}); see the network, or [qq] api_url and token_url")]
    return [good(f"QQ takes the AppSecret and knows the bot as {words(me.get('username'))[:40] or 'a bot without a name'}")]


async def _groups(api: Api, met: Known | None) -> list[Finding]:
    """Where the bot may speak; asked of QQ for each group that is bound."""
    if met is None:
        return []
    if not met.groups:
        return [mend("no QQ group is bound; add the bot to it, then the secretary sends @机器人 绑定本群 there (docs/setup-qq.md, step 7)")]
    return [await _group(api, chat, title or chat[:9]) for chat, title in met.groups]


async def _group(api: Api, chat: str, title: str) -> Finding:
    try:
        state = await api.call("GET", f"{path_of(chat)}/bot_state")
    except Declined as error:
        return note(f"QQ group “{title}”: QQ does not say whether the bot may write unasked ({error}), so it waits until it is mentioned")
    except Failure as error:
        return mend(f"QQ group “{title}”: QQ cannot be asked about it ({error})")
    if state.get("allow_proactive_msg") is True:
        return good(f"QQ group “{title}”: the bot may write unasked")
    return note(f"QQ group “{title}”: the bot may not write unasked; notices wait until somebody mentions it (docs/setup-qq.md says why)")


async def _callback(settings: Settings, signer: Signer, met: Known | None) -> list[Finding]:
    """Whether what QQ posts would come here: the doctor asks the public address to prove itself, as QQ does."""
    where = settings.web.address.rstrip("/") + "/qq/main"
    if not settings.web.address:
        return [
            mend(f"QQ posts to a public https:// address; set [web] address, and enter it with /qq/main behind it at {_PLACE} → 回调配置")
        ]
    parts = urlsplit(where)
    if parts.scheme != "https" or (parts.port or 443) not in _PORTS:
        return [mend("QQ posts only to https:// on port 443, 8443, 8080 or 80; put TLS before the bot and set [web] address to that")]
    if not settings.web.exposed:
        return [mend("what QQ posts comes under the public name; set [web] exposed = true, or it is turned away")]
    if met is None or not met.running:
        return [note(f"start “zhibu run”, then enter {where} at {_PLACE} → 回调配置; the next doctor asks that address, too")]
    return [await proof(where, signer)]


async def proof(where: str, signer: Signer) -> Finding:
    """Whether this very bot answers at an address: it is given a token to sign, as QQ does when the address is entered."""
    token, at = secrets.token_hex(8), "1725442341"
    client = Client(CONNECTING, proxies=True)
    asked = json.dumps({"op": 13, "d": {"plain_token": token, "event_ts": at}}).encode()
    try:
        came = await client.ask("POST", where, ANSWERING, data=asked, headers={"Content-Type": "application/json"})
    except (NotSent, NoAnswer) as error:
        return note(f"{where} cannot be asked from this machine ({error}); that may be its network alone: try it from outside")
    finally:
        await client.close()
    if read_object(came.body).get("signature") == signer.sign(at, token.encode()):
        return good(f"{where} leads to this bot; that is what has to stand at {_PLACE} → 回调配置")
    return mend(f"{where} does not lead to this bot: what stands before it has to pass /qq/main on to [web] port, Host and all")
