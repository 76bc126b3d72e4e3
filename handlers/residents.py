"""The home, languages, help, pause and resume, what is not understood, and the team of officers."""

from collections.abc import Callable, Mapping

from community import residents as rules
from community import team
from community.errors import GoneError
from community.notices import Kind
from handlers import buttons, commands
from handlers.buttons import Button
from handlers.context import Context
from handlers.guards import Route
from handlers.keyboards import menu_keyboard
from handlers.premises import Desk
from handlers.views import residents as views
from handlers.views.view import View
from handlers.words import Words, languages, words_for
from storage import residents
from storage.ids import ResidentId
from storage.outbox import Notice
from storage.residents import Resident, Role


def is_officer(resident: Resident) -> bool:
    """Whether a person may do all that an officer may."""
    return rules.may_act_as(resident, Role.OFFICER)


async def show_home(context: Context) -> None:
    """Show where everything starts."""
    resident = context.resident
    await context.show(views.home(context.words, resident, is_officer=is_officer(resident)))


async def say_menu(context: Context, words: Words) -> None:
    """Bring the permanent keyboard, in a language."""
    await context.say(views.menu(words), reply_keyboard=menu_keyboard(words))


async def on_home_tap(context: Context, _: buttons.Home) -> None:
    """Show the start."""
    await context.turn_away()
    await show_home(context)


async def on_settings_command(context: Context, _: str) -> None:
    """Show the start, where every choice is."""
    await show_home(context)


async def on_help_tap(context: Context, _: buttons.OpenHelp) -> None:
    """Show how to reach a human."""
    await _show_help(context)


async def on_help_text(context: Context, _: str) -> None:
    """Show how to reach a human, to a command or the menu."""
    await _show_help(context)


async def _show_help(context: Context) -> None:
    await context.show(
        views.assistance(context.words, context.resident, phone=context.premises.contact_phone)
    )


async def on_lost(context: Context, _: str = "") -> None:
    """Answer what is not understood."""
    await context.show(views.lost(context.words, phone=context.premises.contact_phone))


async def on_forbidden(context: Context) -> None:
    """Answer what a person's role does not reach as if it did not exist, and note it (F59)."""
    await context.database.write(rules.turn_away, resident_id=context.resident.id, now=context.now)
    if context.is_private:
        await on_lost(context)
    else:
        await context.toast(context.words("toast-old-button"), alert=True)


# ------------------------------------------------------------------------------------ languages


async def on_languages_tap(context: Context, _: buttons.OpenLanguages) -> None:
    """Show the languages."""
    await context.show(views.choice_of_languages(context.words))


async def on_languages_text(context: Context, _: str) -> None:
    """Show the languages, to a command or the menu."""
    await context.show(views.choice_of_languages(context.words))


async def on_language_tap(context: Context, button: buttons.SetLanguage) -> None:
    """Write to the person in another language, their keyboard and commands included."""
    if button.language not in languages():
        raise GoneError
    resident = context.resident
    await context.database.write(rules.speak, resident_id=resident.id, language=button.language)
    words = words_for(button.language)
    await context.show(
        views.home(words, resident, is_officer=is_officer(resident)),
        toast=words("residents-language-set"),
    )
    if button.language != resident.language:
        await say_menu(context, words)
        await list_commands(context, resident, language=button.language)


async def list_commands(context: Context, resident: Resident, *, language: str) -> None:
    """Have Telegram list an officer's own commands; a resident has everybody's."""
    if is_officer(resident):
        await commands.publish_to_officer(context.bot, resident.chat_id, language=language)


# ---------------------------------------------------------------------------------------- pause


async def on_stop(context: Context, _: str) -> None:
    """Send no more messages; a visitor gets none anyway, and nothing of them is kept."""
    resident = context.speaking.resident
    if resident is None:
        await context.show(views.stopped_visitor(context.words))
        return
    await context.forget_question()
    await _pause(context, resident)


async def on_pause_tap(context: Context, _: buttons.Pause) -> None:
    """Send no more messages."""
    await _pause(context, context.resident)


async def _pause(context: Context, resident: Resident) -> None:
    await context.database.write(rules.pause, resident_id=resident.id, now=context.now)
    await context.show(views.paused(context.words))


async def on_fewer_tap(context: Context, button: buttons.FewerMessages) -> None:
    """Show the ways to fewer messages."""
    await context.show(views.fewer(context.words, button.event_id))


