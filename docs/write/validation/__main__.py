"""`python -m docs.write.validation DATA [--output docs/validation.md]`."""

import sys
from pathlib import Path

import click

from docs.write.validation.check import Status
from docs.write.validation.page import summary, write
from docs.write.validation.run import validate
from sim.common.errors import Exit, InvalidInput
from sim.common.language import from_environment


@click.command()
@click.argument("data", type=click.Path(path_type=Path))
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), default=None, help="Page to write.")
def main(data: Path, output: Path | None) -> None:
    """Check the simulator's functions against the published figures in the folder DATA."""
    try:
        lines = validate(data)
    except InvalidInput as problem:
        click.echo(problem.message(from_environment()), err=True)
        sys.exit(Exit.INVALID_INPUT)
    for line in lines:
        click.echo(line.line())
    click.echo(summary(lines))
    if output is not None:
        write(lines, output)
    if any(line.status is Status.BEYOND for line in lines):
        sys.exit(1)


if __name__ == "__main__":
    main()
