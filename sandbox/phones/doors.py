"""Who may come in, and what a browser may do with what it gets.

The page acts for everybody in the room, so it is for this machine alone: a request must name a
loopback host (which stops DNS rebinding), and one that acts must come from the page itself.
https://developer.mozilla.org/docs/Web/HTTP/CSP
"""

from aiohttp import web
from aiohttp.typedefs import Handler
from yarl import URL

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
POLICY = (
    "default-src 'self'; img-src 'self' blob: data:; media-src 'self' blob: data:; "
    "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "microphone=(self), camera=(), geolocation=()",
}


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let a request in, or refuse it with 403."""
    if _host(request.headers.get("Host", "")) not in LOOPBACK:
        raise web.HTTPForbidden(text="this page is for this machine alone")
    origin = request.headers.get("Origin")
    if request.method != "GET" and origin and origin != f"http://{request.host}":
        raise web.HTTPForbidden(text="only the page itself may act")
    return await handler(request)


async def seal(_request: web.Request, response: web.StreamResponse) -> None:
    """Put the strict headers on every answer, unless it has stricter ones."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", "no-cache")


def _host(header: str) -> str | None:
    try:
        return URL(f"http://{header}").host
    except ValueError:
        return None
