"""The light markup that CSL allows in titles: as LaTeX, from LaTeX, and left out."""

from __future__ import annotations

import re
from collections.abc import Callable

from kb.text import latex
from kb.text.strings import squash

_TAG = re.compile(r"</?(?:i|b|sup|sub|sc|span)(?:\s[^<>]*)?>")
_PIECE = re.compile(r'<(?P<tag>i|b|sup|sub)>(?P<inner>[^<>]*)</(?P=tag)>|<span class="nocase">(?P<kept>[^<>]*)</span>')
_COMMANDS = {"i": "emph", "b": "textbf", "sup": "textsuperscript", "sub": "textsubscript"}
_TAGS = {"emph": "i", "textit": "i", "textbf": "b", "textsuperscript": "sup", "textsubscript": "sub"}
_COMMAND = re.compile(rf"\\(?P<name>{'|'.join(_TAGS)})\s*\{{(?P<inner>[^{{}}$]*)\}}")
_GROUP = re.compile(r"(?:(?<=[\s(\[“\"':/–—-])|^)(?P<kept>\{[^{}\\$]*[A-ZÀ-Þ][^{}\\$]*\}[\w{}-]*)")
_PRIVATE = re.compile("[\ue020-\ue02f]")
_SIGNS = {"\ue020": '<span class="nocase">', "\ue021": "</span>"} | {
    sign: tag
    for number, name in enumerate(("i", "b", "sup", "sub"))
    for sign, tag in ((chr(0xE022 + 2 * number), f"<{name}>"), (chr(0xE023 + 2 * number), f"</{name}>"))
}
_BY_TAG = {tag: sign for sign, tag in _SIGNS.items()}
_IN_TITLE_CASE = 0.6  # of the longer words begin with a capital


def plain(rich: str) -> str:
    """The words without their markup."""
    return squash(_TAG.sub("", rich))


def from_latex(source: str) -> str:
    """The words of a field in LaTeX, with italics and the like, and what braces keep from changing its case."""
    source = _PRIVATE.sub("", source).strip()
    while source.startswith("{") and source.endswith("}") and latex.is_balanced(source[1:-1]):
        source = source[1:-1]  # the whole in braces twice: that is a habit of programs
    source = _COMMAND.sub(
        lambda found: _tagged(_TAGS[found["name"]], found["inner"]),
        source,
    )
    source = _GROUP.sub(lambda found: "\ue020" + found["kept"] + "\ue021", source)
    return squash(_PRIVATE.sub(lambda sign: _SIGNS.get(sign[0], ""), latex.plain(source)))


def _tagged(tag: str, inner: str) -> str:
    return _BY_TAG[f"<{tag}>"] + inner + _BY_TAG[f"</{tag}>"]


def to_latex(rich: str, *, protect: bool = False) -> str:
    """The words as LaTeX; `protect` puts braces around those that lose their meaning in small letters."""
    rich, parts, at = squash(rich), [], 0
    keep = _keeper(plain(rich)) if protect else None
    for found in _PIECE.finditer(rich):
        parts.append(_spaced(rich[at : found.start()], keep))
        if found["tag"]:
            parts.append(f"\\{_COMMANDS[found['tag']]}{{{latex.escaped(found['inner'])}}}")
        else:
            parts.append(f"{{{latex.escaped(found['kept'])}}}")
        at = found.end()
    return "".join([*parts, _spaced(rich[at:], keep)])


def _spaced(text: str, keep: Callable[[str], bool] | None) -> str:
    """The text as LaTeX with the blanks at its ends."""
    before, after = " " * text[:1].isspace(), " " * (text[-1:].isspace() and bool(text.strip()))
    return before + latex.escaped(text, keep) + after


def _keeper(title: str) -> Callable[[str], bool]:
    """What tells the words of a title whose capitals mean something: names, where the title has small letters else."""
    words = latex.WORD.findall(title)
    long = [word for word in words[1:] if len(word) > 3]
    title_case = sum(word[0].isupper() for word in long) > _IN_TITLE_CASE * len(long)
    first = words[0] if words else ""

    def keep(word: str) -> bool:
        inner = any(sign.isupper() for sign in word[1:]) and any(sign.isalpha() for sign in word)
        return inner or (word[0].isupper() and word != first and not title_case)

    return keep
