"""What a bot is made of, and how its parts are put together; none of them does anything yet."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from telegram.ext import Application, ContextTypes, ExtBot

from bot.clock import Clock, Ticks
from bot.editor import Editor
from bot.gate import Gate
from bot.handling import SIDE_BY_SIDE, Handling
from bot.keeping import keep as keep_written
from bot.receiver import Receiver
from bot.request import AiohttpRequest
from bot.results import keep_hold
from bot.sender import Sender
from bot.settings import Settings
from bot.ticks import table
from community.notices import Lane
from community.reminders import Policy
from handlers.context import Context
from handlers.premises import Premises, Services
from handlers.registration import register
from storage import holds
from storage.database import Database
from storage.ids import ChatId

Bot: TypeAlias = ExtBot[Lane]
Dispatcher: TypeAlias = Application[Any, Any, Any, Any, Any, Any]
"""python-telegram-bot's application, which finds an update's handler."""


@dataclass(frozen=True, slots=True)
class House:
    """A bot that stands, ready to live."""

    settings: Settings
    clock: Clock
    request: AiohttpRequest
    gate: Gate
    application: Dispatcher
    services: Services
    handling: Handling
    receiver: Receiver
    sender: Sender
    editor: Editor
    ticks: Ticks


async def gate_of(settings: Settings, database: Database, clock: Clock) -> Gate:
    """Build the gate, silent where Telegram asked for silence before a restart (F26)."""

    async def keep(chat_id: int | None, until: datetime) -> None:
        chat = holds.EVERYONE if chat_id is None else ChatId(chat_id)
        await keep_written(database, clock, keep_hold, chat, until=until)

    gate = Gate(
        clock,
        on_hold=keep,
        messages_per_second=settings.limits.messages_per_second,
        messages_per_minute_group=settings.limits.messages_per_minute_group,
    )
    for hold in await database.read(holds.running, now=clock.now()):
        gate.hold(None if hold.chat_id == holds.EVERYONE else hold.chat_id, hold.until)
    return gate


def bot_of(settings: Settings, request: AiohttpRequest, gate: Gate) -> Bot:
    """Build what calls Telegram, all of it through the gate and the one request."""
    return ExtBot(
        settings.telegram.token.get_secret_value(),
        base_url=f"{settings.telegram.api_url}/bot",
        base_file_url=f"{settings.telegram.api_url}/file/bot",
        request=request,
        get_updates_request=request,
        rate_limiter=gate,
    )


async def build(
    settings: Settings,
    clock: Clock,
    database: Database,
    *,
    request: AiohttpRequest,
    gate: Gate,
    bot: Bot,
) -> House:
    """Put a house together around a bot that Telegram knows and a database that is its own."""
    services = Services(
        database, clock.now, premises_of(settings, bot.username), gate.carrying(request.call)
    )
    application = _application(bot)
    register(application, services)
    await application.initialize()
    handling = Handling(application, services, clock)
    per_second = settings.limits.messages_per_second
    return House(
        settings=settings,
        clock=clock,
        request=request,
        gate=gate,
        application=application,
        services=services,
        handling=handling,
        receiver=Receiver(request, services, handling, clock),
        sender=Sender(request, gate, services, clock, messages_per_second=per_second),
        editor=Editor(request, gate, services, clock),
        ticks=Ticks(table(services), clock),
    )


def premises_of(settings: Settings, bot_username: str) -> Premises:
    """Give the settings that what is said depends on."""
    return Premises(
        name=settings.community.name,
        default_language=settings.community.default_language,
        contact_phone=settings.community.contact_phone,
        bot_username=bot_username,
        admins=frozenset(settings.people.admins),
        policy=Policy(
            lead_times=settings.reminders.lead_times,
            quiet_from=settings.quiet_hours.start,
            quiet_to=settings.quiet_hours.end,
            zone=settings.community.timezone,
        ),
        hold_for=timedelta(seconds=settings.broadcast.hold_seconds),
    )


def _application(bot: Bot) -> Dispatcher:
    """Build python-telegram-bot's application without its updater and its job queue."""
    return (
        Application.builder()
        .bot(bot)
        .updater(None)
        .job_queue(None)
        .context_types(ContextTypes(context=Context))
        .concurrent_updates(SIDE_BY_SIDE)
        .build()
    )
