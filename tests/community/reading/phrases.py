"""The held table: every phrase that officers write, by language."""

from tests.community.reading.english_phrases import (
    ENGLISH_DAYS,
    ENGLISH_HOURS,
    ENGLISH_SENTENCES,
)
from tests.community.reading.french_events import FRENCH_SENTENCES
from tests.community.reading.french_moments import FRENCH_DAYS, FRENCH_HOURS

FRENCH = (*FRENCH_DAYS, *FRENCH_HOURS, *FRENCH_SENTENCES)
ENGLISH = (*ENGLISH_DAYS, *ENGLISH_HOURS, *ENGLISH_SENTENCES)
