"""Who looks after whom (联系人): what pages and other matters call. Its parts are `liaison_board`, `liaison_assigning` and `care_talks`."""

from bot.services.care_talks import Noted, talked
from bot.services.liaison_assigning import Assigned, assign, history, unassign
from bot.services.liaison_board import Board, Load, Person, Proposed, board, own, suggestions, unassigned

__all__ = [
    "Assigned", "Board", "Load", "Noted", "Person", "Proposed",
    "assign", "board", "history", "own", "suggestions", "talked", "unassign", "unassigned",
]  # fmt: skip
