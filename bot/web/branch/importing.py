"""Importing members: a file is sent, looked at row by row, taken whole or in part, and taken back within seven days."""

from aiohttp import BodyPartReader, web

from bot.clock import beijing_day
from bot.language.sheet_files import LARGEST, TOO_LARGE, Unreadable
from bot.services import importing, importing_saying, people, sheets
from bot.services.importing import Preview, State
from bot.texts import Text
from bot.web.branch import importing_words as words
from bot.web.branch.visit import PATH, Visit, entered, from_ourselves, get, number, post, stamped

MEGABYTE = 1024 * 1024
_STAMP = 64
_AROUND = 64 * 1024
"""Bytes of a form that are no file."""
LISTED = 300
"""Rows that are listed of those that would be imported; the faulty ones are listed all."""


def routes() -> list[web.RouteDef]:
    """The page, the file, the preview, and what is done with it."""
    return [
        get("/import", shown),
        web.post(f"{PATH}/import", entered(sent)),
        get("/import/preview", previewed),
        post("/import/take", taken),
        post("/import/undo", undone),
    ]


async def shown(visit: Visit) -> web.StreamResponse:
    """Where a file is chosen, and what was imported lately."""
    return await _page(visit)


async def _page(visit: Visit, done: Text | None = None) -> web.StreamResponse:
    batches = [(each, beijing_day(each.at).isoformat()) for each in await visit.do(importing.batches)]
    return await visit.page("importing.html", "import", batches=batches, i=words, done=done)


async def sent(visit: Visit) -> web.StreamResponse:
    """A file: its stamp stands before it, so that a forged one is refused unread; whether its sender may is asked before, too."""
    from_ourselves(visit)
    if visit.request.content_type != "multipart/form-data":
        stamped(visit, str((await visit.request.post()).get("stamp", "")))
        raise Unreadable(words.NO_FILE)
    if (size := visit.request.content_length or 0) > LARGEST + _AROUND:
        raise Unreadable(TOO_LARGE(size=-(-size // MEGABYTE), most=LARGEST // MEGABYTE))
    if visit.request.content_length is None:
        raise Unreadable(words.NO_FILE)
    today = await visit.do(importing.begun)
    form = await visit.request.multipart()
    first = await form.next()
    stamp = await first.read_chunk(_STAMP) if isinstance(first, BodyPartReader) and first.name == "stamp" else b""
    stamped(visit, stamp.decode("utf-8", "replace"))
    file = await form.next()
    if not isinstance(file, BodyPartReader) or not file.filename:
        raise Unreadable(words.NO_FILE)
    document = await sheets.read(file.filename, await _content(file), today)
    await visit.do(importing.preview, document)
    raise web.HTTPSeeOther(f"{PATH}/import/preview")


async def _content(file: BodyPartReader) -> bytes:
    """What a file holds. Raises `Unreadable` as soon as it is too large."""
    held = bytearray()
    while piece := await file.read_chunk():
        held += piece
        if len(held) > LARGEST:
            raise Unreadable(TOO_LARGE(size=LARGEST // MEGABYTE + 1, most=LARGEST // MEGABYTE))
    return bytes(held)


async def previewed(visit: Visit) -> web.StreamResponse:
    """What the last file would change, every faulty row with what is wrong with it."""
    seen: Preview = await visit.do(importing.shown)
    good = seen.of(State.NEW, State.CHANGED)
    return await visit.page(
        "importing_preview.html",
        "import",
        i=words,
        seen=seen,
        count={state.value: len(seen.of(state)) for state in State},
        faulty=[(row, importing_saying.what(row)) for row in seen.of(State.FAULTY)],
        good=[(row, Text.join([importing_saying.what(row), *row.hints], "；", "; ")) for row in good[:LISTED]],
        takes=len(good),
        more=len(good) - LISTED,
    )


async def taken(visit: Visit) -> web.StreamResponse:
    """Take the rows that were chosen of the preview that was shown."""
    rows = importing_saying.rows_of(visit.said("rows")) if visit.said("which") == "some" else None
    done = await visit.do(importing.take, visit.said("token") or "-", rows)
    return await _page(visit, words.TAKEN(made=done.made, changed=done.changed, skipped=len(done.skipped)))


async def undone(visit: Visit) -> web.StreamResponse:
    """Take an import back."""
    batch = visit.said("batch")
    done = await visit.do(importing.revert, number(batch))
    said = [importing_saying.UNDONE(put_back=done.put_back, removed=done.removed)]
    if done.stay:
        said.append(importing_saying.STAY(names=Text.join(map(people.person, done.stay), "、", ", ")))
    return await _page(visit, Text.join(said, " "))
