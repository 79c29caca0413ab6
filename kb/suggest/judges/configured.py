"""The judge that the settings of a home set up, and what it is asked about."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kb import config
from kb.errors import UsageError
from kb.store.open import Store
from kb.suggest.judges import Judge
from kb.suggest.judges.prompts import Task

if TYPE_CHECKING:
    from kb.suggest.judges.chat import Chat

Items = Callable[[Store, str | None, float], Sequence[Any]]
"""What there is to be asked about a source or statement, or all; of statements that are accepted, or so sure."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A judge with what it is asked about; None where that is found above this room (`kb.review.issue_list`)."""

    judge: Judge[Any]
    items: Items | None


@contextmanager
def configured(home: Path, wanted: str | None = None, task: Task = "pairs") -> Iterator[Asked]:
    """The judge "nli" or "llm" for a task; for None the one that is set up.

    Raises:
        UsageError: it is not set up, or none or both are and none is named; or it cannot do the task.
    """
    settings = config.load(home)
    nli, llm = bool(settings.nli), bool(settings.llm_url and settings.llm_model)
    if wanted is None and task != "pairs" and llm:
        wanted = "llm"  # the only one that can
    wanted = wanted or ("nli" if nli and not llm else "llm" if llm and not nli else None)
    if wanted is None:
        problem = "two judges are set up" if nli else "no judge is set up"
        raise UsageError(problem, "--judge nli or --judge llm" if nli else "kb config judge.nli …, or judge.llm.url …")
    if wanted == "nli":
        from kb.suggest.judges import pairs
        from kb.suggest.judges.nli import Nli

        if not nli:
            raise UsageError("judge.nli is not set", "kb config judge.nli FOLDER, or the name of a model")
        if task != "pairs":
            raise UsageError(f"a cross-encoder sees pairs only, no {task}", "set up judge.llm.url and judge.llm.model")
        yield Asked(Nli(settings.nli), pairs.candidates)
        return
    from kb.suggest.judges.chat import Chat

    if not llm:
        raise UsageError("judge.llm.url and judge.llm.model are not both set", "kb config judge.llm.url URL")
    with Chat(
        settings.llm_url, settings.llm_model, settings.llm_key_variable,
        settings.llm_timeout,
    ) as chat:  # fmt: skip
        yield _language_model(task, chat, settings.llm_price_in, settings.llm_price_out)


def _language_model(task: Task, chat: Chat, price_in: float, price_out: float) -> Asked:
    from kb.suggest.judges import glosses, llm, pairs, replies, speakers, titles
    from kb.suggest.judges.model import Model, Work

    asked: dict[Task, tuple[Work[Any], Items | None]] = {
        "pairs": (llm.WORK, pairs.candidates),
        "replies": (replies.WORK, replies.items),
        "speakers": (speakers.WORK, speakers.items),
        "glosses": (glosses.WORK, glosses.items),
        "titles": (titles.WORK, None),
    }
    work, items = asked[task]
    return Asked(Model(work, chat, price_in, price_out), items)
