"""Where updates are brought: setting and reading the webhook.

https://core.telegram.org/bots/api#setwebhook. Telegram wants https; on loopback the room takes http
too, as a local Bot API server does.
"""

import re

from sandbox.errors import bad
from sandbox.methods.request import Method, Request
from sandbox.shapes import Json
from sandbox.world import Webhook

SECRET = re.compile(r"[A-Za-z0-9_-]*")
SECRET_LIMIT = 256  # https://core.telegram.org/bots/api#setwebhook
CONNECTIONS = 40
LOOPBACK = re.compile(r"http://(127\.0\.0\.1|localhost|\[::1\])[:/]")


def _checked_url(url: str) -> str:
    if not (url.startswith("https://") or LOOPBACK.match(url)):
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    return url


def _checked_secret(secret: str) -> str:
    if len(secret) > SECRET_LIMIT:
        raise bad("secret token is too long")
    if not SECRET.fullmatch(secret):
        raise bad("secret token contains unallowed characters")
    return secret


def set_webhook(call: Request) -> bool:
    """Have updates brought to an address; an empty one stops it."""
    params, world = call.params, call.world
    if not params.text("url"):
        return delete_webhook(call)
    url, secret = _checked_url(params.text("url")), _checked_secret(params.text("secret_token"))
    if "allowed_updates" in params:
        world.updates.allow(params.listed("allowed_updates"))
    if params.flag("drop_pending_updates"):
        world.updates.clear()
    connections = params.integer("max_connections", CONNECTIONS)
    world.webhook = Webhook(url, secret, connections, set_count=world.webhook.set_count + 1)
    world.webhook_changed.ring()
    world.updates.arrived.ring()
    return True


def delete_webhook(call: Request) -> bool:
    """Stop bringing updates; they wait for getUpdates again."""
    if call.params.flag("drop_pending_updates"):
        call.world.updates.clear()
    call.world.webhook = Webhook(set_count=call.world.webhook.set_count + 1)
    call.world.webhook_changed.ring()
    return True


def get_info(call: Request) -> Json:
    """Return how the delivery goes."""
    world, webhook = call.world, call.world.webhook
    told: Json = {
        "url": webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates),
    }
    if webhook.url:
        told |= {"max_connections": webhook.max_connections, "ip_address": "127.0.0.1"}
    if webhook.last_error:
        told["last_error_date"] = webhook.last_error_at
        told["last_error_message"] = webhook.last_error
    if world.updates.asked:
        told["allowed_updates"] = world.updates.asked
    return told


METHODS: dict[str, Method] = {
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_info,
}
