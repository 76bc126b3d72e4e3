"""The command line. Each command brings in what it needs, so that `--help` answers at once."""

import gc
import os
import signal
import sys
from pathlib import Path

import click

config_option = click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The settings file; ./config.toml by default.",
)


@click.group()
def main() -> None:
    """Palabre: a Telegram bot for the life of a neighbourhood."""


@main.command()
@config_option
def run(config: Path | None) -> None:
    """Live: listen, answer and remind, until told to stop."""
    # A start makes things that stay: looking for garbage among them would be a sixth of it.
    gc.disable()
    from bot import program

    sys.exit(program.run(config, os.environ))


@main.command()
@config_option
@click.option("--json", "for_programs", is_flag=True, help="Print the report as JSON.")
def check(config: Path | None, *, for_programs: bool) -> None:
    """Tell whether the bot could run here, and if not, why."""
    from bot import check as report

    checks = report.look(config, os.environ)
    click.echo(report.as_json(checks) if for_programs else report.as_table(checks))
    sys.exit(report.exit_code(checks))


@main.command()
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8080, help="The page's, on loopback."
)
@click.option("--no-browser", is_flag=True, help="Print the address, open nothing.")
@click.option("--language", type=click.Choice(["fr", "en"]), default="fr", help="The officer's.")
@click.option(
    "--keep",
    type=click.Path(path_type=Path),
    help="Keep all in this folder, its language too; next time goes on from there.",
)
@click.option("--script", is_flag=True, help="Play the tour by itself and check each step.")
def demo(
    port: int,
    language: str,
    keep: Path | None,
    *,
    no_browser: bool,
    script: bool,
) -> None:
    """Show Palabre living in a quarter, on phones in a page: no token, no settings, no trace.

    Without a terminal it plays the tour by itself, as with --script.
    """
    is_scripted = script or not sys.stdout.isatty()
    if not is_scripted:
        # Ctrl-C while all is imported ends as quietly as it does later.
        signal.signal(signal.SIGINT, lambda *_: sys.exit(0))
    from bot.demo import program

    wishes = program.Wishes(
        port=port,
        opens_browser=not no_browser,
        language=language,
        folder=keep,
        is_scripted=is_scripted,
    )
    sys.exit(program.main(wishes))


@main.group()
def invite() -> None:
    """Invite people whom the bot cannot know by itself."""


@invite.command()
@config_option
def officer(config: Path | None) -> None:
    """Print a link that makes an officer of who follows it: once, within 24 hours."""
    from bot import program

    sys.exit(program.invite_officer(config, os.environ))


if __name__ == "__main__":
    main(prog_name="palabre")
