"""The floor that speaks: what people write and tap comes in, screens go out; a column each."""
