"""Whoever may see or change something about others writes down that they did: no service gets by without the trail.

What a service may do is read from its `require(…)`, whether it reaches the trail from its calls, within the services.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

SERVICES = Path(__file__).parents[1] / "bot" / "services"
ABOUT_OTHERS = frozenset(
    {
        *("SEE_PLACES", "SEE_CHECK_INS", "SEE_UNHEARD", "SEE_ARREARS", "SEE_ALARMS", "SEE_READERS", "SEE_REGISTER", "SEE_UNDELIVERED"),
        *("KEEP_DUES", "KEEP_FUND", "KEEP_REGISTER", "CARRY_REGISTER", "DECIDE_REDUCTION", "PROPOSE_PAYOUT", "APPROVE_PAYOUT"),
        *("VERIFY_AID", "INVITE", "REMOVE", "APPOINT", "ENTER_FOR_OTHERS", "MATCH_PAIRS", "ASSIGN_LIAISON", "LIAISE", "SEEK", "SHARE"),
    }
)
"""Permissions to see or change what is about others, by name."""
SUMS = "sums of the branch; no member is named"
POLICY = "a policy of the branch; nobody's data"
STRANGERS = "about strangers, who are no members"
GROUP = "names a group, no member"
NAMED_FIRST = "finds whom a name means and shows nothing; the deed that follows is written down"
NO_PERSON = "an agreement with another organisation; nobody is named"
APART = {
    **dict.fromkeys(
        (
            *(f"agreements.{name}" for name in ("make", "renew", "end", "undo_making", "undo_renewing", "undo_ending")),
            *(f"mutuals.{name}" for name in ("log", "undo_logging")),
            "agreement_lists.listed",
        ),
        NO_PERSON,
    ),
    "care_talks.read": NAMED_FIRST,
    "dues_assessing.draft": "reckons from words; what was assessed before is not shown, and keeping it is written down",
    "dues_closing.close": SUMS,
    "dues_closing.look": SUMS,
    "dues_closing.undo": SUMS,
    "dues_handing.book": SUMS,
    "dues_handing.draft": SUMS,
    "dues_handing.reverse": SUMS,
    "dues_handing.undo": SUMS,
    "dues_statement.paper": SUMS,
    "dues_view.month_to_close": SUMS,
    "distribution.flags": "counts of cities; the names are shown by `by_city`, which writes them down",
    "importing.may": "lets in or not before a file is read; what is shown and taken is written down",
    "invitations.to_replace": NAMED_FIRST,
    "join_requests.answer": STRANGERS,
    "join_requests.waiting": STRANGERS,
    "joining.decline": STRANGERS,
    "liaison_policies.decide": POLICY,
    "liaison_policies.undo": POLICY,
    "liaison_saying.read": NAMED_FIRST,
    "map_threshold.decide": POLICY,
    "map_threshold.told": POLICY,
    "map_threshold.undo": POLICY,
    "membership.to_remove": NAMED_FIRST,
    "officers.waiting": "how many of what waits; each matter is shown by its own service",
    "party_groups.close": GROUP,
    "party_groups.make": GROUP,
    "party_groups.rename": GROUP,
    "party_groups.undo_closing": GROUP,
    "party_groups.undo_making": GROUP,
    "party_groups.undo_renaming": GROUP,
    "payout_approvals.meant": "the number of a payment",
    "payouts.listed": "numbers, sums and states of payments; nobody is named",
    "payouts.reported": SUMS,
    "pledges.begin": "reads what is to be given; keeping it is written down",
    "register_needs.hand": "hands a card with counts to oneself",
    "register_needs.needs": "counts; nobody is named",
    "register_view.seen_by": "takes out what may not be seen; whoever shows the rest writes it down",
    "roles.successor": NAMED_FIRST,
    "sharing.ask": "asks the person themselves and shows nothing; a paper is written down by `sharing_papers`",
    "sharing.begin": NAMED_FIRST,
    "seek_campaigns.posters": "a poster names nobody",
    "seek_forms.poster": "a poster names nobody",
    "seek_forms.take_back": "a campaign; nobody is named",
    "seek_campaigns.start": "a campaign and its words; nobody is named",
    "seek_campaigns.undo_end": "a campaign; nobody is named",
    "seek_campaigns.undo_start": "a campaign; nobody is named",
    "web_entry.invitation_to_map": "one's own way into the pages, which write down what they show",
}
"""Services that need such a permission and write nothing down, each with its reason."""

Name = tuple[str, str]


@cache
def _functions() -> dict[Name, tuple[ast.AST, frozenset[Name], bool]]:
    """Every function of the services: its code, what it refers to within the services, and whether it writes into the trail itself."""
    found: dict[Name, tuple[ast.AST, frozenset[Name], bool]] = {}
    for path in sorted(SERVICES.glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        modules, names = _imported(tree)
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                found[path.stem, node.name] = (node, frozenset(_referred(node, path.stem, modules, names)), _writes(node))
    return found


def _imported(tree: ast.Module) -> tuple[dict[str, str], dict[str, Name]]:
    modules: dict[str, str] = {}
    names: dict[str, Name] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "bot.services":
            modules |= {each.asname or each.name: each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("bot.services."):
            names |= {each.asname or each.name: (node.module.rpartition(".")[2], each.name) for each in node.names}
    return modules, names


def _referred(node: ast.AST, module: str, modules: dict[str, str], names: dict[str, Name]) -> Iterator[Name]:
    for each in ast.walk(node):
        if isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name) and each.value.id in modules:
            yield modules[each.value.id], each.attr
        elif isinstance(each, ast.Name):
            yield names.get(each.id, (module, each.id))


def _writes(node: ast.AST) -> bool:
    return any(
        isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name) and each.value.id == "trail" and each.attr in _DEEDS
        for each in ast.walk(node)
    )


_DEEDS = {"saw", "told", "changed", "exported", "erased"}


def _reaches(name: Name, on_the_way: frozenset[Name] = frozenset()) -> bool:
    if name in on_the_way or name not in _functions():
        return False
    _, refers, writes = _functions()[name]
    return writes or any(_reaches(each, on_the_way | {name}) for each in refers)


def _asks(name: Name) -> set[str]:
    """The permissions about others that a function requires itself, or by a helper of its module."""
    node, refers, _ = _functions()[name]
    decides = any(
        isinstance(each, ast.Call) and (each.func.id == "require" if isinstance(each.func, ast.Name) else _is_may(each.func))
        for each in ast.walk(node)
    )
    asked = {each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute)} if decides else set()
    helpers = [each for each in refers if each[0] == name[0] and each[1].startswith("_") and each in _functions() and each != name]
    return (asked & ABOUT_OTHERS).union(*(_asks(each) for each in helpers))


def _is_may(called: ast.expr) -> bool:
    return isinstance(called, ast.Attribute) and called.attr == "may" and isinstance(called.value, ast.Name) and called.value.id == "actor"


def _guarded() -> list[str]:
    return [".".join(each) for each in _functions() if not each[1].startswith("_") and _asks(each)]


def _callers(name: Name) -> list[Name]:
    return [each for each, (_, refers, _) in _functions().items() if name in refers]


def _is_noted(name: Name) -> bool:
    """Whether it reaches the trail, or only those call it who do."""
    callers = _callers(name)
    return _reaches(name) or (bool(callers) and all(_reaches(each) for each in callers))


@pytest.mark.parametrize("name", _guarded())
def test_who_sees_or_changes_others_writes_it_down(name: str) -> None:
    module, _, function = name.partition(".")
    assert _is_noted((module, function)) is not (name in APART), "write it into bot/services/trail.py, or say in APART why not"


def test_nothing_is_set_apart_that_is_not_there() -> None:
    assert sorted(set(APART) - set(_guarded())) == []


def test_what_is_looked_for_is_found() -> None:
    """That the reading of the code works at all: known ones of each kind."""
    guarded = _guarded()
    assert {"register_view.person", "check_ins.unheard", "seeking.take", "payouts.pay"} <= set(guarded)
    assert len(guarded) > 100
    assert not _reaches(("dues_closing", "look"))
    assert _reaches(("seeking", "take"))
