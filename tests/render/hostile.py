"""Words that have broken drawings elsewhere."""

from hypothesis import strategies as st

HOSTILE = (
    "",
    " \n\t ",
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+8613800001234",
    "@SUM(A1)",
    "http://example.org/",
    "{nb}",
    "**粗** __线__",
    "\x00\x07\x1b[31m\x7f",
    "\ud800",
    "\ufffe\uffff",
    "😀👨‍👩‍👧🇨🇳",
    "\u202e反过来\u202c \u200f\u200e\u2066",
    "مرحبا שלום",
    "𬀩䶮",
    "é́́́́́́́́",
    "a" * 3000,
    "长" * 3000,
    "，。" * 500,
    "（" * 500,
    "行\n" * 200,
    "_x0041_",
)

hostile_words = st.sampled_from(HOSTILE) | st.text(st.characters(), max_size=60)
