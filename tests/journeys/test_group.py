"""A Telegram group: linked by a code, one card with counts, never a name, a tap that counts."""

import re

from sandbox import Group, Person
from storage import groups
from storage.ids import ChatId
from tests.house import House
from tests.journeys.telling import TITLE, Tale

CARD = [
    f"👨‍👩‍👧 {TITLE}",
    "📅 Samedi 5 décembre  🕑 14 h à 16 h",
    "📍 Espace Linné",
]
TITLE_OF_GROUP = "Les parents"


async def linked(house: House, *, admin: bool = True) -> tuple[Tale, Group]:
    """Give a story in which Karim has linked a group to Parents."""
    await house.welcome(house.karim)
    tale = Tale(house)
    await tale.found("👨‍👩‍👧 Parents")
    await tale.tap(house.karim, "💬 Relier un groupe")
    typed = re.search(r"/lier@\S+ \S+", house.karim.newest.text)
    assert typed is not None
    group = house.room.group(TITLE_OF_GROUP, owner=house.karim)
    group.add_bot(by=house.karim, admin=admin)
    await house.rest()
    house.karim.say(typed[0], group)
    await house.rest()
    return tale, group


async def test_f72_group_that_nobody_asked_for_is_left_and_nothing_is_kept(house: House) -> None:
    await house.welcome(house.karim)
    tale = Tale(house)
    tale.sent()
    stranger = house.room.person("Stranger")
    group = house.room.group("Ventes", owner=stranger)

    group.add_bot(by=stranger)
    await house.rest()

    assert not group.room_chat.holds(house.room.bot.id)
    assert tale.sent() == {}
    assert await house.read(groups.find, ChatId(group.id)) is None


async def test_code_typed_in_the_group_links_it_and_tells_the_officer(house: House) -> None:
    tale, group = await linked(house)

    assert group.newest.text == "✅ Ce groupe est relié à Parents."
    assert house.karim.newest.text == "✅ Un groupe Telegram est relié à Parents."
    assert house.karim.newest.labels == ["⚙️ Voir le groupe", "🏠"]
    await tale.tap(house.karim, "⚙️ Voir le groupe")
    assert "💬 Un groupe Telegram est relié." in house.karim.newest.text


async def test_announcement_stands_in_the_group_with_counts_and_is_edited(house: House) -> None:
    tale, group = await linked(house)
    samira, yusuf = await tale.gather("Samira", "Yusuf")
    await tale.enter("Parents", samira)
    group.add(samira, yusuf)
    await tale.create()
    tale.sent()

    await tale.announce("Parents")
    card = group.newest
    assert card.text.splitlines()[:3] == CARD
    assert card.text.splitlines()[-1] == "✅ 0 · 🤔 0 · ⏳ 0"
    assert card.labels == ["✅ Je viens", "❌ Non"]
    assert tale.sent() == {"Karim": 1, "Samira": 1, TITLE_OF_GROUP: 1}

    told = await tale.tap(yusuf, "✅ Je viens", card)
    await tale.tap(yusuf, "+2")
    await tale.tap(samira, "🤔 Peut-être")
    await tale.pass_by(seconds=10)

    assert told.text == "✅ C'est noté. Je vous écris en privé."
    assert card.text.splitlines()[-1] == "✅ 1 · 🤔 1 · ⏳ 0"
    assert "🪑 Reste 9 places" in card.text
    assert tale.sent() == {"Yusuf": 1}
    said = [one.text for one in group.received]
    assert not [text for text in said if re.search("Samira|Yusuf|Karim", text)]


async def test_neighbour_unknown_to_the_bot_is_led_to_the_event_in_private(house: House) -> None:
    tale, group = await linked(house)
    zoe = house.room.person("Zoé")
    group.add(zoe)
    await tale.create()
    await tale.announce("Parents")

    told = await tale.tap(zoe, "✅ Je viens", group.newest)
    code = told.url.partition("?start=")[2]
    await house.welcome(zoe, payload=code)

    assert told.url.startswith(f"https://t.me/{house.room.bot.username}?start=")
    assert zoe.find(TITLE).labels[:2] == ["✅ Je viens", "❌ Non"]


async def test_open_the_group_is_its_invite_link(house: House) -> None:
    tale, group = await linked(house)
    (samira,) = await tale.gather("Samira")
    await tale.enter("Parents", samira)
    await tale.tap(samira, "✅ Fini")

    samira.join(samira.tap("💬 Ouvrir le groupe").url)

    assert group.holds(samira)


async def test_group_without_rights_has_its_link_pasted_by_the_officer(house: House) -> None:
    tale, _ = await linked(house, admin=False)
    karim: Person = house.karim
    assert karim.newest.text.splitlines()[1].startswith("🔗 Copiez le lien d'invitation du groupe")

    await tale.say(karim, "https://t.me/+AbCdEf123456")

    assert karim.newest.text.startswith("✅ Le lien du groupe est noté.")
    (samira,) = await tale.gather("Samira")
    await tale.enter("Parents", samira)
    await tale.tap(samira, "✅ Fini")
    assert samira.tap("💬 Ouvrir le groupe").url == "https://t.me/+AbCdEf123456"


async def test_f31_group_that_moves_is_followed_and_gets_the_next_card(house: House) -> None:
    tale, group = await linked(house)
    old = group.id
    (samira,) = await tale.gather("Samira")
    await tale.enter("Parents", samira)

    group.migrate()
    await house.rest()
    await tale.create()
    await tale.announce("Parents")

    assert await house.read(groups.find, ChatId(old)) is None
    assert group.newest.text.splitlines()[:3] == CARD
    assert samira.newest.text.splitlines()[:3] == CARD
