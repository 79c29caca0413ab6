"""The judge that the settings of a home set up."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kb import config
from kb.errors import UsageError
from kb.suggest.judges import Judge


@contextmanager
def configured(home: Path, wanted: str | None = None) -> Iterator[Judge]:
    """The judge "nli" or "llm"; for None the one that is set up.

    Raises:
        UsageError: it is not set up, or none or both are and none is named.
    """
    settings = config.load(home)
    nli, llm = bool(settings.nli), bool(settings.llm_url and settings.llm_model)
    wanted = wanted or ("nli" if nli and not llm else "llm" if llm and not nli else None)
    if wanted is None:
        problem = "two judges are set up" if nli else "no judge is set up"
        raise UsageError(problem, "--judge nli or --judge llm" if nli else "kb config judge.nli …, or judge.llm.url …")
    if wanted == "nli":
        from kb.suggest.judges.nli import Nli

        if not nli:
            raise UsageError("judge.nli is not set", "kb config judge.nli FOLDER, or the name of a model")
        yield Nli(settings.nli)
        return
    from kb.suggest.judges.chat import Chat
    from kb.suggest.judges.llm import Llm

    if not llm:
        raise UsageError("judge.llm.url and judge.llm.model are not both set", "kb config judge.llm.url URL")
    with Chat(
        settings.llm_url, settings.llm_model, settings.llm_key_variable,
        settings.llm_timeout,
    ) as chat:  # fmt: skip
        yield Llm(chat, settings.llm_price_in, settings.llm_price_out)
