"""Makes ready, beside the running program, what the first messages would have to wait for: expressions are compiled, tables loaded.

Nothing waits for it. It works in small pieces and rests as long after each as the piece took, so that whoever writes meanwhile is answered.
"""

import gc
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

import structlog

from bot import patterns, reading
from bot.commands import Registry
from bot.language.said import Setting

log = structlog.get_logger()

SENTENCES = (
    "我想问一下这个月的党费什么时候交", "我到哈尔滨了", "wo zai haerbin", "i'm in shenzhen now", "我在哈尔冰", "我在日本打工",
    "3月党费20元已经转过去了", "月底前交不了党费", "李小山在哪个城市", "我家里老人住院了，想申请救助", "老板拖欠工资三个月了", "我想请假",
    "大家在哪儿地图看一下", "我想学养猪的课", "下周三晚上七点开会", "我投赞成票", "帮我把周海的电话改一下", "组织关系怎么转", "快递收到了",
    "他的党费交了没有", "我后天回家过年", "匿名提个意见", "别再提醒我了", "謝謝書記", "nihao", "how do i pay my dues", "今天天气真好",
)  # fmt: skip
"""What touches every matter and every table once."""


_PEACE = 2.0
"""Seconds after the start in which nothing is done: the first page is being loaded."""


class Warmup:
    """One thread that warms up once. `start()`, then `stop()`, which waits for the piece under way."""

    def __init__(self, registry: Registry, at: datetime) -> None:
        self._registry = registry
        self._at = at
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self.run, name="warm-up", daemon=True)

    def start(self) -> None:
        """Begin, in the background."""
        self._thread.start()

    def stop(self) -> None:
        """Begin no further piece."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    def run(self) -> None:
        """All pieces, one after the other."""
        began, busy = time.perf_counter(), 0.0
        if self._stopping.wait(_PEACE):
            return
        for piece in self._pieces():
            started = time.perf_counter()
            piece()
            took = time.perf_counter() - started
            busy += took
            if self._stopping.wait(took):
                return
        log.debug("warmed up", seconds=round(time.perf_counter() - began, 2), busy=round(busy, 2))

    def _pieces(self) -> Iterator[Callable[[], object]]:
        """What people say most first; then everything else; then again, since `re` forgets what is used without a `Pattern`."""
        yield from self._sentences()
        for each in patterns.every():
            yield partial(getattr, each, "compiled")
        yield from self._sentences()
        yield _keep

    def _sentences(self) -> Iterator[Callable[[], object]]:
        for in_group in (False, True):
            for each in SENTENCES:
                yield partial(reading.read, self._registry, each, Setting(self._at, in_group=in_group), addressed=not in_group)


def _keep() -> None:
    """The garbage collector need not look at the tables again. What was there when the program got ready it does not look at now."""
    gc.collect()
    gc.freeze()
