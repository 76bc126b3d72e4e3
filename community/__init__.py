"""The floor that decides: pure rules, and the actions that use them."""
