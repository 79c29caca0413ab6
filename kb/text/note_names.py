"""How the files of notes end: links may say the ending or leave it out."""

from __future__ import annotations

import re

NOTE_ENDING = re.compile(r"\.(?:md|markdown|org|rst|rest)$", re.I)
