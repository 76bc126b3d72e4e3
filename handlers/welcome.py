"""The first contact: language, notice, consent, first name; then what the link promised, at once.

Nothing is kept before consent: the language and the link's code ride in the buttons. A link's start
parameter comes as the argument of /start (https://core.telegram.org/bots/features#deep-linking).
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from telegram import ChatMemberUpdated
from telegram.constants import ChatMemberStatus

from community import events as gatherings
from community import residents as people
from community import rsvps as answers
from community import team
from community import welcome as rules
from community.errors import CommunityError
from community.rsvps import Place
from handlers import buttons, commissions, events, privacy, residents, rsvps
from handlers.buttons import Button
from handlers.context import Context
from handlers.guards import Route
from handlers.views import privacy as privacy_views
from handlers.views import residents as home_views
from handlers.views import welcome as views
from handlers.words import Words, languages, words_for
from storage import commissions as commission_rows
from storage import events as event_rows
from storage import residents as known
from storage.commissions import Commission
from storage.database import Reader
from storage.residents import Resident, Role

FIRST_NAME = "first_name"
"""The question whose answer is a first name. Its facts: `code`; `is_new`, before the menu came."""
_CODE = re.compile(r"[A-Za-z0-9_-]{1,40}")
"""What may ride in a button of 64 bytes, a language beside it; our codes have 22 letters."""


async def on_start_command(context: Context, argument: str) -> None:
    """Begin with a visitor; give a known person what the link promises, or the start."""
    if context.speaking.resident is None:
        code = argument if _CODE.fullmatch(argument) else ""
        await context.show(views.choice_of_languages(code))
        return
    await context.database.write(people.welcome_back, resident_id=context.resident.id)
    if argument:
        await _open(context, argument)
    else:
        await residents.show_home(context)


async def on_visitor(context: Context, *arguments: object) -> None:
    """Answer whatever a visitor taps or writes; in a group, send them to a private chat.

    Who taps on an event, on a card from before they erased all, is led to that event.
    """
    if context.is_private:
        await context.show(views.choice_of_languages(await _code_of(context, arguments)))
    else:
        await context.toast(context.words("welcome-private-first"), alert=True)


async def _code_of(context: Context, arguments: tuple[object, ...]) -> str:
    """Make a code that opens the event of a button; empty where there is none to open."""
    button = next(iter(arguments), None)
    if not isinstance(button, buttons.OpenEvent | buttons.AnswerEvent):
        return ""
    try:
        event_id = button.event_id
        return await context.database.write(gatherings.invite, event_id=event_id, now=context.now)
    except CommunityError:
        return ""


async def on_reach_changed(context: Context, changed: ChatMemberUpdated) -> None:
    """Note that a known person has blocked the bot, or lets it write again (F28)."""
    resident = context.speaking.resident
    if resident is None:
        return
    if changed.new_chat_member.status == ChatMemberStatus.BANNED:
        await context.database.write(rules.lose_touch, resident=resident, now=context.now)
    else:
        await context.database.write(people.welcome_back, resident_id=resident.id)


# ----------------------------------------------------------------------------- before consent


async def on_language_tap(context: Context, button: buttons.ChooseLanguage) -> None:
    """Give the notice in the visitor's language."""
    if context.speaking.resident is not None:
        await _open(context, button.code)
        return
    await context.show(
        views.notice(_words(context, button.language), place=_place(context), code=button.code)
    )


async def on_more_tap(context: Context, button: buttons.LearnMore) -> None:
    """Say all about a person's data."""
    if context.speaking.resident is not None:
        await privacy.show_data(context)
        return
    await context.show(
        views.details(
            _words(context, button.language),
            place=_place(context),
            phone=context.premises.contact_phone,
            code=button.code,
        )
    )


async def on_refuse_tap(context: Context, button: buttons.Refuse) -> None:
    """Keep nothing, and show what the link promised all the same."""
    if context.speaking.resident is not None:
        await privacy.show_data(context)
        return
    await context.database.write(rules.refuse, chat_id=context.chat_id, cause=context.cause)
    context.scrub_when_done()
    words = _words(context, button.language)
    promised = await context.database.read(_promised_event, button.code, context.now)
    await context.show(
        views.refused(words, promised, phone=context.premises.contact_phone, code=button.code)
    )


def _promised_event(
    reader: Reader, code: str, now: datetime
) -> tuple[Place, Commission | None] | None:
    """Look up the event that a link promises, as a visitor sees it, and whom it is for."""
    event_id = rules.promise(reader, code, now=now).event_id
    event = event_rows.find(reader, event_id) if event_id is not None else None
    if event is None:
        return None
    whose = commission_rows.find(reader, event.commission_id) if event.commission_id else None
    return answers.place(reader, event=event, resident_id=None, now=now), whose


