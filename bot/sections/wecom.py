"""The section [wecom]: WeChat through WeCom (企业微信)."""

from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr, model_validator

from bot.patterns import Pattern
from bot.sections.base import BadConfig, Section, held

_KEY = Pattern(r"(?:^|[?&]key=)([A-Za-z0-9_-]{8,80})$")
"""A webhook's key, by itself or at the end of its address."""
_LONGEST_NAME = 30
_AES_KEY = Pattern(r"[A-Za-z0-9+/]{43}")


class WeCom(Section):
    """The section [wecom]: a 智能机器人 to talk with, 消息推送 webhooks for announcements, a self-built app for private messages."""

    bot_id: Annotated[str, Field(description="BotID of the 智能机器人 (API mode, long connection); empty: none")] = ""
    secret: Annotated[SecretStr, Field(description="Secret of the 智能机器人's long connection")] = SecretStr("")
    secret_file: Annotated[Path | None, Field(description="a file that holds nothing but that Secret (chmod 600)")] = None
    bot_name: Annotated[
        str, Field(description="the 智能机器人's name as people see it in the group, to take it out of what they write")
    ] = ""
    url: Annotated[str, Field(description="address of the long connection")] = "wss://openws.work.weixin.qq.com"
    corp_id: Annotated[str, Field(description="CorpID of the enterprise, for a self-built app; empty: none")] = ""
    agent_id: Annotated[str, Field(description="AgentId of the self-built app")] = ""
    app_secret: Annotated[SecretStr, Field(description="Secret of the self-built app")] = SecretStr("")
    app_secret_file: Annotated[Path | None, Field(description="a file that holds nothing but that Secret (chmod 600)")] = None
    callback_token: Annotated[SecretStr, Field(description="Token of the app's 接收消息 setting")] = SecretStr("")
    callback_token_file: Annotated[Path | None, Field(description="a file that holds nothing but that Token (chmod 600)")] = None
    callback_key: Annotated[SecretStr, Field(description="EncodingAESKey of the app's 接收消息 setting, 43 signs")] = SecretStr("")
    callback_key_file: Annotated[Path | None, Field(description="a file that holds nothing but that key (chmod 600)")] = None
    webhooks: Annotated[
        SecretStr, Field(description="消息推送 webhooks, “name key” each, with commas between them; the secretary binds one: 绑定推送 name")
    ] = SecretStr("")
    webhooks_file: Annotated[Path | None, Field(description="a file with one “name key” a line (chmod 600)")] = None
    api_url: Annotated[str, Field(description="address of WeCom's API, for the app and the webhooks")] = "https://qyapi.weixin.qq.com"
    all_per_second: Annotated[int, Field(ge=1, description="messages a second altogether")] = 10
    chat_per_minute: Annotated[int, Field(ge=1, description="messages a minute into one conversation")] = 30
    chat_per_hour: Annotated[int, Field(ge=1, description="messages an hour into one conversation")] = 1000
    webhook_per_minute: Annotated[int, Field(ge=1, description="messages a minute through one webhook")] = 20

    @model_validator(mode="after")
    def _numbered(self) -> "WeCom":
        if self.corp_id and not (self.agent_id.isascii() and self.agent_id.isdigit()):
            raise ValueError("corp_id needs the agent_id of the self-built app, which is digits only")
        return self

    def used(self) -> bool:
        """Whether anything of WeCom is set up."""
        return bool(self.bot_id or self.app() or self.outlets())

    def app(self) -> bool:
        """Whether a self-built app is set up."""
        return bool(self.corp_id)

    def outlets(self) -> dict[str, str]:
        """The key of each webhook by its name. Raises `BadConfig` for an unreadable file or line; what is wrong is not shown."""
        given = held("wecom", "webhooks", self.webhooks, self.webhooks_file)
        found: dict[str, str] = {}
        for number, line in enumerate(given.replace(",", "\n").splitlines(), 1):
            if not line.strip() or line.lstrip().startswith("#"):
                continue
            name, _, rest = line.strip().partition(" ")
            key = _KEY.search(rest.strip())
            if key is None or len(name) > _LONGEST_NAME or name in found:
                raise BadConfig(f"[wecom] webhooks: line {number} is no “name key” of its own")
            found[name] = key[1]
        return found

    def hidden(self) -> str:
        """Secret of the 智能机器人; empty for none. Raises `BadConfig` for an unreadable file."""
        return held("wecom", "secret", self.secret, self.secret_file)

    def app_hidden(self) -> str:
        """Secret of the self-built app; empty for none. Raises `BadConfig` for an unreadable file."""
        return held("wecom", "app_secret", self.app_secret, self.app_secret_file)

    def callback(self) -> tuple[str, str]:
        """Token and EncodingAESKey of the app's callback; empty for none. Raises `BadConfig` for an unreadable file."""
        token = held("wecom", "callback_token", self.callback_token, self.callback_token_file)
        key = held("wecom", "callback_key", self.callback_key, self.callback_key_file)
        if key and not _AES_KEY.fullmatch(key):
            raise BadConfig("[wecom] callback_key is the EncodingAESKey: 43 letters and digits")
        return token, key

    def secrets(self) -> list[str]:
        """Everything that must not show in a log. Raises `BadConfig` for an unreadable file."""
        return [self.hidden(), self.app_hidden(), *self.callback(), *self.outlets().values()]
