"""Places as people say them: the front door to the gazetteer, the search and the statements."""

from bot.language.gazetteer import Level, Place, nearest, place, position
from bot.language.place_search import find
from bot.language.place_statements import Said, corrected, said

__all__ = ["Level", "Place", "Said", "corrected", "find", "nearest", "place", "position", "said"]
