"""The Markdown parser as notes need it: CommonMark with tables, footnotes and maths, and none of its inline marks."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

_RULE = re.compile(r"([-*_])(?:[ \t]*+\1){2,}+[ \t]*+")


def _parser() -> MarkdownIt:
    md = MarkdownIt("commonmark", {"maxNesting": 1000}).enable("table")
    md.use(footnote_plugin, inline=False, move_to_end=False)
    md.use(dollarmath_plugin, allow_labels=False)
    md.core.ruler.enableOnly(["normalize", "block"])  # inline marks are ours, see notes.markdown.inline
    # Definitions of link targets stay paragraphs here: the parser would drop "[Ann]: hello" as one.
    md.block.ruler.disable("reference")
    md.block.ruler.at("hr", _rule_line, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    return md


def _rule_line(state: StateBlock, first: int, _last: int, silent: bool) -> bool:
    """A line that is drawn (CommonMark 4.1). The parser itself looks at each sign in Python, for every item that begins
    on the line, and `* * * …` begins as many as it has signs.
    """
    start, end = state.bMarks[first] + state.tShift[first], state.eMarks[first]
    if state.is_code_block(first) or not (found := _RULE.match(state.src, start, end)) or found.end() < end:
        return False
    if not silent:
        state.line = first + 1
        token = state.push("hr", "hr", 0)
        token.map = [first, state.line]
        token.markup = found[0]
    return True


MARKDOWN = _parser()
