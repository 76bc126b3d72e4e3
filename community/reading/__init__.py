"""Reading what an officer types: one sentence into the parts of an event, or one answer.

Pure values in and out. The words of a language come in as a Vocabulary; what is not understood,
or could mean two things, comes out as a Doubt and is asked: nothing is ever guessed.
"""

from community.reading.answers import read_day, read_hours, read_number, read_seats
from community.reading.doubts import Doubt, Field, Reason
from community.reading.instants import AmbiguousTimeError, NonexistentTimeError, to_instant
from community.reading.sentences import Reading, read
from community.reading.vocabulary import Phrases, Values, Vocabulary

__all__ = [
    "AmbiguousTimeError",
    "Doubt",
    "Field",
    "NonexistentTimeError",
    "Phrases",
    "Reading",
    "Reason",
    "Values",
    "Vocabulary",
    "read",
    "read_day",
    "read_hours",
    "read_number",
    "read_seats",
    "to_instant",
]
