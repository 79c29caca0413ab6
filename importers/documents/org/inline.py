"""The running text of Org: links, notes, citations, formulas, emphasis by Org's own borders."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import quote

from importers.documents.made import Element, cited, element, formula, note_sign, put
from kb.text.strings import squash

_EMPHASIS = {"*": "strong", "/": "em", "_": "em", "=": "code", "~": "code", "+": "s"}
_BEFORE, _AFTER = r"(?:^|(?<=[\s\-('\"{\u2014\u201c]))", r"(?=[\s\-.,;:!?'\")}\[\\\u2014\u201d]|$)"
_TOKEN = re.compile(
    r"\[\[(?P<target>[^\[\]\n]+(?:\n[^\[\]\n]+)?)\](?:\[(?P<words>(?:[^\]]|\](?!\])){1,2000})\])?\]"
    r"|\[fn:(?P<note>[\w-]*)(?::(?P<said>(?:[^\[\]]|\[[^\[\]]*\])+))?\]"
    r"|\[cite(?:/[\w/-]+)?:(?P<cited>[^\[\]]+)\]"
    r"|(?<![\w:])(?:cite|citep|citet|autocite|parencite|textcite|citealp|citeauthor)\*?:(?P<keys>&?[\w:./-]+(?:[,;]&?[\w:./-]+)*)"
    r"|\\\((?P<math>(?:(?!\\\().)+?)\\\)|\\\[(?P<shown>(?:(?!\\\[).)+?)\\\]|\$\$(?P<dollars>[^$]+)\$\$"
    r"|(?<![\w$\\])\$(?P<dollar>[^\s$,.;](?:[^$\n]{0,200}[^\s$,.])?)\$(?=[\s\-.,;:?!'\")]|$)"
    rf"|{_BEFORE}(?P<sign>[*/_=~+])(?P<inside>(?=\S)(?:[^\n]|\n(?!\n)){{1,1000}}?(?<=\S))(?P=sign){_AFTER}"
    r"|(?<=\S)(?P<script>[_^])\{(?P<scripted>[^{}\n]+)\}"
    r"|\{\{\{(?P<macro>[\w-]+)(?:\([^)\n]{0,1000}\))?\}\}\}|@@(?P<raw>\w+):.*?@@"
    r"|src_(?P<lang>\w+)(?:\[[^\]\n]{0,300}\])?\{(?P<code>[^{}\n]*)\}"
    r"|<(?P<angled>(?:https?|ftp|mailto):[^\s<>]+)>"
    r"|<<<?(?P<place>[^<>\n]+)>>>?"
    r"|(?P<url>(?:https?|ftp)://[^\s<>\[\]]*[^\s<>\[\].,;:!?)'\"])"
    r"|\\(?P<entity>[A-Za-z]+)(?:\{\}|(?![A-Za-z]))"
    r"|(?P<end>\\\\[ \t]*(?:\n|$))",
    re.S | re.M,
)
_WEB = re.compile(r"(?:https?|ftp)://|//", re.I)
_FILE = re.compile(r"(?:file(?:\+\w+)?:)?(?P<path>[^:]*?(?:::?[^:/][^:]*)?)(?:::(?P<inside>.*))?", re.S)
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|bmp|tiff?|avif|mp4|webm|mov|mp3|wav)$", re.I)
_NOTE = re.compile(r"\.org(?:\.gpg)?$", re.I)
_KEY = re.compile(r"@([\w:./#$%&+?<>~-]*[\w])")
_SIGNS = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "lambda": "λ", "mu": "μ", "pi": "π",
    "sigma": "σ", "tau": "τ", "phi": "φ", "omega": "ω", "Delta": "Δ", "Sigma": "Σ", "Omega": "Ω", "times": "×",
    "pm": "±", "to": "→", "rightarrow": "→", "leftarrow": "←", "ge": "≥", "le": "≤", "ne": "≠", "approx": "≈",
    "infty": "∞", "ndash": "–", "mdash": "—", "hellip": "…", "dots": "…", "nbsp": "\u00a0", "deg": "°", "amp": "&",
    "sect": "§", "para": "¶", "euro": "€", "copy": "©", "ldquo": "“", "rdquo": "”", "lsquo": "‘", "rsquo": "’",
    "auml": "ä", "ouml": "ö", "uuml": "ü", "szlig": "ß", "eacute": "é", "egrave": "è", "LaTeX": "LaTeX",
    "TeX": "TeX", "ast": "*", "under": "_", "slash": "/", "vert": "|", "lt": "<", "gt": ">",
}  # fmt: skip
_DEEPEST = 20


@dataclass(slots=True)
class Reading:
    """What is met on the way: what is left out, notes by name in the order of their signs, those said in the text."""

    left: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    written: dict[str, str] = field(default_factory=dict)


def fill(made: Element, text: str, reading: Reading, depth: int = 0) -> None:
    """Puts running text into an element."""
    at = 0
    for found in _TOKEN.finditer(text):
        put(made, text[at : found.start()])
        at = found.end()
        kind = found.lastgroup or ""
        if kind in _MADE:
            _MADE[kind](found, made, reading, depth)
        elif not _other(found, made, reading, depth):
            put(made, found[0])
    put(made, text[at:])


def _other(found: re.Match[str], made: Element, reading: Reading, depth: int) -> bool:
    if found["target"] is not None:
        _link(found["target"], found["words"], made, reading, depth)
    elif found["note"] is not None:
        _note(found, made, reading)
    elif found["sign"]:
        inner = element(_EMPHASIS[found["sign"]])
        made.append(inner)
        if inner.tag == "code" or depth > _DEEPEST:
            put(inner, found["inside"])
        else:
            fill(inner, found["inside"], reading, depth + 1)
    elif found["script"]:
        made.append(element("sub" if found["script"] == "_" else "sup", found["scripted"]))
    elif found["macro"]:
        reading.left["macro"] += 1
    elif found["raw"]:
        reading.left["raw piece"] += 1
    elif found["lang"]:
        made.append(element("code", found["code"]))
    elif found["entity"] and found["entity"] in _SIGNS:
        put(made, _SIGNS[found["entity"]])
    else:
        return False
    return True


def _note(found: re.Match[str], made: Element, reading: Reading) -> None:
    said = found["said"]
    name = found["note"] or f"inline-{len(reading.written) + 1}"
    if said is not None:
        reading.written[name] = said
    if name not in reading.notes:
        reading.notes.append(name)
    made.append(note_sign(f"fn-{name}"))


def _link(target: str, words: str | None, made: Element, reading: Reading, depth: int) -> None:
    target = squash(target)
    where, shown = _place(target)
    if words is None and (_PICTURE.search(target) or target.startswith("attachment:")):
        reading.left["picture or attached file"] += 1
        return
    if where and where.startswith("@"):
        made.append(cited([where[1:]]))
        return
    inner = element("a", href=where) if where else element("span")
    made.append(inner)
    if words is None:
        put(inner, shown)
    elif depth > _DEEPEST:
        put(inner, squash(words))
    else:
        fill(inner, squash(words), reading, depth + 1)


def _place(target: str) -> tuple[str, str]:
    """Where a link leads ("" for nowhere outside the text), and what it shows without words of its own."""
    scheme, _, rest = target.partition(":")
    if _WEB.match(target):
        return target, target
    if scheme == "id" or scheme == "denote":
        return quote(rest.partition("::")[0]), rest
    if scheme == "roam":
        return quote(rest), rest
    if scheme == "doi":
        return f"https://doi.org/{rest}", target
    if scheme.startswith("cite"):
        return "@" + rest.split(",")[0].lstrip("&"), rest
    if target.startswith(("*", "#")):
        return "", target.lstrip("*#")
    if (
        scheme.startswith("file")
        or target.startswith(("./", "../", "/", "~"))
        or _NOTE.search(target.partition("::")[0])
    ):
        path, _, inside = (rest if scheme.startswith("file") else target).partition("::")
        if path.startswith(("~", "/")):
            return "", path
        name = _NOTE.sub("", path)
        fragment = f"#{quote(inside.lstrip('*#'))}" if inside and not inside.isdigit() else ""
        return (name if name.startswith(".") else f"./{quote(name)}") + fragment, name.rpartition("/")[2]
    return "", target


def _math(found: re.Match[str], made: Element, _reading: Reading, _depth: int) -> None:
    shown = found["shown"] or found["dollars"]
    made.append(formula((shown or found["math"] or found["dollar"]).strip(), display=bool(shown)))


def _cited(found: re.Match[str], made: Element, _reading: Reading, _depth: int) -> None:
    keys = _KEY.findall(found["cited"]) if found["cited"] else re.split(r"[,;]", found["keys"].replace("&", ""))
    if keys:
        made.append(cited(keys))
    else:
        put(made, found[0])


def _address(found: re.Match[str], made: Element, _reading: Reading, _depth: int) -> None:
    address = found["url"] or found["angled"]
    made.append(element("a", address.removeprefix("mailto:"), href=address))


def _place_name(found: re.Match[str], made: Element, _reading: Reading, _depth: int) -> None:
    if found[0].startswith("<<<"):
        put(made, found["place"])


def _break(_found: re.Match[str], made: Element, _reading: Reading, _depth: int) -> None:
    made.append(element("br"))


_MADE: dict[str, Callable[[re.Match[str], Element, Reading, int], None]] = {
    "math": _math, "shown": _math, "dollars": _math, "dollar": _math, "cited": _cited, "keys": _cited,
    "url": _address, "angled": _address, "place": _place_name, "end": _break,
}  # fmt: skip
