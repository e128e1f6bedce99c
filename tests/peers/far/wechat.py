"""wechatpy: the encryption of a self-built app's callback, and its client of the API. Asked by JSON lines, answers by JSON lines."""

import asyncio
import io
import os

from lines import asked, tell
from wechatpy.enterprise import WeChatClient
from wechatpy.enterprise.crypto import WeChatCrypto

crypto = WeChatCrypto(os.environ["TOKEN"], os.environ["AES_KEY"], os.environ["CORP_ID"])


class Client(WeChatClient):
    """The client with another address, which the library only lets be changed so."""

    API_BASE_URL = os.environ.get("API", "")

    def fetch_access_token(self):
        return self._fetch_access_token(url=f"{self.API_BASE_URL}gettoken", params={"corpid": self.corp_id, "corpsecret": self.secret})


def answer(question):
    """One answer to one question."""
    match question:
        case {"encrypt": words, "nonce": nonce, "timestamp": timestamp}:
            return {"xml": crypto.encrypt_message(words, nonce, timestamp)}
        case {"decrypt": xml, "signature": signature, "timestamp": timestamp, "nonce": nonce}:
            return {"words": crypto.decrypt_message(xml, signature, timestamp, nonce)}
        case {"check": echo, "signature": signature, "timestamp": timestamp, "nonce": nonce}:
            return {"words": crypto.check_signature(signature, timestamp, nonce, echo)}
        case {"say": words, "to": user, "agent": agent, "secret": secret}:
            client = Client(os.environ["CORP_ID"], secret)
            sent = client.message.send_text(agent, [user], words)
            picture = io.BytesIO(b"\x89PNG\r\n\x1a\n" + b"x" * 64)
            picture.name = "map.png"
            media = client.media.upload("image", picture)["media_id"]
            client.message.send_image(agent, [user], media)
            return {"msgid": sent.get("msgid", ""), "media": media}
    raise ValueError(question)


async def main():
    tell("started")
    async for question in asked():
        try:
            told = await asyncio.to_thread(answer, question)
            tell("answer", **{name: word.decode() if isinstance(word, bytes) else word for name, word in told.items()})
        except Exception as wrong:
            tell("failed", words=repr(wrong))


asyncio.run(main())
