"""Commands that are kept under names, as `kb save` and `kb run` share them."""

from __future__ import annotations

import shlex

from commands.home import home


def known(name: str) -> list[str]:
    """The words of the command that is kept under a name.

    Raises:
        NotFoundError: none is. UsageError: it is another `kb run`, which might never end.
    """
    from kb import config
    from kb.errors import NotFoundError
    from kb.text.spelling import one_of

    kept = config.load(home()).saved
    if name not in kept:
        hint = one_of(name, tuple(kept)) if kept else f"kb save {name} -- search QUERY keeps one"
        raise NotFoundError(f"no command is kept under {name!r}", hint)
    words = shlex.split(kept[name])
    check(words)
    return words


def check(words: list[str]) -> None:
    """See that a command can be kept.

    Raises:
        UsageError: it is another `kb run`.
    """
    from kb.errors import UsageError

    if words[:1] == ["run"]:
        raise UsageError("a kept command cannot run another kept one", "keep what that one does")
