"""One suite that every platform passes, the end: what somebody may try, and that nobody else notices."""

import pytest

from tests.platforms.conftest import Play
from tests.platforms.sides import MEMBERS_WORDS, Attack

NOTHING_OF_THE_KIND = {
    Attack.HUGE: "a page that sends so much is shut, and no other is",
    Attack.SECOND: "the platform itself lets one in at most, or nobody connects",
    Attack.CLOCK: "no time is signed: the bot asks, or the line is its own",
    Attack.REPLAY: "no callback is signed; what is brought twice has the same key",
    Attack.FORGED: "nobody calls the bot: it asks, or the page is ours",
    Attack.SHOWN: "no token of anybody is taken from an address",
}


@pytest.mark.parametrize("attack", Attack)
async def test_it_is_turned_away_with_a_word_in_the_log_and_nobody_else_notices(play: Play, attack: Attack) -> None:
    side = play.side
    for group in (False, True):
        await play.hears(group=group)
    if attack not in side.attacks:
        play.absent(NOTHING_OF_THE_KIND[attack])
        return
    line, before = side.connection(), len(play.logged)
    side.inbox.taken.clear()
    assert await side.attacked(attack)
    for group in (False, True):
        await play.hears("还在", group=group)
        own = await play.sends("在", group=group)
        assert (await side.shown(own, group=group)).text == "在"
    assert [each.text for each in side.inbox.taken] == ["还在", "还在"]
    assert side.platform.reachable()
    assert side.connection() == line, "the same connection as before"
    told = [each for each in play.logged[before:] if each.startswith(("warning ", "error "))]
    assert told
    assert not [each for each in told if MEMBERS_WORDS in each or "xxxx" in each or any(secret in each for secret in side.secrets)]
