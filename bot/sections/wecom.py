"""The section [wecom]: WeChat through WeCom (企业微信)."""

from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr

from bot.sections.base import Section, held


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
    api_url: Annotated[str, Field(description="address of WeCom's API, for the app and the webhooks")] = "https://qyapi.weixin.qq.com"
    all_per_second: Annotated[int, Field(ge=1, description="messages a second altogether")] = 10
    chat_per_minute: Annotated[int, Field(ge=1, description="messages a minute into one conversation")] = 30
    chat_per_hour: Annotated[int, Field(ge=1, description="messages an hour into one conversation")] = 1000
    webhook_per_minute: Annotated[int, Field(ge=1, description="messages a minute through one webhook")] = 20

    def used(self) -> bool:
        """Whether anything of WeCom is set up."""
        return bool(self.bot_id)

    def hidden(self) -> str:
        """Secret of the 智能机器人; empty for none. Raises `BadConfig` for an unreadable file."""
        return held("wecom", "secret", self.secret, self.secret_file)

    def app_hidden(self) -> str:
        """Secret of the self-built app; empty for none. Raises `BadConfig` for an unreadable file."""
        return held("wecom", "app_secret", self.app_secret, self.app_secret_file)

    def callback(self) -> tuple[str, str]:
        """Token and EncodingAESKey of the app's callback; empty for none. Raises `BadConfig` for an unreadable file."""
        token = held("wecom", "callback_token", self.callback_token, self.callback_token_file)
        return token, held("wecom", "callback_key", self.callback_key, self.callback_key_file)

    def secrets(self) -> list[str]:
        """Everything that must not show in a log. Raises `BadConfig` for an unreadable file."""
        return [self.hidden(), self.app_hidden(), *self.callback()]
