"""The encryption of a self-built app's callback, as wechatpy has it: asked by JSON lines, answers by JSON lines."""

import asyncio
import os

from lines import asked, tell
from wechatpy.work.crypto import WeChatCrypto

crypto = WeChatCrypto(os.environ["TOKEN"], os.environ["AES_KEY"], os.environ["CORP_ID"])


def answer(question):
    """One answer to one question."""
    match question:
        case {"encrypt": words, "nonce": nonce, "timestamp": timestamp}:
            return {"xml": crypto.encrypt_message(words, nonce, timestamp)}
        case {"decrypt": xml, "signature": signature, "timestamp": timestamp, "nonce": nonce}:
            return {"words": crypto.decrypt_message(xml, signature, timestamp, nonce)}
        case {"check": echo, "signature": signature, "timestamp": timestamp, "nonce": nonce}:
            return {"words": crypto.check_signature(signature, timestamp, nonce, echo)}
    raise ValueError(question)


async def main():
    tell("started")
    async for question in asked():
        try:
            told = answer(question)
            tell("answer", **{name: word.decode() if isinstance(word, bytes) else word for name, word in told.items()})
        except Exception as wrong:
            tell("failed", words=repr(wrong))


asyncio.run(main())
