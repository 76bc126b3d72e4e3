"""What officers and residents read after a silence of Telegram's."""

from datetime import datetime

from handlers import buttons
from handlers.views.view import Key, View
from handlers.words import Words


def alert(words: Words, since: datetime, until: datetime, sent_since: int, sent_until: int) -> View:
    """Tell an officer of a silence, with the one tap that tells those who were invited."""
    text = words("outages-alert", start=moment(words, since), end=moment(words, until))
    tell = Key(words("outages-tell"), buttons.TellOutage(sent_since, sent_until))
    return View(text, ((tell,),))


def told(words: Words, number: int) -> View:
    """Tell an officer how many people are told."""
    return View(
        words("outages-told", number=number), ((Key(words("button-home"), buttons.Home()),),)
    )


def notice(words: Words, since: datetime, until: datetime) -> View:
    """Ask a resident to tap again."""
    text = words("outages-notice", start=moment(words, since), end=moment(words, until))
    agenda = Key(words("outages-agenda"), buttons.OpenAgenda())
    return View(text, ((agenda,),))


def recap(words: Words) -> View:
    """Say that what came during a long silence was read, and where to look."""
    keys = (
        Key(words("button-rsvps"), buttons.OpenRsvps()),
        Key(words("button-home"), buttons.Home()),
    )
    return View(words("outages-recap"), (keys,))


def moment(words: Words, instant: datetime) -> str:
    """Write a day and an hour, the instant being local."""
    return words("outages-moment", day=words.day(instant.date()), hour=words.hour(instant.time()))
