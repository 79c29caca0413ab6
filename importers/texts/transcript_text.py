"""The text of a copied transcript put right: paragraphs apart, titles as headings, footer and faults gone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from importers.layout import hard_wrapped, list_item
from importers.texts.turns import opener, speakers
from kb.text.strings import clip
from notes.markdown import front_matter

_FOOTER = re.compile(
    r"(?:new comment|add a comment|submit|reply|share|report|like|subscribe|log ?in(?: to comment)?|sign up"
    r"|markdown editor|moderation log|mentioned in|view more|show more|load more|permalink|comments?"
    r"|\d+ (?:comments?|points?|votes?|replies|karma|likes?)(?:, .*)?|some comments are truncated.*"
    r"|comments? sorted by.*|top scoring|crossposted .*|\d{1,4}|[\d\s·•|+\-]*[▲▼△▽⬆⬇][▲▼△▽⬆⬇\d\s·•|+\-]*)",
    re.I,
)
_VOTES = re.compile(r"[\d\s·•|+\-]*[▲▼△▽⬆⬇][▲▼△▽⬆⬇\d\s·•|+\-]*")
_STRUCTURAL = re.compile(r"\s*(?:#{1,6} |>|\||```|~~~|\$\$|(?:[-*_] *){3,}$|=+$| {4}|\t)")
_BOLD_LINE = re.compile(r"(\*\*|__)(?P<title>[^*_\n]+)\1$")
_TITLE = re.compile(r"[\"'“‘(]?[^\W_a-z].*[^\s.,;:!?…\"”’\]]$")
_TITLE_LENGTH, _TITLE_WORDS = 100, 14
_FRAGMENT_MIN, _FRAGMENT_MAX = 15, 600
_ALIKE = 0.85


def clean(text: str) -> tuple[str, tuple[str, ...]]:
    """The Markdown of the transcript, and what was taken away from the copy."""
    body = front_matter.split(text)[1]
    lines, footer = _without_footer(text[body:].split("\n"))
    lines, fragments = _without_fragments(lines)
    problems = [f"copying fault removed: {clip(line, 80)!r}" for line in fragments]
    if footer:
        problems.append(f"page furniture removed: {clip(' / '.join(footer), 80)!r}")
    found = list(_paragraphs(lines))
    names = speakers(found)
    first = next((n for n, text in enumerate(found) if _opens(text, names)), len(found))
    out = []
    for number, paragraph in enumerate(found):
        title = heading_text(paragraph)
        follows = number + 1 < len(found)
        if title and follows and not _opens(paragraph, names):
            if number >= first or number + 1 == first > 1:
                paragraph = f"## {title}"
            elif number == 0 and first < len(found):
                paragraph = f"# {title}"
        out.append(paragraph)
    return text[:body] + "\n\n".join(out), tuple(problems)


def paragraphs(text: str) -> list[str]:
    """The paragraphs of the text as it stands: parted by blank lines, or by each line break."""
    return list(_paragraphs(text.split("\n")))


def heading_text(paragraph: str) -> str | None:
    """The words of a section title, or None: a short line of its own that is no sentence."""
    line = paragraph.strip()
    if "\n" in line or len(line) > _TITLE_LENGTH or _STRUCTURAL.match(line) or list_item(line):
        return None
    if bold := _BOLD_LINE.match(line):
        return None if bold["title"].rstrip().endswith(":") else bold["title"].strip()
    words = line.split()
    if len(words) > _TITLE_WORDS or not _TITLE.match(line) or line[0] in "([":
        return None
    return line if any(len(word) > 3 for word in words) else None


def _opens(paragraph: str, names: frozenset[str]) -> bool:
    found = opener(paragraph)
    return found is not None and found.name in names


def _paragraphs(lines: list[str]) -> Iterator[str]:
    names = speakers(lines)
    wrapped = hard_wrapped([line for line in lines if not _opens(line, names)] or lines)
    held: list[str] = []
    fenced = False
    for line in [*lines, ""]:
        fence = line.lstrip().startswith(("```", "~~~"))
        if not fenced and held and (not line.strip() or _starts(line, held[-1], names, wrapped)):
            yield "\n".join(held)
            held = []
        if line.strip() or fenced:
            held.append(line.rstrip())
        fenced = fenced != fence
    if held:
        yield "\n".join(held).rstrip()


def _starts(line: str, before: str, names: frozenset[str], wrapped: bool) -> bool:
    """Whether a line begins a paragraph although no blank line stands before it."""
    if _opens(line, names) or line.startswith("#") or before.startswith("#"):
        return True
    if wrapped or (_opens(before, names) and before.rstrip().endswith(":")):
        return False  # the name stands on a line of its own
    marked = [bool(_STRUCTURAL.match(one) or list_item(one)) for one in (before, line)]
    return not any(marked)


def _without_footer(lines: list[str]) -> tuple[list[str], list[str]]:
    end = len(lines)
    while end and (not lines[end - 1].strip() or _FOOTER.fullmatch(lines[end - 1].strip())):
        end -= 1
    removed = [line.strip() for line in lines[end:] if line.strip()]
    kept = []
    for line in lines[:end]:
        if _VOTES.fullmatch(line.strip()):
            removed.append(line.strip())
        else:
            kept.append(line)
    return kept, removed


def _without_fragments(lines: list[str]) -> tuple[list[str], list[str]]:
    """Takes out lines that repeat the end of the line just before, as a bad copy leaves them."""
    kept: list[str] = []
    removed: list[str] = []
    for line in lines:
        if kept and _repeats_end(line.strip(), kept[-1].rstrip()):
            removed.append(line.strip())
        else:
            kept.append(line)
    return kept, removed


def _repeats_end(line: str, before: str) -> bool:
    if not _FRAGMENT_MIN <= len(line) <= _FRAGMENT_MAX or len(before) <= len(line) + 5:
        return False
    if before.endswith(line):
        return True
    tail = before[-len(line) - 4 :]
    match = SequenceMatcher(None, tail, line, autojunk=False)
    return match.real_quick_ratio() >= _ALIKE and match.quick_ratio() >= _ALIKE and match.ratio() >= _ALIKE
