"""The board of liaisons: who looks after whom, suggestions with their reasons, and forms that assign and take away."""

from typing import Any

from aiohttp import web

from bot.services import liaison_forms, people
from bot.services.liaison_forms import Shown
from bot.web.branch import care_words as words
from bot.web.branch.visit import PATH, Visit, get, number, post

MOST = 60
"""So many who have nobody are listed at once."""


def routes() -> list[web.RouteDef]:
    """The page, and its three forms."""
    return [
        get("/liaisons", shown),
        post("/liaisons/assign", assigned),
        post("/liaisons/unassign", unassigned),
        post("/liaisons/undo", undone),
    ]


async def shown(visit: Visit) -> web.StreamResponse:
    """The board."""
    seen: Shown = await visit.do(liaison_forms.shown)
    board, cap = seen.board, seen.board.measure.cap
    counts: dict[str, Any] = {name: getattr(board.counts, name) for name in ("assigned", "unassigned", "talked", "visited")}
    return await visit.page(
        "liaisons.html",
        "liaisons",
        c=words,
        counts=words.COUNTS(cap=cap, **counts),
        undo=seen.undo,
        offers=[(each.liaison, people.person(each.liaison), [_one(one) for one in each.people]) for each in seen.offers],
        without=[(each.id, people.person(each)) for each in board.unassigned[:MOST]],
        more=max(0, len(board.unassigned) - MOST),
        loads=[
            (
                words.HAS(who=people.person(each.liaison), count=len(each.people), cap=cap),
                each.liaison.id,
                [_held(one) for one in each.people],
            )
            for each in board.loads
        ],
    )


def _one(each: Any) -> tuple[int, Any, Any]:
    return each.member.id, people.person(each.member), each.reasons


def _held(each: Any) -> tuple[int, Any, list[Any]]:
    return each.member.id, people.person(each.member), [words.SINCE(day=each.since.isoformat()), *each.dues]


async def assigned(visit: Visit) -> web.StreamResponse:
    """Let somebody look after those who were ticked."""
    members = [number(each) for each in visit.several("member")]
    await visit.do(liaison_forms.assign, number(visit.said("liaison")), members)
    raise web.HTTPSeeOther(f"{PATH}/liaisons")


async def unassigned(visit: Visit) -> web.StreamResponse:
    """Take somebody's liaison away."""
    await visit.do(liaison_forms.unassign, number(visit.said("member")))
    raise web.HTTPSeeOther(f"{PATH}/liaisons")


async def undone(visit: Visit) -> web.StreamResponse:
    """Take the last of these back."""
    await visit.do(liaison_forms.take_back, number(visit.said("deed")))
    raise web.HTTPSeeOther(f"{PATH}/liaisons")
