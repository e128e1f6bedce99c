"""The section [qq]: QQ's official API for bots, version 2."""

from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr

from bot.sections.base import Section, Words, held


class QQ(Section):
    """The section [qq]."""

    app_id: Annotated[str, Field(description="AppID of the bot at QQ's open platform; empty: the official way is not used")] = ""
    secret: Annotated[SecretStr, Field(description="the AppSecret")] = SecretStr("")
    secret_file: Annotated[Path | None, Field(description="a file that holds nothing but the AppSecret (chmod 600)")] = None
    api_url: Annotated[str, Field(description="address of QQ's API")] = "https://api.sgroup.qq.com"
    token_url: Annotated[str, Field(description="where QQ gives access tokens")] = "https://bots.qq.com/app/getAppAccessToken"  # noqa: S105  an address
    markdown: Annotated[bool, Field(description="QQ has granted this bot markdown and buttons; else everything is text")] = False
    private_pushes: Annotated[
        bool, Field(description="QQ lets this bot write first in private chats; else it waits until a person writes")
    ] = False
    sites: Annotated[Words, Field(description="sites registered at QQ (消息URL配置): links there go out as links; others are spelled")] = ()
    chat_per_second: Annotated[int, Field(ge=1, description="messages a second into one chat")] = 1
    group_per_minute: Annotated[int, Field(ge=1, description="messages a minute into one group")] = 10
    all_per_second: Annotated[int, Field(ge=1, description="messages a second altogether")] = 10

    def hidden(self) -> str:
        """The AppSecret; empty for none. Raises `BadConfig` for an unreadable file."""
        return held("qq", "secret", self.secret, self.secret_file)

    def secrets(self) -> list[str]:
        """Everything that must not show in a log. Raises `BadConfig` for an unreadable file."""
        return [self.hidden()]
