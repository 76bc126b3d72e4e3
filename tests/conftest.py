"""What every test may ask for, and how long Hypothesis may think."""

from hypothesis import settings

pytest_plugins = ["tests.postgresql", "tests.browser.chromium", "tests.databases", "tests.house"]

# Two cores shared by all: how long an example took says nothing about the code.
settings.register_profile("house", deadline=None)
settings.load_profile("house")
