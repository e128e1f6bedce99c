"""QQ's API with its token: a path and a body in, the answer out."""

from urllib.parse import quote

from bot.platforms.json_fields import Json
from bot.platforms.qq.tokens import Tokens
from bot.platforms.qq.transport import Declined, Line, code_of, said

_TOKEN_REFUSED = frozenset({11241, 11242, 11243, 11244})
_UNDER_REVIEW = frozenset({304023, 304024})
"""It was taken, and somebody at QQ looks at it before it is shown."""


class Api:
    """Calls of one bot. `url` is where its paths begin."""

    def __init__(self, line: Line, tokens: Tokens, url: str) -> None:
        self._line = line
        self._tokens = tokens
        self._url = url.rstrip("/")

    async def call(self, method: str, path: str, body: object = None, *, longer: float = 0.0) -> Json:
        """The answer. A token that is not taken is fetched anew, once. Raises a `Failure`."""
        token = await self._tokens.get()
        status, answer = await self._line.request(method, self._url + path, body, token, longer=longer)
        if (status == 401 and not code_of(answer)) or code_of(answer) in _TOKEN_REFUSED:
            token = await self._tokens.renew(token)
            status, answer = await self._line.request(method, self._url + path, body, token, longer=longer)
        code = code_of(answer)
        if 200 <= status < 300 and (not code or code in _UNDER_REVIEW):
            return answer
        raise Declined(status, code, said(answer))


def path_of(chat_id: str) -> str:
    """Where a chat's messages and files are: `g` and a group's openid, or `u` and a person's."""
    return f"/v2/{'groups' if chat_id.startswith('g') else 'users'}/{quote(chat_id[1:], safe='')}"


def message_path(chat_id: str, message_id: str) -> str:
    """Where one message of a chat is."""
    return f"{path_of(chat_id)}/messages/{quote(message_id, safe='')}"
