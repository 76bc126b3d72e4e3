"""Phones in a web page: what the people of a room see, side by side, and what they do on them.

    async with Server(room) as server, Page(room, port=8080) as page:
        print(page.url)                 # http://127.0.0.1:8080/
        page.publish("bot", {"alive": True, "starts": 1})

Generic: it draws any bot's messages, and knows of it only what the room knows and what it is told
by `publish`. It listens on loopback alone. The files in `static/` are served as they were written;
`sample.ogg` is a hummed tune of this project's own, synthesised in a browser, packed by `ogg.js`.
"""

from sandbox.phones.page import Page

__all__ = ["Page"]
