"""The doctor's questions to Telegram: is the token taken, does a webhook stand in the way, does the bot hear its group."""

from typing import Any
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.loopback import LOOPBACK
from bot.operations.findings import Finding, good, mend, note
from bot.patterns import Pattern
from bot.sections.telegram import Telegram

_SHAPE = Pattern(r"[0-9]+:[A-Za-z0-9_-]{30,}")
PATIENCE = ClientTimeout(total=5)
SECRET = 16
"""Signs that a webhook's secret should have."""


async def examine(section: Telegram) -> list[Finding]:
    """What there is to say about [telegram]. The token is never shown."""
    token = section.secret()
    if not token:
        return [note("there is no [telegram] token, so Telegram is not used")]
    if not _SHAPE.fullmatch(token):
        return [mend("this is no [telegram] token: one is digits, a colon and 35 letters, digits, _ or -; copy it whole from @BotFather")]
    try:
        async with ClientSession(timeout=PATIENCE) as session:
            ask = _Question(session, f"{section.base_url}{token}/")
            me = await ask("getMe")
            webhook = await ask("getWebhookInfo") if me.get("ok") else {}
    except (ClientError, OSError, TimeoutError, ValueError) as error:
        return [mend(f"Telegram cannot be reached ({type(error).__name__}); see the network, or [telegram] base_url")]
    if not me.get("ok"):
        return [mend("Telegram does not take the token; copy it again from @BotFather")]
    account = _part(me)
    findings = [good(f"Telegram knows the bot as @{account.get('username', '?')}"), _abroad(section)]
    if urlsplit(section.base_url).scheme != "https" and urlsplit(section.base_url).hostname not in LOOPBACK:
        findings.append(note("[telegram] base_url is not https://: whoever is on the way to it can read the token"))
    if account.get("can_join_groups") is False:
        findings.append(mend("the bot may not join groups; send /setjoingroups to @BotFather"))
    if account.get("can_read_all_group_messages") is False:
        findings.append(
            note("privacy mode is on: in the group the bot hears only /commands and replies; for “签到” send /setprivacy to @BotFather")
        )
    return findings + _webhook(section, _part(webhook))


class _Question:
    """Asks the Bot API without ever showing the address, which holds the token."""

    def __init__(self, session: ClientSession, base: str) -> None:
        self._session = session
        self._base = base

    async def __call__(self, method: str) -> dict[str, Any]:
        async with self._session.get(self._base + method) as response:
            answer = await response.json(content_type=None)
        return answer if isinstance(answer, dict) else {}


def _part(answer: dict[str, Any]) -> dict[str, Any]:
    result = answer.get("result")
    return result if isinstance(result, dict) else {}


def _abroad(section: Telegram) -> Finding:
    if section.members_own_choice:
        return note("[telegram] members_own_choice is on: nobody is asked whether Telegram, whose servers are abroad, may be used")
    return note("Telegram's servers are abroad: until a member agrees, nothing about them goes there, to the secretary's chat neither")


def _webhook(section: Telegram, info: dict[str, Any]) -> list[Finding]:
    there = str(info.get("url") or "")
    if section.mode == "polling":
        return [note("a webhook is set at Telegram; it is removed when zhibu starts polling")] if there else []
    findings = []
    if len(section.hook_secret()) < SECRET:
        findings.append(mend(f"[telegram] webhook_secret is short enough to be guessed; take {SECRET} signs or more"))
    if not section.webhook_url.startswith("https://"):
        findings.append(mend("[telegram] webhook_url must begin with https://"))
    if not section.webhook_url.rstrip("/").endswith("/telegram/main"):
        findings.append(mend("[telegram] webhook_url must end in /telegram/main"))
    if there and there != section.webhook_url:
        findings.append(note("another webhook is set at Telegram; zhibu replaces it at its start"))
    if info.get("last_error_message"):
        findings.append(note("Telegram could not deliver to the webhook lately; see that its address leads here, with a good certificate"))
    return findings
