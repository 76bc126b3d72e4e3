"""Photos, voices, documents, albums; uploads, file ids, downloads."""

import io
import json

import aiohttp
import pytest

from sandbox import Person, Room, Server
from tests.sandbox.conftest import Api


async def upload(
    api: Api, method: str, field: str, content: bytes, **extra: object
) -> aiohttp.ClientResponse:
    form = aiohttp.FormData()
    for name, value in extra.items():
        form.add_field(name, value if isinstance(value, str) else json.dumps(value))
    form.add_field(field, io.BytesIO(content), filename="affiche.jpg", content_type="image/jpeg")
    return await api.session.post(f"{api.base}/{method}", data=form)


@pytest.mark.parametrize("kind", ["photo", "voice", "document"])
async def test_upload_then_by_file_id_then_download(
    api: Api, server: Server, samira: Person, kind: str
) -> None:
    method = f"send{kind.title()}"
    answer = await upload(api, method, kind, b"content", chat_id=samira.id, caption="Voilà")
    sent = (await answer.json())["result"]
    shown = sent[kind][-1] if kind == "photo" else sent[kind]

    again = await api.result(method, chat_id=samira.id, **{kind: shown["file_id"]})
    found = await api.result("getFile", file_id=shown["file_id"])
    path = f"{server.api_url}/file/bot{samira.world.token}/{found['file_path']}"
    async with api.session.get(path) as response:
        content = await response.read()

    assert sent["caption"] == "Voilà"
    assert again[kind] == sent[kind]
    assert content == b"content"
    assert found["file_size"] == 7


async def test_download_unknown_or_wrong_token_refused(
    api: Api, server: Server, room: Room
) -> None:
    async with api.session.get(f"{server.api_url}/file/bot{room.token}/voice/no.oga") as missing:
        pass
    async with api.session.get(f"{server.api_url}/file/bot1:x/voice/no.oga") as forbidden:
        pass

    assert (missing.status, forbidden.status) == (404, 401)


async def test_get_file_wrong_id_refused(api: Api) -> None:
    assert await api.refusal("getFile", file_id="nonsense") == (
        400,
        "Bad Request: invalid file_id",
    )


async def test_get_file_beyond_twenty_megabytes_too_big(api: Api, samira: Person) -> None:
    sent = samira.send_document(b"0" * (20 * 1024 * 1024 + 1), "video.mp4")

    assert await api.refusal("getFile", file_id=sent.body["document"]["file_id"]) == (
        400,
        "Bad Request: file is too big",
    )


async def test_send_photo_wrong_source_refused(api: Api, samira: Person) -> None:
    voice = samira.send_voice(b"v").body["voice"]["file_id"]

    async def refusal(**params: object) -> str:
        return (await api.refusal("sendPhoto", chat_id=samira.id, **params))[1]

    assert await refusal() == "Bad Request: there is no photo in the request"
    assert await refusal(photo="x") == (
        "Bad Request: wrong remote file identifier specified: Wrong string length"
    )
    assert await refusal(photo="https://a.org/x.jpg") == (
        "Bad Request: failed to get HTTP URL content"
    )
    assert await refusal(photo=voice) == "Bad Request: can't use file of type Voice as Photo"


async def test_send_photo_caption_too_long_refused(api: Api, samira: Person) -> None:
    answer = await upload(api, "sendPhoto", "photo", b"p", chat_id=samira.id, caption="é" * 1025)

    assert (await answer.json())["description"] == "Bad Request: message caption is too long"


async def test_edit_caption_and_media_of_photo(api: Api, samira: Person) -> None:
    answer = await upload(api, "sendPhoto", "photo", b"p", chat_id=samira.id, caption="un")
    where = {"chat_id": samira.id, "message_id": (await answer.json())["result"]["message_id"]}

    await api.result("editMessageCaption", **where, caption="<i>deux</i>", parse_mode="HTML")
    captioned = samira.newest.entities
    text = await api.refusal("editMessageText", **where, text="x")
    media = {"type": "document", "media": "attach://new", "caption": "trois"}
    edited = await upload(api, "editMessageMedia", "new", b"d", **where, media=media)

    assert captioned == [{"type": "italic", "offset": 0, "length": 4}]
    assert text == (400, "Bad Request: there is no text in the message to edit")
    assert (await edited.json())["result"]["document"]["file_size"] == 1
    assert samira.newest.text == "trois"
    assert "photo" not in samira.newest.body


async def test_send_media_group_two_to_ten(api: Api, samira: Person) -> None:
    photo = samira.send_photo(b"p").body["photo"][-1]["file_id"]
    item = {"type": "photo", "media": photo}

    album = await api.result("sendMediaGroup", chat_id=samira.id, media=[item, item])
    one = await api.refusal("sendMediaGroup", chat_id=samira.id, media=[item])

    assert len({message["media_group_id"] for message in album}) == 1
    assert len(album) == 2
    assert one == (400, "Bad Request: number of media must be 2-10")


async def test_person_sends_files_bot_is_told(api: Api, samira: Person) -> None:
    samira.send_voice(b"v")
    samira.send_photo(b"p", "ma photo")
    samira.send_document(b"d", "../../etc/passwd")
    samira.share_contact("+33612345678")
    samira.share_location(48.9, 2.4)

    told = [update["message"] for update in await api.result("getUpdates")]

    assert told[0]["voice"]["mime_type"] == "audio/ogg"
    assert told[1]["caption"] == "ma photo"
    assert told[2]["document"]["file_name"] == "../../etc/passwd"
    assert told[3]["contact"]["user_id"] == samira.id
    assert told[4]["location"] == {"latitude": 48.9, "longitude": 2.4}
