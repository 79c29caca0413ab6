"""The text of a LaTeX source as it is to be read: comments out, its other files in, the author's own commands expanded.

Nothing is run. Files come only out of the folder of the source, and what is included or expanded is bounded, so that
no definition goes on for ever.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from importers.documents.latex.commands import context
from importers.documents.latex.conditions import shown
from importers.documents.latex.literal import Aside, groups, without_comments

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
_MOST_EXPANSIONS, _LONGEST_BODY, _LONGEST_GROWTH = 50_000, 400, 200_000
_OPTIONS = re.compile(
    r"(?:\\begin\{(?P<block>[^{}\n]{1,40})\}|\\(?P<command>[A-Za-z]+)\*?)"
    r"(?P<options>\[(?:[^\[\]$]{0,300}=[^\[\]$]{0,300}|[htbpH!]{1,5})\])"
)


@dataclass(slots=True)
class Source:
    """A source ready to be parsed, with what was put aside from it; `theorems` are the titles of its own kinds."""

    preamble: str = ""
    body: str = ""
    theorems: dict[str, str] = field(default_factory=dict)
    aside: Aside = field(default_factory=Aside)

    @property
    def left(self) -> Counter[str]:
        """What was left out, by kind."""
        return self.aside.left


@dataclass(frozen=True, slots=True)
class _Command:
    count: int
    default: str | None
    body: str


def prepared(text: str, other: Callable[[str], str | None], name: str) -> Source:
    """The source in a text. `other` gives the text of a file beside it, None where there is none."""
    source = Source()
    whole = _with_files(without_comments(text, source.aside), other, source, name, 0, [0])
    whole = shown(whole, source.left)
    source.theorems = {found["name"]: found["title"] for found in _THEOREM.finditer(whole)}
    whole = _THEOREM.sub("", whole)
    whole, commands = _definitions(whole)
    whole = _without_options(_expanded(whole, commands, source), source)
    begin = whole.find(r"\begin{document}")
    if begin < 0:
        source.body = whole
        return source
    end = whole.find(r"\end{document}", begin)
    source.preamble = whole[:begin]
    source.body = whole[begin + len(r"\begin{document}") : end if end >= 0 else len(whole)]
    return source


def _without_options(text: str, source: Source) -> str:
    """The text without the options of commands and environments that nobody knows, which are no words."""
    known = context(tuple(source.theorems))

    def bare(found: re.Match[str]) -> str:
        block, command = found["block"], found["command"]
        spec = known.get_environment_spec(block) if block else known.get_macro_spec(command)
        name = getattr(spec, "environmentname" if block else "macroname", "")
        return found[0] if name else found[0][: found.start("options") - found.start()]

    return _OPTIONS.sub(bare, text)


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
        return "\n" + _with_files(without_comments(more, source.aside), other, source, name, depth + 1, read) + "\n"

    def works(_found: re.Match[str]) -> str:
        more = other(f"{name}.bbl")
        if more is None or r"\bibitem" not in more:
            source.left["list of references kept in another file"] += 1
            return ""
        return without_comments(more, source.aside)

    return _BIBLIOGRAPHY.sub(works, _INPUT.sub(put, text))


def _definitions(text: str) -> tuple[str, dict[str, _Command]]:
    """The text without definitions of commands, and those that can be expanded by their words alone."""
    commands: dict[str, _Command] = {}
    pieces, at, ends = [], 0, groups(text)
    while (found := _DEFINITION.search(text, at)) is not None:
        end = ends.get(found.end(), -1)
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
    left, growth = _MOST_EXPANSIONS, _LONGEST_GROWTH + 2 * len(text)
    for _ in range(_DEEPEST):
        pieces, at, met, ends = [], 0, False, groups(text)
        while left > 0 and (found := pattern.search(text, at)) is not None:
            one, met, left = commands[found[0]], True, left - 1
            words, end = _arguments(text, found.end(), one, ends)
            growth -= one.body.count("#") * sum(map(len, words)) + len(one.body)
            left = left if growth > 0 else 0
            made = _filled(one.body, words) if growth > 0 else ""
            blank = " " if made[-1:].isalpha() and text[end : end + 1].isalpha() else ""
            pieces += [text[at : found.start()], made + blank]
            at = end if one.count else found.end()
        text = "".join([*pieces, text[at:]])
        if not met:
            break
    if left <= 0:
        source.left["command that does not end"] += 1
    return text


def _filled(body: str, words: list[str]) -> str:
    """What a command stands for, with these arguments."""
    return re.sub(r"#(\d)", lambda of: words[int(of[1]) - 1] if 0 < int(of[1]) <= len(words) else "", body)


def _arguments(text: str, at: int, one: _Command, ends: Mapping[int, int]) -> tuple[list[str], int]:
    words: list[str] = []
    if one.default is not None:
        close = text.find("]", at) if text[at : at + 1] == "[" else -1
        words.append(text[at + 1 : close] if close >= 0 else one.default)
        at = close + 1 if close >= 0 else at
    while len(words) < one.count:
        start = at + len(text[at : at + 40]) - len(text[at : at + 40].lstrip())
        if (end := ends.get(start)) is not None:
            words.append(text[start + 1 : end - 1])
            at = end
        elif bare := re.compile(r"\\[A-Za-z]+|\\.|[^\s\\{}]").match(text, start):
            words.append(bare[0])
            at = bare.end()
        else:
            break
    return words, at
