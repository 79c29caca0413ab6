"""A list of somebody's points with an answer under each, found again in a flattened text.

"TITLE : the point. Answer." repeated; the italics that told point from answer are gone. A point goes on while
its sentences lean on the one before; the answer begins where the voice changes.
"""

from __future__ import annotations

import re
from collections import Counter

from kb.text.strings import fold

_SECTION = re.compile(r"\b(?:answers?|repl(?:y|ies)|responses?|counter|critiques?|objections?)\b", re.I)
_INTRO = re.compile(r"\b(?:theor(?:y|ies)|list|each|points?|claims?|arguments?)\b", re.I)
_LABEL = re.compile(r"(?P<title>[A-Z][\w'’/-]*(?: [\w'’/-]+){0,9}?) ?: (?=[A-Z])")
_DISCOURSE = frozenset({"note", "edit", "update", "tl;dr", "better", "object level", "meta level", "warning", "caveat"})
# A sentence that leans on the one before it: still the same voice.
_LEANS = re.compile(
    r"(?:This|These|That|It|They|We|After|Then|Eg|E\.g|For example|Note|To me|In what|Ambitious|Less|More"
    r"|Also|And|But|Or|So|Because|By|If|When|\()\b|\("
)
# A sentence that judges what was said: another voice, however it begins.
_JUDGES = re.compile(
    r"(?:This|It|That) (?:\w+ )?(?:is|seems|focuses|would|could|sounds) "
    r"(?:a good theory|too|very|naive|not|only|just)\b|(?:This|The) (?:ToI|theory)\b|Not\b|Same critique"
    r"|Mostly the same|Critique|See\b|Seems\b|Yes\b|No\b|I\b|Dual [Uu]se",
)
_MIN_POINTS = 4


def render(body: str, spans: list[tuple[int, int]], heading: str) -> list[str] | None:
    """The section as an introduction and a nested list, or None where it is no such list."""
    if not spans or not (_SECTION.search(heading) and _INTRO.search(heading + body[slice(*spans[0])])):
        return None
    pieces = _pieces(body, spans)
    stock = _stock_leads(body[spans[0][0] : spans[-1][1]])
    points = [i for i, (start, end) in enumerate(pieces) if _is_point(body[start:end], stock)]
    if len(points) < _MIN_POINTS:
        return None
    lines: list[str] = []
    for number, first in enumerate(points):
        after = points[number + 1] if number + 1 < len(points) else len(pieces)
        answer = _answer_begins(body, pieces, first, after)
        lines.append("- " + body[pieces[first][0] : pieces[answer - 1][1]])
        lines += ["    - " + body[a:b] for a, b in _answer_parts(body, pieces[answer:after])]
    introduction = body[spans[0][0] : pieces[points[0]][0]].strip()
    return [introduction, "\n".join(lines)]


def _pieces(body: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sentences, cut once more before a title that follows without any mark."""
    pieces: list[tuple[int, int]] = []
    titles: list[str] = []
    for start, end in spans:
        at = start
        for match in _LABEL.finditer(body, start, end):
            begin = _title_begins(match, titles)
            titles.append(body[begin : match.end("title")])
            if begin > at:
                stop = begin
                while stop > at and body[stop - 1].isspace():
                    stop -= 1
                pieces.append((at, stop))
                at = begin
        if at < end:
            pieces.append((at, end))
    return [(a, b) for a, b in pieces if b > a]


def _title_begins(match: re.Match[str], titles: list[str]) -> int:
    """Where the title begins: behind an earlier title that is only cited, or at the last fitting capital.

    "Same critique as 10. Norm setting Cultural shift 1:" and "… misalignment Coordinating work on X :"
    """
    title = match["title"]
    for earlier in titles:
        if title.startswith(earlier + " ") and title[len(earlier) + 1].isupper():
            return match.start() + len(earlier) + 1
    for word in re.finditer(r"(?<=[a-z0-9)] )[A-Z][a-z]+", title):
        rest = title[word.start() :]
        if len(rest.split()) >= 2 and len(title[: word.start()].split()) > 4:
            return match.start() + word.start()
    return match.start()


def _stock_leads(section: str) -> set[str]:
    """Leads that recur are the answerer's habit ("Dual Use"), not titles of points."""
    leads = Counter(
        fold(m[1]) for m in re.finditer(r"(?:(?<=[.?!] )|(?<=[a-z] ))([A-Z][a-z]+(?: [A-Z]?[a-z]+)?) ?[:,]", section)
    )
    return {lead for lead, count in leads.items() if count > 1} | _DISCOURSE


def _is_point(piece: str, stock: set[str]) -> bool:
    match = _LABEL.match(piece)
    return bool(match) and not _LEANS.match(piece) and fold(piece[: match.end("title")] if match else "") not in stock


def _answer_begins(body: str, pieces: list[tuple[int, int]], first: int, after: int) -> int:
    at = first + 1
    while at < after:
        sentence = body[slice(*pieces[at])]
        if _JUDGES.match(sentence) or not _LEANS.match(sentence):
            return at
        at += 1
    return at


def _answer_parts(body: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Answers apart where a new lead begins; sentences that lean on one another together."""
    parts: list[tuple[int, int]] = []
    for start, end in pieces:
        new = not parts or bool(
            re.match(
                r"(?:Same critique|Mostly the same|Critiqued?|Dual [Uu]se|Not the)|[A-Z][\w ]{2,20}:",
                body[start:end],
            )
        )
        long = parts and len(body[parts[-1][0] : end].split()) > 90
        if new or long or body[parts[-1][1] - 1] not in '.?!…:;"”)]':
            parts.append((start, end))
        else:
            parts[-1] = (parts[-1][0], end)
    return parts
