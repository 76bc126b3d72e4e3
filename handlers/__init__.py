"""The floor that speaks: what people write and tap comes in, screens go out. One module a column."""
