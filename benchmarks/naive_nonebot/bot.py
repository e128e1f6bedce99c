"""The baseline over the OneBot wire: the check-in bot that a newcomer writes after the documents of NoneBot2 and nonebot-plugin-orm.

It runs in an environment of its own (`make peers-ready`), started in this folder, and is told its port, folder and database by environment
variables, as every bot of NoneBot is. No inbox, no outbox, no permissions, no merging; NoneBot takes every event in a task of its own.
"""

import nonebot
from nonebot.adapters.onebot.v11 import Adapter

nonebot.init()
nonebot.get_driver().register_adapter(Adapter)
nonebot.load_plugins("plugins")

if __name__ == "__main__":
    nonebot.run()
