"""What waits to be stored: in the order of its lane, never more than there is room for."""

import asyncio

from bot.platforms.base import Stopping
from bot.platforms.lanes import Lanes
from tests.onebot_server.listener import eventually


async def test_what_waits_in_lanes_is_let_go_in_the_end() -> None:
    taken: list[str] = []
    held = asyncio.Event()

    async def take(item: str) -> None:
        if item == "hangs":
            await held.wait()
        taken.append(item)

    lanes: Lanes[str] = Lanes(take, most=4)
    for lane, item in (("a", "1"), ("b", "hangs"), ("b", "2"), ("a", "3")):
        await lanes.put(lane, item)
    await eventually(lambda: taken == ["1", "3"])
    assert lanes.waiting() == 2
    await lanes.stop(0.01)
    assert (taken, lanes.waiting()) == (["1", "3"], 0)
    for number in range(4):  # all the room is there again
        await lanes.put("c", str(number))
    await eventually(lambda: taken[2:] == ["0", "1", "2", "3"])


async def test_what_comes_while_the_program_stops_holds_up_nothing() -> None:
    tried: list[str] = []

    async def take(item: str) -> None:
        tried.append(item)
        raise Stopping

    lanes: Lanes[str] = Lanes(take, first_wait=60)
    await lanes.put("a", "1")
    await lanes.put("a", "2")
    await eventually(lambda: not lanes.waiting())
    assert tried == ["1", "2"]


async def test_where_there_is_no_room_who_brings_something_waits() -> None:
    taken: list[int] = []
    held = asyncio.Event()

    async def take(item: int) -> None:
        await held.wait()
        taken.append(item)

    lanes: Lanes[int] = Lanes(take, most=3)
    putting = [asyncio.create_task(lanes.put("a", number)) for number in range(5)]
    await eventually(lambda: lanes.waiting() == 3)
    assert [each.done() for each in putting] == [True, True, True, False, False]
    held.set()
    await asyncio.gather(*putting)
    await eventually(lambda: taken == [0, 1, 2, 3, 4])
