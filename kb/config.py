"""`config.toml` of a home: few settings, each with a default, a type and a line that says what it does."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from kb.errors import KbError, UsageError
from kb.text import files

FILE = "config.toml"


Value = str | float | int | bool | Mapping[str, str]

MEANINGS = (
    "supports", "attacks", "undercuts", "restates", "related", "supported by", "attacked by", "undercut by",
    "restated by", "none",
)  # fmt: skip
"""What a name of a relation may be set to mean; `supported by` and the like turn it round, `none` takes a name away."""


def _setting(default: Any, what: str, name: str | None = None, choices: tuple[str, ...] = ()) -> Any:
    return field(default=default, metadata={"what": what, "name": name, "choices": choices})


@dataclass(frozen=True, slots=True)
class Settings:
    """What a home is set to. A field is a setting: its name, its default, and what it does."""

    model: str = _setting("", "sentence-transformers model for the vectors; empty for the packaged all-MiniLM-L6-v2")
    embedding_precision: str = _setting(
        "auto", "numbers in which the model runs: float32, int8, or auto, which is what is best on this processor",
        "embedding.precision", ("auto", "float32", "int8"),
    )  # fmt: skip
    max_file_mb: float = _setting(32, "a larger file is refused")
    contact: str = _setting("", "your mail address or page, told to the sites that texts are fetched from")
    max_download_mb: float = _setting(64, "a larger download is refused")
    related: int = _setting(3, "`related` links proposed for each statement; 0 for none")
    related_threshold: float = _setting(0.6, "least similarity of a `related` link, 0 to 1")
    statement_threshold: float = _setting(0.5, "suggested statements below this confidence are listed with --all only")
    me: str = _setting("me", "your name, as the speaker of what you write")
    least_precision: float = _setting(
        0.0, "suggestions of rules that your decisions show to be right less often are hidden"
    )
    nli: str = _setting(
        "", "NLI cross-encoder for kb propose: a folder, or a model that is on this machine", "judge.nli"
    )
    late_interaction: str = _setting(
        "on", "on or off: keep the words of passages, a bit a component, and rank the best hits by them",
        "search.late_interaction", ("on", "off"),
    )  # fmt: skip
    llm_url: str = _setting(
        "", "OpenAI-compatible endpoint for kb propose, such as http://localhost:11434/v1", "judge.llm.url"
    )
    llm_model: str = _setting("", "model that the endpoint is asked for", "judge.llm.model")
    llm_key_variable: str = _setting(
        "", "environment variable that holds the endpoint's key; empty for none", "judge.llm.key_variable"
    )
    llm_price_in: float = _setting(0.0, "price of a million tokens sent, in your currency", "judge.llm.price_in")
    llm_price_out: float = _setting(0.0, "price of a million tokens answered", "judge.llm.price_out")
    llm_timeout: float = _setting(120, "seconds to wait for an answer", "judge.llm.timeout")
    relations: Mapping[str, str] = field(
        default_factory=dict,
        metadata={
            "what": "a table: names of relations in your notes, and what they mean, as relations.doubts = attacks",
            "name": None,
            "choices": MEANINGS,
        },
    )
    saved: Mapping[str, str] = field(
        default_factory=dict,
        metadata={"what": "a table: commands by the names that kb save gives them", "name": None, "choices": ()},
    )

    def by_name(self) -> dict[str, Value]:
        """The values under the names by which people set them."""
        return {name: getattr(self, setting.field) for name, setting in SETTINGS.items()}

    def value(self, name: str) -> Value:
        """One of them, or an entry of one that is a table (`relations.doubts`; "" where there is none).

        Raises:
            UsageError: there is no such setting.
        """
        if entry := _entry(name):
            return str(getattr(self, name.partition(".")[0]).get(entry, ""))
        _named(name)
        return self.by_name()[name]


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting as people see it."""

    field: str
    default: Value
    what: str
    choices: tuple[str, ...] = ()


SETTINGS = {
    one.metadata["name"] or one.name: Setting(
        one.name, getattr(Settings(), one.name), one.metadata["what"], one.metadata["choices"]
    )
    for one in fields(Settings)
}
TABLES = frozenset(name for name, one in SETTINGS.items() if isinstance(one.default, Mapping))
"""Settings whose entries a person names."""


def load(home: Path) -> Settings:
    """The settings of the home's file, the rest at their defaults.

    Raises:
        KbError: the file is no TOML, or holds a setting that does not exist or has the wrong type.
    """
    import tomllib

    path = home / FILE
    given: dict[str, Any] = {}
    if path.exists():
        try:
            given = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
            raise KbError(f"cannot read {path}: {error}", "mend the file, or delete it to use the defaults") from error
    given = _flat(given)
    given |= {name: {key: str(value) for key, value in given[name].items()} for name in TABLES & given.keys()}
    for name, value in given.items():
        _check(name, value)
    return Settings(**{SETTINGS[name].field: value for name, value in given.items()})


