"""Reading a call out of an HTTP request, in whichever of the four ways it was written.

https://core.telegram.org/bots/api#making-requests
"""

import json

from aiohttp import web

from sandbox.errors import Refusal, bad
from sandbox.params import Params, Upload, decode
from sandbox.shapes import Json

TOO_LARGE = Refusal(413, "Request Entity Too Large")


async def read_params(request: web.Request) -> Params:
    """Return the parameters and files of a request.

    Raises:
        Refusal: the body is too large, or no JSON where JSON was promised.
    """
    values: Json = dict(request.query)
    uploads: dict[str, Upload] = {}
    try:
        if request.content_type == "application/json":
            values |= _parsed(await request.read())
        elif request.body_exists:
            await _form(request, values, uploads)
    except web.HTTPRequestEntityTooLarge:
        raise TOO_LARGE from None
    return Params(decode(values), uploads)


def _parsed(body: bytes) -> Json:
    if not body.strip():
        return {}
    try:
        parsed = json.loads(body)
    except ValueError:
        raise bad("can't parse JSON object") from None
    if not isinstance(parsed, dict):
        raise bad("object expected in the request")
    return parsed


async def _form(request: web.Request, values: Json, uploads: dict[str, Upload]) -> None:
    for name, part in (await request.post()).items():
        if isinstance(part, web.FileField):
            content = part.file.read()
            uploads[name] = Upload(part.filename, content, part.content_type)
        elif isinstance(part, (bytes, bytearray)):
            uploads[name] = Upload(name, bytes(part), "application/octet-stream")
        else:
            values[name] = part
