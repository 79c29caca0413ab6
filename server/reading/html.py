"""Markdown as HTML: CommonMark with tables, footnotes, strikethrough and formulas, cleaned by a library (nh3).

Formulas stay TeX, for the page's script to draw. Pictures are links: nothing is loaded from anywhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from html import escape
from typing import Any
from urllib.parse import quote

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

from kb.maps.drawing.text import safe_url
from kb.text.plain import plain
from notes.markdown import front_matter
from server.reading.marked import ANY, CLOSE, OPEN, Pointer, Span, with_marks, with_signs

_KEPT = 32
"""Rendered texts that are kept: one page asks for the same text again and again while it is read."""
_ENCODED = re.compile(f"{quote(OPEN)}.{{0,12}}?{quote(CLOSE)}", re.I)  # a sign, as the parser writes it in an address
_ANY_TAG = re.compile(r"</?([a-zA-Z][\w:-]*)")
_CALLOUT = re.compile(r"^([ >]*>[ ]?)\[!(\w[\w -]{0,30})\][-+]?", re.M)  # of Obsidian: a quote with a kind
_FLOOD = 3_000  # brackets in a line
_DEFINITION = re.compile(r"^([ >]{0,6})\[\^([^\]\s]{1,60})\]:", re.M)  # of a note at the foot
_ID = re.compile(r"at-\d+|fn(?:ref)?\d+(?::\d+)?")
_BLOCKS = frozenset(
    ("paragraph_open", "heading_open", "blockquote_open", "list_item_open", "table_open", "fence", "code_block",
     "math_block", "hr")
)  # fmt: skip
_TAGS = frozenset(
    ("a", "abbr", "b", "blockquote", "br", "caption", "code", "dd", "del", "details", "div", "dl", "dt", "em",
     "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "ins", "kbd", "li", "ol", "p", "pre", "q",
     "s", "samp", "section", "small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th",
     "thead", "tr", "u", "ul", "var")
)  # fmt: skip
_CLASSES = {
    "span": {"math", "inline", "dead", "picture"}, "div": {"math", "block"}, "section": {"footnotes"},
    "ol": {"footnotes-list"}, "li": {"footnote-item"}, "sup": {"footnote-ref"}, "a": {"footnote-backref", "picture"},
    "hr": {"footnotes-sep"},
}  # fmt: skip
_ATTRIBUTES = {
    "*": {"id", "data-at", "title", "lang", "dir"}, "a": {"href"}, "ol": {"start"}, "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"}, "details": {"open"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the text, for the list of contents: where it is found on the page."""

    level: int
    words: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text as a page shows it: HTML that is clean, its headings, and whether it has formulas to be drawn."""

    html: str
    headings: tuple[Heading, ...] = ()
    math: bool = False


@dataclass(frozen=True, slots=True)
class _Around:
    """What rendering a text needs to know, and what it finds."""

    starts: Sequence[int]
    leads: Mapping[str, str]
    headings: list[Heading] = field(default_factory=list)


@lru_cache(maxsize=_KEPT)
def render(
    text: str, spans: tuple[Span, ...] = (), pointers: tuple[Pointer, ...] = (), leads: tuple[tuple[str, str], ...] = ()
) -> Rendered:
    """A text with its statements marked.

    Blocks carry the offset of their first line as `data-at`. Any text is legal: what is no Markdown is shown as it is.

    Args:
        pointers: references that only notes know, in the order of the text.
        leads: where addresses of Markdown links lead on our pages, by the address.
    """
    start = front_matter.split(text)[1] if text.startswith("---") else 0
    source = _with_every_note(_without_floods(with_signs(text, start, spans, pointers)))
    source = _CALLOUT.sub(lambda found: f"{found[1]}**{found[2].capitalize()}**", source)
    first = text.count("\n", 0, start)
    lines = [0, *(found.end() for found in re.finditer("\n", text))]
    around = _Around(lines[first:], dict(leads))
    if start and lines[first] < start:  # the body begins within a line
        around = _Around([start, *lines[first + 1 :]], dict(leads))
    html = _markdown().render(source, {"around": around})
    cleaned = _cleaner(html)
    done = with_marks(cleaned, spans, pointers)
    return Rendered(done, tuple(around.headings), 'class="math ' in done)


def _without_floods(source: str) -> str:
    """The text, with lines of very many brackets as they stand: the parser would look for links at each of them."""
    if source.count("[") < _FLOOD:
        return source
    return "\n".join(line.replace("[", "\\[") if line.count("[") > _FLOOD else line for line in source.split("\n"))


def _with_every_note(source: str) -> str:
    """The text with notes that nothing points to as paragraphs: as notes they would not be shown."""
    labels = Counter(found[2] for found in _DEFINITION.finditer(source))

    def kept(found: re.Match[str]) -> str:
        label = found[2]
        return found[0] if source.count(f"[^{label}]") > labels[label] else f"{found[1]}\\[^{label}\\]:"

    return _DEFINITION.sub(kept, source)


def _cleaner(html: str) -> str:
    return nh3.clean(
        html, tags=set(_TAGS), attributes={name: set(known) for name, known in _ATTRIBUTES.items()},
        allowed_classes={name: set(known) for name, known in _CLASSES.items()}, attribute_filter=_attribute,
        url_schemes={"http", "https", "mailto"}, link_rel="noopener noreferrer", strip_comments=True,
        clean_content_tags={"script", "style"},
    )  # fmt: skip


def _attribute(_tag: str, name: str, value: str) -> str | None:
    """Ids only of our own making: a text's own would stand for parts of the page."""
    return value if name != "id" or _ID.fullmatch(value) else None


