"""House rules that no linter knows."""

import ast
import gc
import importlib
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import discovery
from bot.patterns import Pattern
from bot.permissions import GRANTS, PERMISSION_NAMES, ROLE_NAMES, Permission, Role
from bot.texts import LIMIT, Language

ROOT = Path(__file__).parent.parent
CODE = [path for folder in ("bot", "handlers", "schedules", "storage") for path in sorted((ROOT / folder).rglob("*.py"))]
SAID = [path for path in CODE if path.parts[-2] != "versions"]


def _texts() -> Iterator[tuple[str, str, str]]:
    """Every `Text(zh, en)` of literals in the code, with its place."""
    for path in SAID:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Text":
                words = [*node.args, *(each.value for each in node.keywords)]
                if len(words) == 2 and all(isinstance(each, ast.Constant) and isinstance(each.value, str) for each in words):
                    zh, en = (each.value for each in words if isinstance(each, ast.Constant))
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", str(zh), str(en)


def _placeholders(words: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(words) if name is not None}


def test_every_text_exists_in_both_languages_with_the_same_placeholders() -> None:
    texts = list(_texts())
    assert len(texts) > 1000
    for where, zh, en in texts:
        assert bool(zh) == bool(en), where
        assert _placeholders(zh) == _placeholders(en), where
        assert len(zh) <= LIMIT[Language.ZH], where
        assert len(en) <= LIMIT[Language.EN], where
        assert zh.count("！") <= 1, where


@pytest.mark.parametrize("folder", ["handlers", "schedules"])
def test_every_handler_and_schedule_has_a_test_file_of_its_name(folder: str) -> None:
    names = {path.stem for path in (ROOT / folder).glob("*.py")} - {"__init__"}
    tested = {path.stem.removeprefix("test_") for path in (ROOT / "tests" / folder).glob("test_*.py")}
    assert names <= tested, names - tested


def test_every_command_has_a_chinese_and_a_latin_name_and_a_help_line() -> None:
    registry = discovery.registry()
    assert registry.commands
    for each in registry.commands:
        assert not each.word.isascii(), each.names
        assert each.slash.isalnum(), each.names
        assert each.slash.islower(), each.names
        assert each.help.zh, each.names
        assert each.help.en, each.names
        assert len(each.help.zh) <= 40, each.names
        assert isinstance(each.needs, Permission)


def test_every_kind_of_question_that_is_asked_has_somebody_who_takes_the_answer() -> None:
    asked: set[str] = set()
    for path in SAID:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "Ask":
                kind = node.args[0] if node.args else next((each.value for each in node.keywords if each.arg == "kind"), None)
                if isinstance(kind, ast.Constant):
                    asked.add(str(kind.value))
    assert asked
    assert asked <= set(discovery.registry().answers)


def test_every_role_and_permission_has_a_name_and_is_used() -> None:
    assert set(ROLE_NAMES) == set(Role) == set(GRANTS)
    assert set(PERMISSION_NAMES) == set(Permission)
    required = "".join(path.read_text(encoding="utf-8") for path in CODE if path.name != "permissions.py")
    assert [each for each in Permission if f".{each.name}" not in required] == []


def test_no_job_shares_a_name() -> None:
    names = [each.name for each in discovery.jobs()]
    assert len(set(names)) == len(names)


def test_no_function_is_longer_than_fifty_lines_and_nothing_is_left_to_do() -> None:
    for path in SAID:
        source = path.read_text(encoding="utf-8")
        assert "TODO" not in source, path
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert (node.end_lineno or 0) - node.lineno <= 50, f"{path}:{node.name}"


def _at_import(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield child
            yield from _at_import(child)


def test_no_regular_expression_is_compiled_at_import() -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in SAID}
    for path, text in texts.items():
        if "re.compile" in text:
            assert "re.compile" not in {ast.unparse(node) for node in _at_import(ast.parse(text)) if isinstance(node, ast.Attribute)}, path


def test_every_pattern_can_be_compiled() -> None:
    for path in SAID:
        if path.is_relative_to(ROOT / "bot") and path.stem not in {"__init__", "__main__"}:
            importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    gc.unfreeze()  # what conftest froze is not listed
    patterns = [each for each in gc.get_objects() if isinstance(each, Pattern)]
    gc.freeze()
    assert len(patterns) > 200
    for each in patterns:
        assert each.compiled.pattern == each.pattern
