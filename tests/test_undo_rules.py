"""What somebody says or presses and that changes something can be taken back by 撤销, or 撤销 says that it cannot.

This reads the code without running it and is blind to branches: a handler passes if it notes a deed on one way, though another of its ways
may change something and note none. What each choice of a card notes is for the dialogue tests (tests/handlers/test_undo_final.py).
"""

import ast
import re
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parent.parent
_CALL = re.compile(r"(?:ctx\.)?work\.(\w+)\.(\w+)")
_STATEMENT = re.compile(r"(?:self\._)?work\.(?:insert|update|delete|upsert|increment|change)")
_PASSING = {"outbox", "questions", "inbox", "deeds"}
"""What is on its way, asked or noted for 撤销 itself."""
_BESIDE = {
    ("privacy", "shown"),
    ("posting", "introduce"),
    ("consents", "prefetch_abroad"),
    ("people", "heard"),
    ("strangers", "once_today"),
    ("trail", "saw"),
    ("trail", "told"),
    ("trail", "changed"),
    ("trail", "exported"),
}
"""Written beside whatever is asked or done: who was shown what, whom a bot met, the trail of who saw or changed what about whom."""
REASONS = {
    "aid.ask": "a draft: goes on where it stopped, 放弃求助 drops it",
    "aid_ending.mine": "shows the words proposed",
    "aid_offer.say_what": "the offer itself is noted before",
    "aid_skills.ask_again": "a setting: pressing 不再问 is its opposite",
    "aid_wording.own_words": "shows the words; nothing is posted before 同意发",
    "audit.audit": "the books recomputed",
    "departure.leave": "a draft: goes on where it stopped, 不报了 drops it",
    "departure.transfer": "only when to ask once more",
    "binding.bind": "a stranger becomes known",
    "binding.new_account": "a code of one's own, good once and not for long",
    "binding.start": "a stranger becomes known",
    "consent.agree": "同意 and 不同意 are each other's opposite",
    "consent.disagree": "同意 and 不同意 are each other's opposite",
    "consent.go_abroad": "同意 and 不同意 are each other's opposite",
    "consent.stop": "a setting with its opposite",
    "web_pages.pages": "a way into the pages, good once and not for long",
    "web_pages.show": "a way into the page, good once and not for long",
    "web_pages.leave": "ends one's own visits to the page",
    "importing.undo_last": "the undoing itself: the file can be imported again",
    "importing.paste": "a preview, which waits for 导入 and goes by itself",
    "nearby.offer": "可以联系我 and 别让人找我 are each other's opposite",
    "nearby.hide": "可以联系我 and 别让人找我 are each other's opposite",
    "discussion.pressed": "asks for words",
    "discussion.say": "counted once, without a name; the words pass on a yes only, which notes a deed",
    "discussion.words": "counted once, without a name; the words pass on a yes only, which notes a deed",
    "dues_closing.reopen": "is an undoing itself",
    "news.reword": "shows the words again; nothing is posted",
    "quiz.answered": "the answer of a quiz, said at once",
    "quiz.review": "shows a question",
    "quiz.some": "shows a question",
    "reflection.submit": "asks what to do with it; 删除心得 deletes it",
    "seek_passing.unwilling": "愿意联系 and 不愿意联系 are each other's opposite; said by who is not bound",
    "seek_passing.willing": "愿意联系 and 不愿意联系 are each other's opposite; said by who is not bound",
    "sharing.allow": "同意提供资料 and 不再提供资料 are each other's opposite",
    "study.following": "notes the page that is open",
    "study.listen": "notes the page that is open",
    "study.pick": "notes the page that is open",
    "study.resume": "notes the page that is open",
    "study.shorter": "notes the page that is open",
    "study.today": "notes the page that is open",
    "study.whole": "notes the page that is open",
    "study_marks.forget": "asks first",
    "weblink.web": "a way into the page, good once and not for long",
    "help.help_": "only a stranger is noted, once a day",
    "undo.take_back": "is the undoing itself; a report that is called off was never sent",
    "worries.through": "a page or a draft",
}


