"""Where a page goes."""

from pathlib import Path

import click


def put(text: str, output: Path | None) -> None:
    """Write a page; to standard output where no file is named."""
    if output is None:
        click.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8")
