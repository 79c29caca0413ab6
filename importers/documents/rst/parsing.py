"""A reStructuredText as the tree of docutils. What only Sphinx knows is read by its form, so that its words are kept.

Nothing is run, and no other file is read: inclusion, raw HTML and configuration files are off.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from docutils import nodes
from docutils.core import publish_doctree
from docutils.parsers.rst import Directive, directives, roles
from docutils.parsers.rst.languages import en
from docutils.statemachine import StringList

from importers.documents.rst.tolerant import tolerant
from kb.errors import KbError
from kb.text.strings import squash

_DIRECTIVE = re.compile(r"^[ \t]*(?:[-*+][ \t]+)?\.\.[ \t]+(?:\|[^|\n]+\|[ \t]+)?([A-Za-z][\w:.+-]*?)::(?=\s|$)", re.M)
_ROLE = re.compile(r"(?<!\w):([A-Za-z][\w:.+-]*):(?=`)|`:([A-Za-z][\w:.+-]*):(?!\w)")
_TITLED = re.compile(r"(?P<words>.*\S)\s*<(?P<target>[^<>]+)>", re.S)
_CODE_ROLES = {"class", "func", "meth", "mod", "attr", "obj", "data", "const", "exc", "file", "samp", "command",
               "option", "program", "kbd", "envvar", "keyword", "makevar", "token", "type", "macro"}  # fmt: skip
_CITES = {"cite", "citep", "citet", "footcite", "cite:p", "cite:t", "cite:ps", "cite:ts", "cite:alp", "footcite:t"}
_DOCUMENTS = {"doc", "std:doc"}
_REGISTERS = {"rfc": "https://datatracker.ietf.org/doc/html/rfc{}", "pep": "https://peps.python.org/pep-{:0>4}/"}
_SETTINGS = {
    "file_insertion_enabled": False, "raw_enabled": False, "_disable_config": True, "report_level": 3, "halt_level": 6,
    "line_length_limit": 100_000_000, "doctitle_xform": True, "docinfo_xform": True, "smart_quotes": False,
    "output_encoding": "unicode", "traceback": True, "warning_stream": "",
}  # fmt: skip
_ADMONITIONS = {"seealso": "See also", "todo": "To do", "deprecated": "Deprecated", "versionadded": "New",
                "versionchanged": "Changed"}  # fmt: skip
_SILENT = {"index", "highlight", "currentmodule", "module", "py:module", "py:currentmodule", "tabularcolumns",
           "sectionauthor", "meta", "default-domain", "role", "codeauthor", "program"}  # fmt: skip
_THROUGH = {"only", "glossary", "tabs", "tab", "tab-set", "tab-item", "grid", "grid-item", "card", "dropdown", "hlist",
            "ifconfig", "rst-class", "cssclass", "centered", "details", "collapse", "proof", "theorem",
            "lemma"}  # fmt: skip
_CODE = {"parsed-code", "ipython", "jupyter-execute", "testcode", "prompt", "productionlist"}
_NEVER_RUN = {"raw", "include"}
_FIELDS = re.compile(r"\s*((?:[ \t]*:[\w -]+:(?=\s).*\n(?:[ \t]+[^:\s].*\n)*)+)(?:[ \t]*\n)+(?=\S)")
_HEADED = re.compile(r"([^\w\s])\1{2,}[ \t]*\n|.+\n([^\w\s])\2{2,}[ \t]*(?:\n|$)")
_MOST = 400  # names of directives or roles in one file


def doctree(text: str, name: str) -> tuple[nodes.document, Counter[str]]:
    """The tree of a text, and what was left out of it, by kind.

    Raises:
        KbError: it is nested deeper than can be followed.
    """
    left: Counter[str] = Counter()
    text = _titled_first(text)
    _with_own(text, left)
    try:
        return publish_doctree(text, source_path=name, settings_overrides=dict(_SETTINGS)), left
    except RecursionError:
        raise KbError(f"{name} is nested too deep", "add it with --as plain") from None
    except Exception as error:  # a directive may trip over its own options
        raise KbError(f"{name} cannot be read as reStructuredText: {error}", "add it with --as plain") from None


def _titled_first(text: str) -> str:
    """The text with the fields that Sphinx has stand above a title below it, where docutils looks for them."""
    fields = _FIELDS.match(text)
    if fields is None or _HEADED.match(text, fields.end()) is None:
        return text
    lines = text[fields.end() :].split("\n")
    above = len(lines) > 2 and _HEADED.match(lines[0] + "\n") and lines[2].startswith(lines[0][:3])
    head = 3 if above else 2
    return "\n".join([*lines[:head], "", fields[1], "", *lines[head:]])


def _with_own(text: str, left: Counter[str]) -> None:
    """Has docutils know every role and directive that stands in a text, by its form where it knows none of the name."""
    for role in [one or other for one, other in _ROLE.findall(text)[: _MOST * 10]]:
        known = role.lower() in roles._role_registry or role.lower() in en.roles or role in roles._roles
        if not known or role.lower() in _REGISTERS:
            roles.register_local_role(role, _role)
    for name in dict.fromkeys(_DIRECTIVE.findall(text)):
        own = tolerant(name.lower()) if name.lower() not in _NEVER_RUN and _is_known(name) else None
        directives.register_directive(name.lower(), own or _directive(left))


def _is_known(name: str) -> bool:
    """Whether docutils itself has a directive of this name, whatever an earlier text had it know."""
    own = en.directives.get(name.lower(), name.lower())
    return own in directives._directive_registry


def _role(
    name: str, rawtext: str, text: str, *_: Any, **_more: Any
) -> tuple[list[nodes.Node], list[nodes.system_message]]:
    """A role that docutils does not know: its words; of a document that it leads to, a link."""
    said = text.replace("\x00", "\\")
    found = _TITLED.fullmatch(said)
    words, target = (found["words"], found["target"]) if found else (said.lstrip("!~"), said)
    kind = name.lower()
    if kind in _CITES:
        return [nodes.inline(rawtext, "", citekeys=[key.strip() for key in target.split(",") if key.strip()])], []
    if kind in _DOCUMENTS:
        shown = words if found else squash(target.rpartition("/")[2])
        return [nodes.reference(rawtext, shown, refuri=f"./{target}" if target[0] not in "./" else target)], []
    if kind in _REGISTERS:
        return [nodes.reference(rawtext, f"{name.upper()} {words}", refuri=_REGISTERS[kind].format(target))], []
    if kind == "eq":
        return [nodes.inline(rawtext, f"({said})")], []
    if kind.rpartition(":")[2] in _CODE_ROLES and not found:
        return [nodes.literal(rawtext, words.rpartition(".")[2] if said.startswith("~") else words)], []
    return [nodes.inline(rawtext, words)], []


class _AnyOption(dict[str, Any]):
    def __getitem__(self, _name: str) -> Any:
        return directives.unchanged

    def __bool__(self) -> bool:
        return True


def _directive(left: Counter[str]) -> type[Directive]:
    """A directive that docutils does not know, or must not run."""

    class Unknown(Directive):  # type: ignore[misc]
        optional_arguments, final_argument_whitespace, has_content = 1, True, True
        option_spec = _AnyOption()  # the form of a directive does not say which it has

        def run(self) -> Sequence[nodes.Node]:
            return _read(self, left)

    return Unknown


def _read(one: Directive, left: Counter[str]) -> list[nodes.Node]:
    name = one.name.lower()
    first, _, rest = "".join(one.arguments).partition("\n")
    argument = squash(first)
    if rest:  # words right below the argument are what it is about
        one.content = StringList([*rest.split("\n"), "", *one.content], source=one.name)
    if name in _SILENT:
        return []
    if name == "toctree":
        return _toctree(list(one.content))
    if name == "math":
        return [nodes.math_block("", "\n".join(filter(None, (argument, *one.content))))]
    if name in _CODE:
        return [nodes.literal_block("", "\n".join(one.content), classes=["code", argument])]
    if name in {"raw", "include", "literalinclude"}:
        left["raw block" if name == "raw" else "included file"] += 1
        return []
    inside = nodes.Element()
    one.state.nested_parse(one.content, one.content_offset, inside)
    children = list(inside.children)
    if name in _ADMONITIONS:
        label = squash(f"{_ADMONITIONS[name]} {argument if name != 'todo' else ''}")
        return [nodes.admonition("", nodes.title("", label), *children)]
    if name in _THROUGH:
        return [
            *([nodes.paragraph("", "", nodes.strong("", argument))] if argument and name != "only" else []),
            *children,
        ]
    if ":" in name or name in {
        "function",
        "class",
        "method",
        "module",
        "data",
        "exception",
        "attribute",
        "envvar",
        "option",
    }:
        return [nodes.paragraph("", "", nodes.literal("", argument)), *children]
    left[f"directive {one.name}" if not children else f"form of the directive {one.name}"] += 1
    return children


def _toctree(lines: list[str]) -> list[nodes.Node]:
    items = nodes.bullet_list()
    for line in map(str.strip, lines):
        found = _TITLED.fullmatch(line)
        words, target = (found["words"], found["target"]) if found else (line, line)
        if not line or line.startswith(":") or any(sign in target for sign in "*?[]") or target == "self":
            continue
        uri = target if "://" in target or target[0] in "./" else f"./{target}"
        items += nodes.list_item("", nodes.paragraph("", "", nodes.reference("", words, refuri=uri)))
    return [items] if len(items) else []


def facts_of(tree: nodes.document) -> dict[str, list[str]]:
    """What the list of fields at the top says: by name, in small letters, the words of each entry."""
    found: dict[str, list[str]] = {}
    for info in tree.findall(nodes.docinfo):
        for one in info.children:
            if isinstance(one, nodes.field):
                name, words = one.children[0].astext().lower(), [one.children[1].astext()]
            elif isinstance(one, nodes.authors):
                name, words = "authors", [each.astext() for each in one.children]
            else:
                name, words = one.__class__.__name__, [one.astext()]
            found.setdefault(name, []).extend(map(squash, words))
    return found
