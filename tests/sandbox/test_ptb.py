"""python-telegram-bot reads all that the room answers."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    ChatMemberAdministrator,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    MessageOriginUser,
    ReplyKeyboardMarkup,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, RetryAfter

from sandbox import Fault, Group, Person, Room, Server, status

KEYBOARD = InlineKeyboardMarkup(
    [[InlineKeyboardButton("Oui", callback_data="y"), InlineKeyboardButton("Plan", url="a.org")]]
)


@pytest.fixture
async def bot(room: Room, server: Server) -> AsyncIterator[Bot]:
    api = f"{server.api_url}/bot"
    async with Bot(room.token, base_url=api, base_file_url=f"{server.api_url}/file/bot") as made:
        yield made


@pytest.fixture
def group(room: Room, samira: Person) -> Group:
    made = room.group("Parents", supergroup=True)
    made.add(samira)
    made.add_bot(by=samira, admin=True)
    room.updates.clear()
    return made


async def test_ptb_message_keyboard_tap_answer_edit(bot: Bot, samira: Person) -> None:
    sent = await bot.send_message(
        samira.id, "<b>Venez</b> &amp; 😀 ?", parse_mode=ParseMode.HTML, reply_markup=KEYBOARD
    )
    tap = samira.tap("Oui")
    update = (await bot.get_updates(timeout=5))[0]
    assert update.callback_query is not None
    await update.callback_query.answer("Noté", show_alert=True)
    edited = await bot.edit_message_text("fini", samira.id, sent.message_id)
    keyed = await bot.send_message(
        samira.id, "menu", reply_markup=ReplyKeyboardMarkup([["Agenda"]])
    )

    assert sent.text_html == "<b>Venez</b> &amp; 😀 ?"
    assert (await tap.answered()).text == "Noté"
    assert not isinstance(edited, bool)
    assert edited.text == "fini"
    assert keyed.message_id
    assert samira.reply_keyboard == [["Agenda"]]


async def test_ptb_every_update_kind_read(
    bot: Bot, room: Room, group: Group, samira: Person
) -> None:
    await bot.get_updates(
        allowed_updates=[
            "message",
            "edited_message",
            "callback_query",
            "my_chat_member",
            "chat_member",
            "chat_join_request",
            "message_reaction",
            "poll",
            "poll_answer",
        ]
    )
    sent = await bot.send_poll(samira.id, "Quand ?", ["a", "b"], is_anonymous=False)
    samira.edit(samira.say("avant"), "après")
    samira.forward(samira.say("suivi"))
    samira.react(samira.newest, "👍")
    samira.vote(samira.newest, 0)
    karim = room.person("Karim")
    karim.join(group.invite_link())
    room.person("Sonia").join(group.invite_link(creates_join_request=True))
    group.say_anonymously("x")
    group.remove_bot()
    samira.block()

    updates = await bot.get_updates()

    read = [name for update in updates for name in update.to_dict() if name != "update_id"]
    assert sent.poll is not None
    assert set(read) == {
        "message",
        "edited_message",
        "message_reaction",
        "poll",
        "poll_answer",
        "chat_member",
        "chat_join_request",
        "my_chat_member",
    }
    origins = [update.message.forward_origin for update in updates if update.message]
    assert any(isinstance(origin, MessageOriginUser) for origin in origins)


async def test_ptb_files_sent_by_bytes_and_id(bot: Bot, samira: Person) -> None:
    photo = await bot.send_photo(samira.id, b"photo", caption="<i>x</i>", parse_mode="HTML")
    voice = await bot.send_voice(samira.id, b"voice")
    document = await bot.send_document(samira.id, b"document", filename="règles.pdf")
    again = await bot.send_photo(samira.id, photo.photo[-1].file_id)
    album = await bot.send_media_group(
        samira.id, [InputMediaPhoto(b"one"), InputMediaPhoto(b"two", caption="deux")]
    )

    assert voice.voice is not None
    found = await bot.get_file(voice.voice.file_id)
    assert bytes(await found.download_as_bytearray()) == b"voice"
    assert document.document is not None
    assert document.document.file_name == "règles.pdf"
    assert again.photo == photo.photo
    assert [message.caption for message in album] == [None, "deux"]


async def test_ptb_person_voice_downloaded(bot: Bot, samira: Person) -> None:
    samira.send_voice(b"entendu")
    message = (await bot.get_updates())[0].message
    assert message is not None
    assert message.voice is not None

    found = await message.voice.get_file()

    assert bytes(await found.download_as_bytearray()) == b"entendu"


async def test_ptb_chats_members_links_topics(bot: Bot, room: Room, group: Group) -> None:
    forum = room.group("Forum", forum=True)
    forum.add_bot(admin=True)

    chat = await bot.get_chat(group.id)
    me = await bot.get_chat_member(group.id, room.bot.id)
    admins = await bot.get_chat_administrators(group.id)
    link = await bot.create_chat_invite_link(
        group.id, expire_date=room.clock.now() + timedelta(hours=1)
    )
    topic = await bot.create_forum_topic(forum.id, "Jardin")

    assert chat.title == "Parents"
    assert isinstance(me, ChatMemberAdministrator)
    assert me.can_invite_users
    assert len(admins) == 2
    assert link.invite_link in group.room_chat.links
    assert topic.name == "Jardin"


async def test_ptb_profile_round_trip(bot: Bot, samira: Person) -> None:
    scope = BotCommandScopeChat(samira.id)
    await bot.set_my_commands([BotCommand("agenda", "L'agenda")], scope=scope)
    await bot.set_my_description("Bonjour")
    await bot.set_webhook("https://a.org/hook", secret_token="x" * 32)
    told = await bot.get_webhook_info()
    await bot.delete_webhook()

    assert (await bot.get_my_commands(scope=scope))[0].command == "agenda"
    assert (await bot.get_my_description()).description == "Bonjour"
    assert told.url == "https://a.org/hook"
    assert (await bot.get_chat_menu_button()).type == "commands"


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")  # RetryAfter
async def test_ptb_refusals_become_its_errors(bot: Bot, room: Room, samira: Person) -> None:
    plain = room.group("Ancien")
    plain.add_bot()
    old, new = plain.id, plain.migrate()

    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(5, "x")
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(old, "x")
    samira.block()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(samira.id, "x")
    room.faults.add(Fault(status(429, retry_after=7), times=1))
    with pytest.raises(RetryAfter) as held:
        await bot.send_message(samira.id, "x")
    room.faults.add(Fault(status(409), times=1))
    with pytest.raises(Conflict):
        await bot.get_updates()
    room.faults.add(Fault(status(401), times=1))
    with pytest.raises(InvalidToken):
        await bot.get_me()

    assert moved.value.new_chat_id == new
    assert held.value.retry_after in {7, timedelta(seconds=7)}  # as PTB_TIMEDELTA says