def what(name: str) -> str:
    """What a setting does, or the table of which it is an entry."""
    return SETTINGS[name.partition(".")[0] if _entry(name) else name].what


def current(home: Path) -> Settings:
    """As `load`, but read again only when the file has changed.

    Raises:
        KbError: as for `load`.
    """
    try:
        status = os.stat(f"{home}/{FILE}")
    except OSError:
        return Settings()
    return _current(home, (status.st_mtime_ns, status.st_size))


@lru_cache(maxsize=4)
def _current(home: Path, _state: tuple[int, int]) -> Settings:
    return load(home)


def relations(home: Path) -> Mapping[str, str]:
    """The setting `relations`.

    Raises:
        KbError: as for `load`.
    """
    return current(home).relations


def set_value(home: Path, name: str, text: str) -> None:
    """Write one setting, leaving the rest of the file as it is."""
    import tomlkit

    value: Value = text if (entry := _entry(name)) else _parse(name, text)
    _check(*((name.partition(".")[0], {entry: value}) if entry else (name, value)))
    path = home / FILE
    document = tomlkit.parse(path.read_text(encoding="utf-8")) if path.exists() else tomlkit.document()
    table, last = _place(document, name)
    table[last] = value
    _write(path, tomlkit.dumps(document))


def unset(home: Path, name: str) -> None:
    """Go back to the default."""
    import tomlkit

    if not _entry(name):
        _named(name)
    path = home / FILE
    if path.exists():
        document = tomlkit.parse(path.read_text(encoding="utf-8"))
        table, last = _place(document, name)
        table.pop(last, None)
        _write(path, tomlkit.dumps(document))


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        files.write_text(path, text)
    except OSError as error:
        raise KbError(
            f"cannot write {path}: {error.strerror}", "see that the folder can be written and has room"
        ) from error


def _place(document: Any, name: str) -> tuple[Any, str]:
    """The table of a TOML document that holds a setting, made where there is none, and the setting's name in it."""
    *tables, last = name.split(".")
    for part in tables:
        document = document.setdefault(part, {})
        if not isinstance(document, dict):
            raise KbError(f"{FILE} holds a value for {part!r}, which is a table of settings", "mend the file")
    return document, last


def _flat(given: dict[str, Any], above: str = "") -> dict[str, Any]:
    """Settings of tables under their whole names: `[judge] nli = …` is "judge.nli"."""
    flat: dict[str, Any] = {}
    for name, value in given.items():
        whole = above + name
        flat |= _flat(value, f"{whole}.") if isinstance(value, dict) and whole not in TABLES else {whole: value}
    return flat


def _entry(name: str) -> str:
    """The name behind that of a table, "" where it is no entry of one."""
    table, _, entry = name.partition(".")
    return entry.strip() if table in TABLES else ""


def _named(name: str) -> Setting:
    if name not in SETTINGS:
        raise UsageError(f"no setting {name!r}", "one of: " + ", ".join(SETTINGS))
    return SETTINGS[name]


def _check(name: str, value: object) -> None:
    default, choices = _named(name).default, SETTINGS[name].choices
    if isinstance(default, Mapping):
        if not isinstance(value, dict):
            raise UsageError(f"setting {name} cannot be {value!r}", f"it is {SETTINGS[name].what}")
        for key, said in value.items():
            if choices and said not in choices:
                raise UsageError(f"setting {name}.{key} cannot be {said!r}", "one of: " + ", ".join(choices))
        return
    if choices and value not in choices:
        raise UsageError(f"setting {name} cannot be {value!r}", "one of: " + ", ".join(choices))
    fits = isinstance(value, int | float) if isinstance(default, int | float) else isinstance(value, type(default))
    if not fits or isinstance(value, bool) != isinstance(default, bool):
        raise UsageError(f"setting {name} cannot be {value!r}", f"it is {SETTINGS[name].what}; default {default!r}")


def _parse(name: str, text: str) -> Value:
    default = _named(name).default
    if isinstance(default, Mapping):
        raise UsageError(f"setting {name} is a table", f"set an entry of it: it is {SETTINGS[name].what}")
    if isinstance(default, str):
        return text
    try:
        number = float(text)
    except ValueError:
        raise UsageError(f"{name} takes a number, not {text!r}", SETTINGS[name].what) from None
    return int(number) if number.is_integer() and isinstance(default, int) else number
