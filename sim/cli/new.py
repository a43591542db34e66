"""Start from a running example."""

import shutil
from pathlib import Path

import click

from sim.cli.options import FILE, language_option, say
from sim.common.errors import Fault, InvalidInput, Place, nearest
from sim.common.language import Language, Text
from sim.common.paths import library

_NOT_EXAMPLES = {"regions", "policies", "plans", "projects"}


@click.command()
@click.argument("example", required=False)
@click.option("-o", "--out", type=FILE, default=None, help="folder to make / 目标文件夹 (./<example>)")
@language_option
def new(example: str | None, out: Path | None, lang: Language) -> None:
    """Copy an example's scenarios into a folder of your own / 把示例方案复制到自己的文件夹.

    Without a name, lists the examples.
    """
    examples = {
        folder.name: folder
        for folder in sorted((library() / "scenarios").iterdir())
        if folder.is_dir() and folder.name not in _NOT_EXAMPLES
    }
    if example is None:
        for name in examples:
            say(name)
        return
    if example not in examples:
        problem = Text(
            f"没有名为 {example} 的示例(有:{'、'.join(examples)})",
            f"no example is called {example} (there are: {', '.join(examples)})",
        )
        raise InvalidInput([Fault(Place("new"), "", problem, nearest(example, examples))])
    target = out or Path(example)
    if target.exists():
        problem = Text("已存在,不覆盖", "exists already and is not overwritten")
        raise InvalidInput([Fault(Place(str(target)), "", problem)])
    _copy(examples[example], target)
    files = sorted(path.name for path in target.glob("*.yaml"))
    say(Text(f"已新建 {target}:{'、'.join(files)}", f"made {target}: {', '.join(files)}").in_(lang))
    first = next((name for name in ("pilot.yaml", "trend.yaml", *files) if name in files), "")
    say(f"townward run {(target / first).as_posix()}")


def _copy(source: Path, target: Path) -> None:
    """Copy a folder so that it is whole or not there at all."""
    partial = target.with_name(f".{target.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    try:
        shutil.copytree(source, partial)
        partial.rename(target)
    except OSError as problem:
        shutil.rmtree(partial, ignore_errors=True)
        said = problem.strerror or str(problem)
        raise InvalidInput(
            [Fault(Place(str(target)), "", Text(f"无法写入:{said}", f"cannot be written: {said}"))]
        ) from None
