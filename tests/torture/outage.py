"""The real program under load, stopped for a moment again and again so that its files can be copied: what a power failure would find."""

import asyncio
import os
import random
import signal
from pathlib import Path

from tests.torture import comparison, cuts
from tests.torture.branch import found
from tests.torture.campaign import Campaign, Clock
from tests.torture.nursery import Life, Nursery
from tests.torture.wal import Mark
from tests.torture.witness import Witness

OF_EACH = 40
"""Cuts of each moment."""
A_BREATH = 5
"""Moments before the program is killed and started anew, so that logs of every length and age are met."""


async def outages(folder: Path, number: int, seed: int) -> cuts.Report:
    """So many cuts of files that a stopped process left in the middle of load."""
    clock, chance = Clock(), random.Random(seed)
    async with Witness(clock) as server, Nursery() as nursery:
        branch = await found(folder, server, 200, comparison.free_port())
        campaign = Campaign(branch, nursery, clock, seed)
        snapshots = []
        while len(snapshots) * OF_EACH < number:
            marks = folder / f"marks{len(snapshots)}"
            index = branch.database.with_name(f"{branch.database.name}-shm")
            life = await campaign.born(webhooks=0.5, marks=str(marks), index=str(index))
            for _ in range(A_BREATH):
                for _ in range(chance.randint(4, 30)):
                    campaign.crowd.act()
                    await asyncio.sleep(chance.uniform(0, 0.02))
                await asyncio.sleep(chance.uniform(0.1, 0.6))
                if marks.exists() and marks.stat().st_size >= Mark.FORMAT.size:
                    snapshots.append(await _stopped(campaign, life, marks))
            life.kill()
            await life.end()
    bench = cuts.Bench(folder)
    for left, snapshot in enumerate(snapshots):
        await bench.examine(snapshot, chance, max(0, min(OF_EACH, number - left * OF_EACH)))
    return bench.report


async def _stopped(campaign: Campaign, life: Life, marks: Path) -> cuts.Snapshot:
    """The files while the process stands still, somewhere between two instructions."""
    os.kill(life.process, signal.SIGSTOP)
    status = Path(f"/proc/{life.process}/stat")
    while status.read_text().rpartition(")")[2].split()[0] != "T":
        await asyncio.sleep(0.001)
    try:
        return cuts.copied(campaign.branch.database, Mark.last(marks.read_bytes()), campaign.server.acknowledged_keys())
    finally:
        os.kill(life.process, signal.SIGCONT)
