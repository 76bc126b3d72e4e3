"""The floor that remembers: tables, frozen records and their queries, on SQLite and PostgreSQL.

Nothing here decides and nothing here waits on a network. Every query is a plain synchronous
function whose first argument is a Reader (may look) or a Writer (may change).
"""
