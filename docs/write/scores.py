"""What the cross-checks need of a backtest: `python -m docs.write.scores SCORES.json` keeps it in that file.

SCORES.json is what `townward backtest … --json` prints; scores by province are left out.
"""

import json
from pathlib import Path
from typing import Any, Final

import click

_LEFT_OUT: Final = ("by_province",)


def kept(content: dict[str, Any]) -> str:
    """The scores that the program carries, one method a line."""
    lines = [
        f"{json.dumps(key)}: {_groups(value) if key in ('all', 'by_kind') else json.dumps(value, ensure_ascii=False)}"
        for key, value in content.items()
        if key not in _LEFT_OUT
    ]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _groups(value: dict[str, Any]) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace('"methods":{', '"methods":{\n ').replace('}},"', '}},\n "')


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def main(file: Path) -> None:
    """Keep of a backtest's scores what the cross-checks show."""
    text = kept(json.loads(file.read_text(encoding="utf-8")))
    file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
