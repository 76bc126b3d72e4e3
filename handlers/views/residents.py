"""The home, help, languages, pause and the team of officers, as people see them."""

from collections.abc import Iterable

from handlers import buttons
from handlers.views.view import Key, Row, View, escape, lines, rows
from handlers.words import Words, language_name, languages
from storage.ids import EventId
from storage.residents import Resident

ANNOUNCE = "announce"
ROSTER = "roster"
"""What an event may be chosen for (`buttons.ChooseEvent`)."""


def home(words: Words, resident: Resident, *, is_officer: bool, news: str | None = None) -> View:
    """Give the start of everything, with the officers' own rows for an officer."""
    is_paused = resident.paused_at is not None
    text = lines(
        news,
        words("residents-home-paused") if is_paused else None,
        words("residents-home", name=escape(resident.first_name)),
    )
    resume = ((Key(words("button-resume"), buttons.Resume()),),) if is_paused else ()
    return View(text, (*_choices(words), *(_duties(words) if is_officer else ()), *resume))


def _choices(words: Words) -> tuple[Row, ...]:
    return (
        _agenda_and_rsvps(words),
        (
            Key(words("button-groups"), buttons.OpenCommissions()),
            Key(words("button-language"), buttons.OpenLanguages()),
        ),
        (
            Key(words("button-data"), buttons.OpenData()),
            Key(words("button-help"), buttons.OpenHelp()),
        ),
    )


def _duties(words: Words) -> tuple[Row, ...]:
    return (
        (
            Key(words("button-new-event"), buttons.NewEvent()),
            Key(words("button-announce"), buttons.ChooseEvent(ANNOUNCE)),
        ),
        (
            Key(words("button-roster"), buttons.ChooseEvent(ROSTER)),
            Key(words("button-team"), buttons.OpenTeam()),
        ),
    )


def _agenda_and_rsvps(words: Words) -> Row:
    return (
        Key(words("button-agenda"), buttons.OpenAgenda()),
        Key(words("button-rsvps"), buttons.OpenRsvps()),
    )


def home_key(words: Words) -> Key:
    """Give the way back to the start."""
    return Key(words("button-home"), buttons.Home())


def phone_line(words: Words, phone: str) -> str | None:
    """Give the line that names a human's telephone; None where the settings name none."""
    return words("residents-phone", phone=escape(phone)) if phone else None


def menu(words: Words) -> View:
    """Give the message that brings the permanent keyboard."""
    return View(words("residents-menu"))


def assistance(words: Words, resident: Resident, *, phone: str) -> View:
    """Give what the bot is for, and how to reach a human."""
    pause = (
        Key(words("button-pause"), buttons.Pause())
        if resident.paused_at is None
        else Key(words("button-resume"), buttons.Resume())
    )
    return View(
        lines(phone_line(words, phone), words("residents-help")),
        (
            _agenda_and_rsvps(words),
            (pause, Key(words("button-data"), buttons.OpenData())),
            (home_key(words),),
        ),
    )


def lost(words: Words, *, phone: str) -> View:
    """Give the answer to what is not understood, and to what a role does not reach."""
    return View(
        lines(words("residents-lost"), phone_line(words, phone)),
        (_agenda_and_rsvps(words), (home_key(words),)),
    )


def choice_of_languages(words: Words) -> View:
    """Give the complete languages, two a row; the present one is ticked."""
    keys = (Key(_language_label(words, code), buttons.SetLanguage(code)) for code in languages())
    return View(words("residents-languages"), (*rows(keys), (home_key(words),)))


def _language_label(words: Words, code: str) -> str:
    name = language_name(code)
    is_present = code == words.language
    return words("residents-language-chosen", language=name) if is_present else name


def paused(words: Words) -> View:
    """Give what follows STOP."""
    return View(
        lines(words("residents-paused"), words("residents-paused-still-told")),
        (
            (
                Key(words("button-resume"), buttons.Resume()),
                Key(words("button-data"), buttons.OpenData()),
            ),
            (home_key(words),),
        ),
    )


def fewer(words: Words, event_id: EventId) -> View:
    """Give the ways to fewer messages, to who finds the announcement of an event too much."""
    return View(
        words("residents-fewer"),
        (
            (
                Key(words("button-groups"), buttons.OpenCommissions()),
                Key(words("button-pause"), buttons.Pause()),
            ),
            (Key(words("button-back"), buttons.OpenEvent(event_id)), home_key(words)),
        ),
    )


def stopped_visitor(words: Words) -> View:
    """Give the answer to a visitor's STOP."""
    agenda = Key(words("button-agenda"), buttons.OpenAgenda())
    return View(words("residents-stopped-visitor"), ((agenda,),))


def team(words: Words, officers: Iterable[Resident]) -> View:
    """Give the officers' names, to officers."""
    names = ", ".join(escape(officer.first_name) for officer in officers)
    return View(
        words("residents-team", names=names),
        ((Key(words("residents-invite"), buttons.InviteOfficer()), home_key(words)),),
    )


def invitation(words: Words, link: str) -> View:
    """Give a link to the team, to be passed on to one person."""
    return View(
        lines(words("residents-invitation"), escape(link)),
        ((Key(words("button-team"), buttons.OpenTeam()), home_key(words)),),
    )


def request(words: Words, candidate: Resident, inviter: Resident | None) -> View:
    """Ask an officer whether somebody invited may join the team."""
    invited_by = (
        words("residents-request-from", inviter=escape(inviter.first_name)) if inviter else None
    )
    return View(
        lines(
            words("residents-request", name=escape(candidate.first_name)),
            invited_by,
            words("residents-request-effect"),
        ),
        (
            (
                Key(
                    words("residents-request-yes"),
                    buttons.AnswerRequest(candidate.id, accepted=True),
                ),
                Key(
                    words("residents-request-no"),
                    buttons.AnswerRequest(candidate.id, accepted=False),
                ),
            ),
        ),
    )


def answered(words: Words, candidate: Resident, *, is_officer: bool) -> View:
    """Give whether a candidate is in the team, to the officer who answered."""
    key = "residents-joined" if is_officer else "residents-not-joined"
    return View(
        words(key, name=escape(candidate.first_name)),
        ((Key(words("button-team"), buttons.OpenTeam()), home_key(words)),),
    )


def decision(words: Words, *, accepted: bool) -> View:
    """Give a candidate the team's answer."""
    key = "residents-accepted" if accepted else "residents-refused"
    return View(words(key), ((home_key(words),),))


def fault_alert(words: Words, code: str) -> View:
    """Tell an officer that something a person asked could not be done."""
    return View(words("residents-fault-alert", code=escape(code)), ((home_key(words),),))


def mistake_alert(words: Words) -> View:
    """Tell an officer that announcements rest, for too many people are unknown to Telegram."""
    return View(words("residents-mistake-alert"), ((home_key(words),),))
