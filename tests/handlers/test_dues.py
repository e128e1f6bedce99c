"""党费, as members meet it."""

from tests.dialogue import Dialogue


async def test_somebody_new_has_no_dues_on_record(chat: Dialogue) -> None:
    seen = await chat.private("李小山", "我的")
    texts = chat.to("李小山", seen)
    while "下一页" in (seen[-1].buttons or ()):
        seen = await chat.private("李小山", "下一页")
        texts += chat.to("李小山", seen)
    assert "党费：没有" in "\n".join(texts)
