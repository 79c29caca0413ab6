"""The text of a LaTeX source as it is to be read: comments out, its other files in, the author's own commands expanded.

Nothing is run. Files come only out of the folder of the source, and what is included or expanded is bounded, so that
no definition goes on for ever.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

_VERBATIM = re.compile(
    r"\\begin\{(?P<name>verbatim\*?|Verbatim|lstlisting|minted|alltt|filecontents\*?)\}(?:\[[^\]]*\])?(?:\{(?P<lang>[^{}]*)\})?"
    r"(?P<code>.*?)\\end\{(?P=name)\}",
    re.S,
)
_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%[^\n]*(?:\n[ \t]*(?=\S))?")
_LEFT = re.compile(r"\\begin\{comment\}.*?\\end\{comment\}|\\iffalse\b.*?\\fi\b", re.S)
_INPUT = re.compile(r"\\(?:input|include|subfile)(?:\s*\{\s*(?P<braced>[^{}]+?)\s*\}|[ \t]+(?P<bare>[^\s{}\\]+))")
_BIBLIOGRAPHY = re.compile(r"\\(?:bibliography\s*\{[^{}]*\}|printbibliography(?:\[[^\]]*\])?)")
_DEFINITION = re.compile(
    r"\\(?P<how>newcommand|renewcommand|providecommand|DeclareRobustCommand|DeclareMathOperator|def|gdef)\*?\s*"
    r"(?:\{\s*(?P<braced>\\(?:[A-Za-z@]+|.))\s*\}|(?P<bare>\\(?:[A-Za-z@]+|.)))\s*"
    r"(?P<parameters>(?:#\d)*)(?:\[(?P<count>\d)\])?(?:\[(?P<default>[^\[\]]*)\])?\s*(?=\{)"
)
_THEOREM = re.compile(
    r"\\newtheorem\*?\s*\{(?P<name>[^{}]+)\}\s*(?:\[[^\]]*\])?\s*\{(?P<title>[^{}]+)\}(?:\[[^\]]*\])?"
)
_NEVER = re.compile(
    r"\\(?:if|else|fi|csname|expandafter|futurelet|let|def|newcommand|loop|write|catcode|begin|end|@)|@"
)
_DEEPEST, _MOST_FILES, _MOST_TEXT = 8, 200, 20_000_000
_MOST_EXPANSIONS, _LONGEST_BODY = 50_000, 400
_CODE = "\ue020"  # stands around the number of a listing


@dataclass(slots=True)
class Source:
    """A source ready to be parsed; `listings` are its verbatim blocks with their languages, by number."""

    preamble: str = ""
    body: str = ""
    listings: list[tuple[str, str]] = field(default_factory=list)
    theorems: dict[str, str] = field(default_factory=dict)
    left: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class _Command:
    count: int
    default: str | None
    body: str


def prepared(text: str, other: Callable[[str], str | None], name: str) -> Source:
    """The source in a text. `other` gives the text of a file beside it, None where there is none."""
    source = Source()
    whole = _with_files(_plain(text, source), other, source, name, 0, [0])
    source.theorems = {found["name"]: found["title"] for found in _THEOREM.finditer(whole)}
    whole = _THEOREM.sub("", whole)
    whole, commands = _definitions(whole)
    whole = _expanded(whole, commands, source)
    begin = whole.find(r"\begin{document}")
    if begin < 0:
        source.body = whole
        return source
    end = whole.find(r"\end{document}", begin)
    source.preamble = whole[:begin]
    source.body = whole[begin + len(r"\begin{document}") : end if end >= 0 else len(whole)]
    return source


def _plain(text: str, source: Source) -> str:
    """The text without comments; verbatim blocks, in which a `%` is one, aside."""

    def keep(found: re.Match[str]) -> str:
        if found["name"].startswith("filecontents"):
            return ""
        lang = found["lang"] or "" if found["name"] == "minted" else ""
        lead = f"{{{found['lang']}}}" if found["lang"] and not lang else ""
        source.listings.append((lang, (lead + found["code"]).strip("\n")))
        return f"\n\n{_CODE}{len(source.listings) - 1}{_CODE}\n\n"

    bare = _VERBATIM.sub(keep, text.replace(_CODE, ""))
    bare = _COMMENT.sub(r"\1", bare)
    source.left["comment"] += len(_LEFT.findall(bare))
    return _LEFT.sub("", bare)


def _with_files(
    text: str, other: Callable[[str], str | None], source: Source, name: str, depth: int, read: list[int]
) -> str:
    def put(found: re.Match[str]) -> str:
        wanted = (found["braced"] or found["bare"]).strip().strip('"')
        read[0] += 1
        more = None
        if depth < _DEEPEST and read[0] < _MOST_FILES:
            more = other(wanted if "." in wanted.rpartition("/")[2] else f"{wanted}.tex") or other(wanted)
        if more is None or len(more) > _MOST_TEXT:
            source.left["missing file"] += 1
            return ""
        return "\n" + _with_files(_plain(more, source), other, source, name, depth + 1, read) + "\n"

    def works(_found: re.Match[str]) -> str:
        more = other(f"{name}.bbl")
        if more is None or r"\bibitem" not in more:
            source.left["list of references kept in another file"] += 1
            return ""
        return _plain(more, source)

    return _BIBLIOGRAPHY.sub(works, _INPUT.sub(put, text))


def group(text: str, at: int) -> int:
    """Where the group that begins with `{` at a place ends; -1 where it is not closed."""
    depth = 0
    while at < len(text):
        sign = text[at]
        if sign == "\\":
            at += 1
        elif sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
            if depth == 0:
                return at + 1
        at += 1
    return -1


def _definitions(text: str) -> tuple[str, dict[str, _Command]]:
    """The text without definitions of commands, and those that can be expanded by their words alone."""
    commands: dict[str, _Command] = {}
    pieces, at = [], 0
    while (found := _DEFINITION.search(text, at)) is not None:
        end = group(text, found.end())
        if end < 0:
            break
        body = text[found.end() + 1 : end - 1]
        name = found["braced"] or found["bare"]
        count = int(found["count"] or len(found["parameters"]) // 2)
        if found["how"] == "DeclareMathOperator":
            body = rf"\operatorname{{{body}}}"
        if not _NEVER.search(body) and len(body) <= _LONGEST_BODY and name[1:].isalpha():
            commands[name] = _Command(count, found["default"], body)
        pieces.append(text[at : found.start()])
        at = end
    return "".join([*pieces, text[at:]]), commands


def _expanded(text: str, commands: dict[str, _Command], source: Source) -> str:
    """The text with the author's own commands replaced by what they stand for."""
    if not commands:
        return text
    pattern = re.compile("(?:" + "|".join(map(re.escape, sorted(commands, key=len, reverse=True))) + r")(?![A-Za-z])")
    left = _MOST_EXPANSIONS
    for _ in range(_DEEPEST):
        pieces, at, met = [], 0, False
        while left > 0 and (found := pattern.search(text, at)) is not None:
            one, met, left = commands[found[0]], True, left - 1
            words, end = _arguments(text, found.end(), one)
            made = _filled(one.body, words)
            blank = " " if made[-1:].isalpha() and text[end : end + 1].isalpha() else ""
            pieces += [text[at : found.start()], made + blank]
            at = end if one.count else found.end()
        text = "".join([*pieces, text[at:]])
        if not met or len(text) > _MOST_TEXT:
            break
    if left <= 0:
        source.left["command that does not end"] += 1
    return text


def _filled(body: str, words: list[str]) -> str:
    """What a command stands for, with these arguments."""
    return re.sub(r"#(\d)", lambda of: words[int(of[1]) - 1] if 0 < int(of[1]) <= len(words) else "", body)


def _arguments(text: str, at: int, one: _Command) -> tuple[list[str], int]:
    words: list[str] = []
    if one.default is not None:
        close = text.find("]", at) if text[at : at + 1] == "[" else -1
        words.append(text[at + 1 : close] if close >= 0 else one.default)
        at = close + 1 if close >= 0 else at
    while len(words) < one.count:
        start = at + len(text[at : at + 40]) - len(text[at : at + 40].lstrip())
        if text[start : start + 1] == "{" and (end := group(text, start)) >= 0:
            words.append(text[start + 1 : end - 1])
            at = end
        elif bare := re.compile(r"\\[A-Za-z]+|\\.|[^\s\\{}]").match(text, start):
            words.append(bare[0])
            at = bare.end()
        else:
            break
    return words, at