def _methods(node: ast.ClassDef) -> set[str]:
    """The methods of a repository that write, themselves or through another of its methods."""
    said = {
        each.name: {ast.unparse(call.func) for call in ast.walk(each) if isinstance(call, ast.Call)}
        for each in node.body
        if isinstance(each, ast.AsyncFunctionDef | ast.FunctionDef)
    }
    found = {name for name, calls in said.items() if any(map(_STATEMENT.fullmatch, calls))}
    while fresh := {name for name, calls in said.items() if calls & {f"self.{each}" for each in found}} - found:
        found |= fresh
    return found


def _writing() -> set[tuple[str, str]]:
    """What of a unit of work writes: the names of its repositories with those of their methods."""
    classes: dict[str, set[str]] = {}
    for path in (ROOT / "storage").glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        classes |= {node.name: _methods(node) for node in tree.body if isinstance(node, ast.ClassDef)}
    unit = ast.parse((ROOT / "storage" / "unit_of_work.py").read_text(encoding="utf-8"))
    named = [each for each in ast.walk(unit) if isinstance(each, ast.FunctionDef) and isinstance(each.returns, ast.Name)]
    return {(each.name, method) for each in named if each.returns for method in classes.get(ast.unparse(each.returns), ())}


_WRITING = _writing()


@dataclass
class _Function:
    calls: set[tuple[str, str]] = field(default_factory=set)
    writes: bool = False
    notes: bool = False
    heard: bool = False


def _names(tree: ast.Module) -> dict[str, tuple[str, str]]:
    """What a file calls its services and what it takes from them."""
    found = {}
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module == "bot.services":
            found |= {each.asname or each.name: (each.name, "") for each in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("bot.services."):
            found |= {each.asname or each.name: ((node.module or "").rpartition(".")[2], each.name) for each in node.names}
    return found


def _read(home: str, names: dict[str, tuple[str, str]], node: ast.AsyncFunctionDef | ast.FunctionDef) -> _Function:
    found = _Function(heard=any(ast.unparse(each).startswith(("command", "answer")) for each in node.decorator_list))
    for each in ast.walk(node):
        if isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name) and each.value.id in names:
            found.calls.add((names[each.value.id][0], each.attr))
        elif isinstance(each, ast.Name):
            found.calls.add(names.get(each.id, (home, each.id)))
        elif isinstance(each, ast.Call):
            said = ast.unparse(each.func)
            wrote = _CALL.fullmatch(said)
            found.writes |= wrote is not None and wrote[1] not in _PASSING and (wrote[1], wrote[2]) in _WRITING
            found.notes |= said.endswith("work.deeds.add")
    return found


def _functions() -> dict[tuple[str, str], _Function]:
    found = {}
    for path in [*(ROOT / "bot" / "services").glob("*.py"), *(ROOT / "handlers").glob("*.py")]:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        home = path.stem if path.parent.name == "services" else f"handlers.{path.stem}"
        for node in tree.body:
            if isinstance(node, ast.AsyncFunctionDef | ast.FunctionDef):
                found[home, node.name] = _read(home, _names(tree), node)
    return found


def _silent() -> set[str]:
    """The handlers that change something on some way and note a deed on none."""
    functions = _functions()
    found = set()
    for start in (each for each, function in functions.items() if function.heard):
        reached, todo = {start}, [start]
        while todo:
            fresh = {each for each in functions[todo.pop()].calls if each in functions} - reached
            reached |= fresh
            todo += fresh
        if any(functions[each].writes for each in reached - _BESIDE) and not any(functions[each].notes for each in reached):
            found.add(".".join(start).removeprefix("handlers."))
    return found


def test_what_changes_something_notes_a_deed_or_has_a_reason_not_to() -> None:
    assert _silent() == set(REASONS)


def test_what_writes_is_read_from_the_repositories() -> None:
    assert {("pledges", "change"), ("discussions", "speak"), ("ledger", "append"), ("pairings", "visit")} <= _WRITING
    assert not {("pledges", "numbered"), ("members", "removed_named"), ("skills", "muted")} & _WRITING
