"""Groups: coming and going, privacy mode, ranks, links, migration, other names."""

from datetime import timedelta

import pytest

from sandbox import Group, Person, Room
from tests.sandbox.conftest import Api

NOT_MEMBER = (403, "Forbidden: bot is not a member of the supergroup chat")


@pytest.fixture
def group(room: Room, samira: Person) -> Group:
    made = room.group("Parents", supergroup=True)
    made.add(samira)
    made.add_bot(by=samira)
    room.updates.clear()
    return made


async def texts(api: Api) -> list[str]:
    updates = await api.result("getUpdates")
    return [update["message"].get("text", "") for update in updates if "message" in update]


async def test_add_bot_told_by_status_and_service_message(
    api: Api, room: Room, samira: Person
) -> None:
    group = room.group("Parents")
    group.add_bot(by=samira)

    updates = await api.result("getUpdates")

    change, service = updates[0]["my_chat_member"], updates[1]["message"]
    assert change["old_chat_member"]["status"] == "left"
    assert change["new_chat_member"]["status"] == "member"
    assert change["from"]["id"] == samira.id
    assert [user["id"] for user in service["new_chat_members"]] == [room.bot.id]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("bonjour", False),
        ("/agenda", True),
        ("/agenda@palabre_test_bot", True),
        ("/agenda@Palabre_Test_Bot ce soir", True),
        ("/agenda@another_bot", False),
        ("@palabre_test_bot bonjour", False),
    ],
)
async def test_privacy_mode_shows_commands_only(
    api: Api, group: Group, samira: Person, text: str, *, seen: bool
) -> None:
    samira.say(text, chat=group)

    assert await texts(api) == ([text] if seen else [])


async def test_privacy_mode_shows_replies_and_service_messages(
    api: Api, room: Room, group: Group, samira: Person
) -> None:
    await api.result("sendMessage", chat_id=group.id, text="carte")
    samira.say("oui", chat=group, reply_to=group.newest)
    group.rename("Parents de Chatenay")
    group.add(room.person("Karim"))

    messages = [update["message"] for update in await api.result("getUpdates")]

    assert messages[0]["reply_to_message"]["text"] == "carte"
    assert messages[1]["new_chat_title"] == "Parents de Chatenay"
    assert messages[2]["new_chat_members"][0]["first_name"] == "Karim"


async def test_administrator_sees_everything(api: Api, group: Group, samira: Person) -> None:
    group.promote_bot()
    samira.say("bonjour", chat=group)

    assert await texts(api) == ["bonjour"]


async def test_chat_member_only_when_asked_and_administrator(
    api: Api, room: Room, group: Group
) -> None:
    await api.result("getUpdates", allowed_updates=["chat_member"])
    group.add(room.person("Karim"))
    group.promote_bot()
    sonia = room.person("Sonia")
    group.add(sonia)
    group.remove(sonia, ban=True)

    changes = [update["chat_member"] for update in await api.result("getUpdates")]

    assert [change["new_chat_member"]["status"] for change in changes] == ["member", "kicked"]
    assert {change["new_chat_member"]["user"]["id"] for change in changes} == {sonia.id}


@pytest.mark.parametrize(
    ("supergroup", "words"),
    [
        (False, "Forbidden: bot was kicked from the group chat"),
        (True, "Forbidden: bot was kicked from the supergroup chat"),
    ],
)
async def test_removed_bot_forbidden(api: Api, room: Room, words: str, *, supergroup: bool) -> None:
    group = room.group("Parents", supergroup=supergroup)
    group.add_bot()
    group.remove_bot()

    assert await api.refusal("sendMessage", chat_id=group.id, text="x") == (403, words)


async def test_leave_then_not_a_member(api: Api, room: Room, group: Group) -> None:
    await api.result("leaveChat", chat_id=group.id)

    update = (await api.result("getUpdates"))[0]
    assert update["my_chat_member"]["new_chat_member"]["status"] == "left"
    assert await api.refusal("sendMessage", chat_id=group.id, text="x") == NOT_MEMBER
    assert await api.refusal("leaveChat", chat_id=group.id) == NOT_MEMBER
    stranger = room.group("Autres", supergroup=True)
    assert await api.refusal("getChat", chat_id=stranger.id) == NOT_MEMBER


async def test_deleted_group_forbidden(api: Api, group: Group) -> None:
    group.delete()

    assert await api.refusal("sendMessage", chat_id=group.id, text="x") == (
        403,
        "Forbidden: the group chat was deleted",
    )


async def test_migrated_group_refuses_with_new_id(api: Api, room: Room, samira: Person) -> None:
    group = room.group("Parents")
    group.add(samira)
    group.add_bot()
    room.updates.clear()
    old = group.id

    new = group.migrate()

    refused = await api.call("sendMessage", chat_id=old, text="x")
    first, second = (update["message"] for update in await api.result("getUpdates"))
    assert refused["parameters"] == {"migrate_to_chat_id": new}
    assert (refused["error_code"], refused["description"]) == (
        400,
        "Bad Request: group chat was upgraded to a supergroup chat",
    )
    assert (first["chat"]["id"], first["migrate_to_chat_id"]) == (old, new)
    assert (second["chat"]["id"], second["migrate_from_chat_id"]) == (new, old)
    assert await api.result("sendMessage", chat_id=new, text="x")
    assert group.id == new
    assert samira.say("/agenda", chat=group).chat_id == new