@cache
def _markdown() -> MarkdownIt:
    md = MarkdownIt("commonmark", {"html": True, "maxNesting": 100}).enable(["table", "strikethrough"])
    md.use(footnote_plugin)
    md.use(
        dollarmath_plugin,
        allow_labels=False,
        allow_digits=False,
        double_inline=True,
        renderer=lambda tex, _: escape(tex),
    )
    md.disable("image")  # a picture is a link that says what it is; see _picture
    md.inline.ruler.before("link", "picture", _picture)
    md.add_render_rule("link_open", _link)
    md.add_render_rule("math_block", _math_block)
    md.add_render_rule("picture", _shown_picture)
    md.add_render_rule("html_inline", _own_html)
    md.add_render_rule("html_block", _own_html)
    md.core.ruler.push("place", _place)
    return md


_PICTURE = re.compile(r"!\[((?:[^\[\]\n\\]|\\.){0,1000})\]\(<?([^()\s<>]{1,2000})>?(?:\s+\"[^\"\n]{0,500}\")?\)")


def _picture(state: Any, silent: bool) -> bool:
    """`![a chart](chart.png)`, by link where it is on the web."""
    if state.src[state.pos] != "!" or not (found := _PICTURE.match(state.src, state.pos)):
        return False
    if not silent:
        words = ANY.sub("", found[1]).strip() or "picture"
        address = safe_url(ANY.sub("", found[2]))
        token = state.push("picture", "", 0)
        shown = f"picture: {escape(words)}"
        token.content = (
            f'<a class="picture" href="{escape(address)}">{shown}</a>'
            if address
            else f'<span class="picture">{shown}</span>'
        )
    state.pos = found.end()
    return True


def _place(state: Any) -> None:
    """Where each block stands in the text, and the headings."""
    around: _Around = state.env["around"]
    for number, token in enumerate(state.tokens):
        if token.type in _BLOCKS and token.map is not None and token.map[0] < len(around.starts):
            offset = around.starts[token.map[0]]
            token.attrSet("data-at", str(offset))
            if token.type == "heading_open":
                token.attrSet("id", f"at-{offset}")
                words = plain(ANY.sub("", state.tokens[number + 1].content))
                around.headings.append(Heading(int(token.tag[1]), words, f"at-{offset}"))


def _shown_picture(_self: RendererHTML, tokens: Sequence[Token], number: int, _options: Any, _env: Any) -> str:
    return tokens[number].content


def _own_html(_self: RendererHTML, tokens: Sequence[Token], number: int, _options: Any, _env: Any) -> str:
    """HTML of the text; a tag that is not let through is shown, not dropped with what follows it."""
    return _ANY_TAG.sub(lambda tag: tag[0] if tag[1].lower() in _TAGS else "&lt;" + tag[0][1:], tokens[number].content)


def _math_block(_self: RendererHTML, tokens: Sequence[Token], number: int, _options: Any, _env: Any) -> str:
    token = tokens[number]
    return f'<div class="math block" data-at="{token.attrGet("data-at") or 0}">{escape(token.content)}</div>\n'


def _link(self: RendererHTML, tokens: Sequence[Token], number: int, options: Any, env: Any) -> str:
    """A link: to our own page of what it means, to the web, to a footnote; else it leads nowhere and says so."""
    token = tokens[number]
    given = _ENCODED.sub("", str(token.attrGet("href") or ""))
    around: _Around = env["around"]
    to = around.leads.get(given) or (given if given.startswith(("#fn", "mailto:")) else safe_url(given))
    token.attrs = {"href": to} if to else {"title": given}
    return self.renderToken(tokens, number, options, env)
