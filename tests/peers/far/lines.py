"""How a script of the far side talks with whoever started it: JSON, one object a line. It runs in .venv-peers and knows nothing of ours."""

import asyncio
import json
import sys


def tell(kind, **what):
    """To the near side."""
    print(json.dumps({"kind": kind, **what}, ensure_ascii=False, default=str), flush=True)


async def asked():
    """What the near side asks, line by line, until it closes."""
    while line := await asyncio.to_thread(sys.stdin.readline):
        yield json.loads(line)