async def on_resume_tap(context: Context, _: buttons.Resume) -> None:
    """Send messages again."""
    await context.database.write(rules.resume, resident_id=context.resident.id)
    resident = await context.database.read(residents.get, context.resident.id)
    await context.show(
        views.home(context.words, resident, is_officer=is_officer(resident)),
        toast=context.words("residents-resumed"),
    )


# ----------------------------------------------------------------------------------------- team


async def on_team_tap(context: Context, _: buttons.OpenTeam) -> None:
    """Show the officers."""
    await _show_team(context)


async def on_team_command(context: Context, _: str) -> None:
    """Show the officers."""
    await _show_team(context)


async def _show_team(context: Context) -> None:
    officers = await context.database.read(residents.team)
    await context.show(views.team(context.words, officers))


async def on_invite_tap(context: Context, _: buttons.InviteOfficer) -> None:
    """Make an invitation to the team, to be passed on."""
    code = await context.database.write(
        team.invite_officer, invited_by=context.resident.id, now=context.now
    )
    await context.show(views.invitation(context.words, context.premises.deep_link(code)))


async def on_request_tap(context: Context, button: buttons.AnswerRequest) -> None:
    """Take an officer's yes or no to a candidate."""
    candidate = await context.database.write(
        team.answer_request,
        candidate_id=button.candidate_id,
        officer_id=context.resident.id,
        accepted=button.accepted,
        now=context.now,
    )
    await context.show(views.answered(context.words, candidate, is_officer=is_officer(candidate)))
    await list_commands(context, candidate, language=candidate.language)


def word_request(desk: Desk, notice: Notice) -> View | None:
    """Ask an officer about a candidate; None once the candidate is in the team, or gone."""
    candidate = residents.find(desk.reader, ResidentId(notice.facts["candidate_id"]))
    if candidate is None or is_officer(candidate):
        return None
    invited_by = notice.facts["invited_by"]
    inviter = residents.find(desk.reader, ResidentId(invited_by)) if invited_by else None
    return views.request(desk.words, candidate, inviter)


def word_answer(desk: Desk, notice: Notice) -> View | None:
    """Tell a candidate the team's answer."""
    return views.decision(desk.words, accepted=notice.facts["accepted"])


def word_fault(desk: Desk, notice: Notice) -> View | None:
    """Tell an officer of a fault."""
    return views.fault_alert(desk.words, notice.facts["code"])


def word_mistake(desk: Desk, _: Notice) -> View | None:
    """Ask an officer whether the token or the database is a wrong one (F30)."""
    return views.mistake_alert(desk.words)


TAPS: Mapping[type[Button], Route] = {
    buttons.Home: Route(on_home_tap, Role.RESIDENT),
    buttons.OpenHelp: Route(on_help_tap, Role.RESIDENT),
    buttons.OpenLanguages: Route(on_languages_tap, Role.RESIDENT),
    buttons.SetLanguage: Route(on_language_tap, Role.RESIDENT),
    buttons.Pause: Route(on_pause_tap, Role.RESIDENT),
    buttons.FewerMessages: Route(on_fewer_tap, Role.RESIDENT),
    buttons.Resume: Route(on_resume_tap, Role.RESIDENT),
    buttons.OpenTeam: Route(on_team_tap, Role.OFFICER),
    buttons.InviteOfficer: Route(on_invite_tap, Role.OFFICER),
    buttons.AnswerRequest: Route(on_request_tap, Role.OFFICER),
}
COMMANDS: Mapping[str, Route] = {
    "settings": Route(on_settings_command, Role.RESIDENT),
    "langue": Route(on_languages_text, Role.RESIDENT),
    "aide": Route(on_help_text, Role.RESIDENT),
    "help": Route(on_help_text, Role.RESIDENT),
    "stop": Route(on_stop, None),
    "equipe": Route(on_team_command, Role.OFFICER),
}
MENU: Mapping[str, Route] = {
    "menu-language": Route(on_languages_text, Role.RESIDENT),
    "menu-help": Route(on_help_text, Role.RESIDENT),
}
NOTICES: Mapping[Kind, Callable[[Desk, Notice], View | None]] = {
    Kind.TEAM_REQUEST: word_request,
    Kind.TEAM_ANSWER: word_answer,
    Kind.FAULT_ALERT: word_fault,
    Kind.MISTAKE_ALERT: word_mistake,
}
