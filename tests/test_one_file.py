"""One file is enough: a command planted in a copy of the tree is started, said, and found in 帮助."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

PLANTED = '''"""天气: a matter of one file."""

from bot.commands import Context, Reply, command
from bot.permissions import Permission
from bot.texts import Text

HELP = Text("说一句今天的天气", "a word about the weather")


@command("天气", "weather", needs=Permission.CHECK_IN, help=HELP)
async def weather(ctx: Context) -> Reply:
    return Text("今天晴，路上小心。", "Fine today; take care on the road.")
'''

SCRIPT = """
import asyncio, json, sys
from tests.dialogue import Dialogue

async def main():
    chat = Dialogue(sys.argv[1])
    await chat.open()
    said = [each.text for each in await chat.private("李小山", "天气")]
    english = [each.en for each in await chat.private("周海", "/weather")]
    seen = await chat.private("吴芳", "帮助 全部")
    helped = [each.text for each in seen]
    while seen and "下一页" in seen[-1].buttons:
        seen = await chat.press("吴芳", "下一页", seen[-1])
        helped += [each.text for each in seen]
    await chat.close()
    print(json.dumps([said, english, helped]))

asyncio.run(main())
"""


@pytest.mark.process
def test_a_command_needs_one_file(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    for folder in ("bot", "handlers", "schedules", "storage"):
        shutil.copytree(ROOT / folder, tree / folder, ignore=shutil.ignore_patterns("__pycache__"))
    (tree / "tests").mkdir()
    for name in ("__init__.py", "dialogue.py"):
        shutil.copy(ROOT / "tests" / name, tree / "tests")
    (tree / "handlers" / "weather.py").write_text(PLANTED, encoding="utf-8")
    command = [sys.executable, "-c", SCRIPT, str(tmp_path / "zhibu.db")]
    environment = {"PYTHONPATH": str(tree), "PATH": "/usr/bin:/bin"}
    answer = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert answer.returncode == 0, answer.stderr
    said, english, helped = json.loads(answer.stdout.splitlines()[-1])
    assert said == ["今天晴，路上小心。"]
    assert english == ["Fine today; take care on the road."]
    assert "天气" in "\n".join(helped)
    assert "说一句今天的天气" in "\n".join(helped)