async def test_anonymous_and_channel_senders(api: Api, group: Group) -> None:
    group.promote_bot()
    group.say_anonymously("/nouveau")
    group.say_as_channel("/nouveau", title="La ville")

    updates = await api.result("getUpdates")

    anonymous, channel = (update["message"] for update in updates if "message" in update)
    assert anonymous["from"]["id"] == 1087968824
    assert anonymous["sender_chat"]["id"] == group.id
    assert channel["from"]["username"] == "Channel_Bot"
    assert channel["sender_chat"]["type"] == "channel"


async def test_invite_link_needs_right_then_lets_in(api: Api, room: Room, group: Group) -> None:
    karim = room.person("Karim")
    refused = await api.refusal("exportChatInviteLink", chat_id=group.id)
    group.promote_bot()

    link = await api.result("exportChatInviteLink", chat_id=group.id)
    karim.join(link)

    assert refused == (400, "Bad Request: not enough rights to manage chat invite link")
    assert group.holds(karim)
    assert (await api.result("getChat", chat_id=group.id))["invite_link"] == link
    assert (await api.result("getChatMemberCount", chat_id=group.id)) == 4


@pytest.mark.parametrize("how", ["revoked", "exhausted", "expired", "replaced"])
async def test_invite_link_no_longer_good_leads_nowhere(
    api: Api, room: Room, group: Group, how: str
) -> None:
    group.promote_bot()
    expires = room.clock.timestamp() + 60
    limits = {"exhausted": {"member_limit": 1}, "expired": {"expire_date": expires}}
    if how == "replaced":
        url = await api.result("exportChatInviteLink", chat_id=group.id)
        await api.result("exportChatInviteLink", chat_id=group.id)
    else:
        made = await api.result("createChatInviteLink", chat_id=group.id, **limits.get(how, {}))
        url = made["invite_link"]
    if how == "revoked":
        link = await api.result("revokeChatInviteLink", chat_id=group.id, invite_link=url)
        assert link["is_revoked"]
    if how == "exhausted":
        room.person("Première").join(url)
    await room.advance(timedelta(seconds=61))

    with pytest.raises(AssertionError, match="leads nowhere"):
        room.person("Karim").join(url)


@pytest.mark.parametrize(("method", "inside"), [("approve", True), ("decline", False)])
async def test_join_request_decided_once(
    api: Api, room: Room, group: Group, method: str, *, inside: bool
) -> None:
    group.promote_bot()
    room.updates.clear()
    made = await api.result(
        "createChatInviteLink", chat_id=group.id, creates_join_request=True, name="Voisins"
    )
    karim = room.person("Karim")
    karim.join(made["invite_link"])
    asked = (await api.result("getUpdates"))[0]["chat_join_request"]
    where = {"chat_id": group.id, "user_id": karim.id}

    before = group.holds(karim)
    await api.result(f"{method}ChatJoinRequest", **where)
    again = await api.refusal(f"{method}ChatJoinRequest", **where)

    assert asked["from"]["id"] == karim.id
    assert asked["invite_link"]["name"] == "Voisins"
    assert (before, group.holds(karim)) == (False, inside)
    assert again[1] in {
        "Bad Request: USER_ALREADY_PARTICIPANT",
        "Bad Request: HIDE_REQUESTER_MISSING",
    }


async def test_get_member_statuses(api: Api, room: Room, group: Group, samira: Person) -> None:
    karim = room.person("Karim")
    group.promote(samira)

    async def status(user_id: int) -> str:
        place = await api.result("getChatMember", chat_id=group.id, user_id=user_id)
        return str(place["status"])

    assert await status(samira.id) == "administrator"
    assert await status(room.bot.id) == "member"
    assert await status(karim.id) == "left"
    samira.leave(group)
    assert await status(samira.id) == "left"
    admins = await api.result("getChatAdministrators", chat_id=group.id)
    assert [place["status"] for place in admins] == ["creator"]
    assert await api.refusal("getChatMember", chat_id=group.id, user_id=42) == (
        400,
        "Bad Request: PARTICIPANT_ID_INVALID",
    )


async def test_forum_topics_made_renamed_closed_deleted(api: Api, room: Room) -> None:
    group = room.group("Commissions", forum=True)
    group.add_bot()
    refused = await api.refusal("createForumTopic", chat_id=group.id, name="Jardin")
    group.promote_bot()

    topic = await api.result("createForumTopic", chat_id=group.id, name="Jardin")
    where = {"chat_id": group.id, "message_thread_id": topic["message_thread_id"]}
    said = await api.result("sendMessage", **where, text="bonjour")
    await api.result("editForumTopic", **where, name="Potager")
    same = await api.refusal("editForumTopic", **where, name="Potager")
    await api.result("closeForumTopic", **where)
    closed = await api.refusal("sendMessage", **where, text="x")
    await api.result("deleteForumTopic", **where)

    assert refused == (400, "Bad Request: not enough rights to manage forum topics")
    assert said["is_topic_message"] is True
    assert same == (400, "Bad Request: TOPIC_NOT_MODIFIED")
    assert closed == (400, "Bad Request: TOPIC_CLOSED")
    assert await api.refusal("sendMessage", **where, text="x") == (
        400,
        "Bad Request: message thread not found",
    )
