"""What somebody said, out of QQ's JSON of a message: the words without the bot's name, what was attached, what it answers."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.messages import Quoted
from bot.patterns import Pattern
from bot.platforms.json_fields import Json, listing, mapping, words
from bot.platforms.qq.fields import moment, name, short

_MOST = 20
"""Mentions, attachments and quoted parts that are looked at."""
_FACE = Pattern(r"<faceType=[^<>]{0,300}>")
_LEADING = Pattern(r"\s*<@!?[0-9A-Za-z_-]{1,64}>")


@dataclass(frozen=True, slots=True)
class Said:
    """The words of a message. `spoken`: they are what QQ heard in a voice message, empty where it tells nothing."""

    text: str
    mentioned: bool
    spoken: bool = False
    attached: bool = False


def heard(body: Json, *, addressed: bool) -> Said:
    """What a message says; `addressed`: it speaks to the bot whatever names stand in it."""
    text, mentioned = _without_names(words(body.get("content")), body.get("mentions"))
    if addressed and not mentioned and (leading := _LEADING.match(text)) is not None:
        text = text[leading.end() :]
    text = _FACE.sub("", text).strip()
    attachments = [mapping(each) for each in listing(body.get("attachments"))[:_MOST]]
    voices = [each for each in attachments if _is_voice(each)]
    if voices and not text:
        told = " ".join(filter(None, (words(each.get("asr_refer_text")).strip() for each in voices)))
        return Said(told, mentioned or addressed, spoken=True, attached=True)
    return Said(text, mentioned or addressed, attached=bool(attachments))


def _without_names(text: str, mentions: object) -> tuple[str, bool]:
    """The text without the bot's name, and with the names of others as people read them."""
    mentioned = False
    for each in map(mapping, listing(mentions)[:_MOST]):
        ours = each.get("is_you") is True
        mentioned |= ours
        instead = "" if ours else f"@{words(each.get('username'))} " if each.get("username") else ""
        for openid in {name(each.get("id")), name(each.get("member_openid")), name(each.get("user_openid"))} - {""}:
            text = text.replace(f"<@{openid}>", instead).replace(f"<@!{openid}>", instead)
    return text, mentioned


def _is_voice(attachment: Json) -> bool:
    kind = words(attachment.get("content_type")).casefold()
    return kind == "voice" or kind.startswith("audio/")


def answered(body: Json, is_ours: Callable[[str], bool]) -> tuple[str | None, Quoted | None, bool]:
    """The id of the message this one answers, that message as QQ shows it again, and whether it is known to be the bot's."""
    index = _extra(body, "ref_msg_idx") or name(mapping(body.get("message_reference")).get("message_id"))
    if not index:
        return None, None, False
    elements = [mapping(each) for each in listing(body.get("msg_elements"))[:_MOST]]
    shown = next((each for each in elements if name(each.get("msg_idx")) in {index, ""}), {})
    author = mapping(shown.get("author"))
    at, text = moment(shown.get("timestamp")), words(shown.get("content"))
    by_another = bool(author) and author.get("bot") is not True
    quoted = Quoted(text, at) if at is not None and text and not by_another else None
    return short(index), quoted, is_ours(short(index)) or author.get("is_you") is True


def _extra(body: Json, wanted: str) -> str:
    """A value out of `message_scene.ext`, a list of `name=value`."""
    for each in listing(mapping(body.get("message_scene")).get("ext"))[:_MOST]:
        key, mark, value = each.partition("=") if isinstance(each, str) else ("", "", "")
        if mark and key.strip() == wanted:
            return name(value.strip())
    return ""