def _place(context: Context) -> str:
    return context.premises.name


def _words(context: Context, language: str) -> Words:
    """Give the words of the language in a button; the house's where it is none of ours."""
    return words_for(language if language in languages() else context.premises.default_language)


# ----------------------------------------------------------------------- consent, first name


async def on_agree_tap(context: Context, button: buttons.Agree) -> None:
    """Enter the person, and ask whether their first name is right."""
    words = _words(context, button.language)
    user = context.incoming.effective_user
    resident = await context.database.write(
        rules.consent,
        telegram_id=context.speaking.telegram_id,
        name=people.usable_first_name(
            user.first_name if user is not None else "", otherwise=words("welcome-nameless")
        ),
        language=words.language,
        admins=context.premises.admins,
        now=context.now,
    )
    view = views.question_of_name(words_for(resident.language), resident.first_name, button.code)
    await context.ask(FIRST_NAME, view, code=button.code, is_new=True)
    await residents.list_commands(context, resident, language=resident.language)


async def on_keep_name_tap(context: Context, button: buttons.KeepName) -> None:
    """Go on with the name as it is."""
    await _arrive(context, button.code, is_new=_is_new(context))


async def on_other_name_tap(context: Context, button: buttons.OtherName) -> None:
    """Ask for another first name."""
    is_new, words = _is_new(context), context.words
    name = context.resident.first_name
    back = views.as_it_is(name, button.code) if is_new else privacy_views.back_to_data(words)
    view = views.writing_of_name(words, back)
    await context.ask(FIRST_NAME, view, code=button.code, is_new=is_new)


async def on_first_name_text(context: Context, text: str) -> None:
    """Call the person as they wrote."""
    await context.database.write(people.rename, resident_id=context.resident.id, name=text)
    await _look_again(context)
    if _is_new(context):
        await _arrive(context, str(context.asked["code"]), is_new=True)
        return
    await privacy.show_data(context)
    # After the answer, so that a crash asks nothing twice: the same name is set again.
    await context.forget_question()


def _is_new(context: Context) -> bool:
    """Whether the person has just agreed and has not seen the menu yet."""
    prompt = context.speaking.prompt
    return prompt is not None and prompt.kind == FIRST_NAME and prompt.facts["is_new"] is True


async def _look_again(context: Context) -> None:
    """Have the rest of this update see the person as they now are."""
    resident = await context.database.read(known.get, context.resident.id)
    context.speaking = replace(context.speaking, resident=resident)


async def _arrive(context: Context, code: str, *, is_new: bool) -> None:
    """Give what the link promised; the first time, bring the menu with it."""
    await _open(context, code)
    if is_new:
        await residents.say_menu(context, context.words)
        await context.forget_question()


# ------------------------------------------------------------------------------- the promise


async def _open(context: Context, code: str) -> None:
    """Give what a link promises; the agenda where there was none."""
    if not code:
        await events.show_agenda(context)
        return
    promise = await context.database.read(rules.promise, code, now=context.now)
    if promise.event_id is not None:
        await rsvps.show_event(context, promise.event_id)
    elif promise.commission_id is not None:
        await commissions.show_joined(context, promise.commission_id)
    elif promise.is_invitation:
        await _accept(context, code)
    else:
        await context.show(views.dead_link(context.words))


async def _accept(context: Context, code: str) -> None:
    """Use an invitation to the team up."""
    is_officer = await context.database.write(
        team.accept_invitation,
        code=code,
        resident_id=context.resident.id,
        now=context.now,
        cause=context.cause,
    )
    if not is_officer:
        await context.show(views.awaiting(context.words))
        return
    await _look_again(context)
    await _show_team_home(context, context.resident)


async def _show_team_home(context: Context, officer: Resident) -> None:
    news = context.words("residents-accepted")
    await context.show(home_views.home(context.words, officer, is_officer=True, news=news))
    await residents.list_commands(context, officer, language=officer.language)


TAPS: Mapping[type[Button], Route] = {
    buttons.ChooseLanguage: Route(on_language_tap, None),
    buttons.LearnMore: Route(on_more_tap, None),
    buttons.Agree: Route(on_agree_tap, None),
    buttons.Refuse: Route(on_refuse_tap, None),
    buttons.KeepName: Route(on_keep_name_tap, Role.RESIDENT),
    buttons.OtherName: Route(on_other_name_tap, Role.RESIDENT),
}
COMMANDS: Mapping[str, Route] = {"start": Route(on_start_command, None)}
PROMPTS: Mapping[str, Route] = {FIRST_NAME: Route(on_first_name_text, Role.RESIDENT)}
