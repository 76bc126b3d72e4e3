"""The bot before your eyes, without a token: a quarter on phones in a page, the real bot beside it.

The room, the page and the quarter live in one process, the bot in another that may be killed. None
of it touches a real token or a real database: settings come from here alone.
"""
