"""A person's page: the five clears, the lights, what is kept, its history, and a form that changes it."""

from typing import Any

from aiohttp import web

from bot.clock import beijing_day
from bot.errors import UserError
from bot.permissions import NotAllowed
from bot.rules.register import LIGHTS, Clear, Field
from bot.services import people, place_words, register_forms, register_values
from bot.services.register_forms import Filled
from bot.services.register_values import LONGEST, NAMES
from bot.services.register_view import CLEAR_NAMES, Step
from bot.texts import Text
from bot.web.branch import people_words as words
from bot.web.branch.visit import PATH, Visit, get, number, post

STEPS = 100
"""So many changes are shown, the newest."""
CHOICES = {Field.CARD: register_values.CARDS, Field.RELATION: register_values.RELATIONS}
_INPUT = 120


def routes() -> list[web.RouteDef]:
    """The page, and its three forms."""
    return [
        get("/person/{member}", shown),
        post("/person/{member}", edited),
        post("/person/{member}/light", lit),
        post("/person/{member}/undo", undone),
    ]


def _member(visit: Visit) -> int:
    return number(visit.request.match_info["member"])


async def shown(visit: Visit) -> web.StreamResponse:
    """All of one person."""
    return await _page(visit, _member(visit))


async def edited(visit: Visit) -> web.StreamResponse:
    """Change what was altered in the form; a value that cannot be is said above the form, which keeps what was written."""
    member = _member(visit)
    said = {field.value: visit.said(field.value) for field in register_forms.FIELDS}
    was = {field.value: visit.said(f"was_{field.value}") for field in register_forms.FIELDS}
    try:
        await visit.do(register_forms.edit, member, said, was)
    except NotAllowed:
        raise
    except UserError as error:
        return await _page(visit, member, 422, trouble=error.text, said=said, was=was)
    raise _again(member)


async def lit(visit: Visit) -> web.StreamResponse:
    """One of the lights, as of today."""
    member = _member(visit)
    await visit.do(register_forms.light, member, visit.said("light"))
    raise _again(member)


async def undone(visit: Visit) -> web.StreamResponse:
    """Take the last change back."""
    member, batch = _member(visit), visit.said("batch")
    await visit.do(register_forms.take_back, member, number(batch))
    raise _again(member)


def _again(member: int) -> web.HTTPSeeOther:
    """Back to the page, so that loading it again sends nothing twice."""
    return web.HTTPSeeOther(f"{PATH}/person/{member}")


async def _page(visit: Visit, member: int, status: int = 200, **typed: Any) -> web.Response:
    filled: Filled = await visit.do(register_forms.person, member)
    view, was = filled.view, typed.get("was") or {field.value: words for field, words in filled.values.items()}
    return await visit.page(
        "person.html",
        "ledger",
        status,
        p=words,
        id=member,
        who=people.person(view.line.member),
        trouble=typed.get("trouble"),
        filled=filled,
        clears=[(CLEAR_NAMES[each], each not in view.line.missing) for each in Clear],
        lights=[(NAMES[each], view.fields.get(each)) for each in LIGHTS],
        buttons=_buttons(filled),
        kept=_kept(filled),
        inputs=[_input(field, (typed.get("said") or was)[field.value], was[field.value]) for field in register_forms.FIELDS],
        steps=[_step(each) for each in view.history[:STEPS]],
        more=max(0, len(view.history) - STEPS),
    )


def _buttons(filled: Filled) -> list[tuple[str, Text]]:
    """The lights that are dark still, and that everything was found right."""
    dark = [(each.value, words.TODAY(what=NAMES[each])) for each in LIGHTS if each not in filled.view.fields]
    return [*dark, (Field.CONFIRMED_ON.value, words.CHECKED)]


def _kept(filled: Filled) -> list[tuple[Text, Text]]:
    line = filled.view.line
    kept = [(NAMES[field], value) for field, value in filled.view.fields.items() if field not in LIGHTS]
    if line.place is not None:
        kept.append((words.PLACE, place_words.full(line.place)))
    if line.liaison is not None:
        kept.append((words.LIAISON_NAME, people.person(line.liaison)))
    return [*kept, *([(words.CATEGORY, filled.category)] if filled.category is not None else [])]


def _input(field: Field, value: str, was: str) -> dict[str, Any]:
    choices = CHOICES.get(field)
    kind = "tel" if field is Field.PHONE else "text"
    most = LONGEST.get(field, _INPUT)
    return {"name": field.value, "label": NAMES[field], "value": value, "was": was, "choices": choices, "kind": kind, "most": most}


def _step(each: Step) -> tuple[str, Text, Text]:
    what = words.STEP(what=each.what, before=each.before, after=each.after)
    return beijing_day(each.at).isoformat(), words.WHO_HOW(who=each.who, how=each.how), what
