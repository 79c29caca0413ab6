"""From records to a page: the templates, and what they may say with. Nothing is computed here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse, RedirectResponse, Response

from kb.errors import KbError
from kb.maps.drawing.text import clean, safe_url
from kb.model import ids
from kb.model.words import RELATIONS, STATEMENT_KINDS
from kb.text.plain import plain
from kb.text.strings import clip, squash
from server import assets
from server.asked import Asked

SIGNS = {"claim": "●", "critique": "✕", "theory_of_impact": "◆", "question": "?", "evidence": "■"}
"""What stands before a statement of each kind, beside its colour."""
_OWN = re.compile(r"/(?:[^/\\\s][^\\\s]*)?")  # an address on this server, never "//host" or "/\\host"
VERBS = {
    "supports": "supported by", "attacks": "attacked by", "undercuts": "undercut by", "restates": "restated by",
    "related": "related to",
}  # fmt: skip


@cache
def _templates() -> Environment:
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, auto_reload=False,
    )  # fmt: skip
    made.filters |= {
        "words": lambda text: clean(plain(text)) if text else "",
        "line": lambda text: clean(squash(text or "")),
        "line_keep": lambda text: clean(text.replace("\n", " ")),
        "clip": lambda text, most: clip(clean(squash(text or "")), most),
        "kind": lambda kind: "turn" if kind == "passage" else kind.replace("_", " "),
        "day": lambda at: (at or "")[:10],
        "many": many,
        "number": lambda number: f"{number:,}",
        "percent": lambda share: f"{100 * share:.0f} %",
        "web": lambda url: safe_url(url or ""),
        "to": to,
        "sign": lambda kind: SIGNS.get(kind, "○"),
        "asks": lambda words: urlencode({name: value for name, value in words.items() if value}, doseq=True),
        "along": along,
        "without": without,
        "who": lambda name: "/person?name=" + quote(name),
    }
    made.globals |= {
        "asset": assets.address, "RELATIONS": RELATIONS, "STATEMENT_KINDS": STATEMENT_KINDS, "VERBS": VERBS,
    }  # fmt: skip
    return made


def along(
    words: Mapping[str, object], chosen: Mapping[str, tuple[str, ...]], name: str = "", value: str = ""
) -> dict[str, object]:
    """The words of an address with the filters that are chosen, and one more."""
    more = {name: (*chosen.get(name, ()), value)} if name else {}
    return {**words, **chosen, **more}


def without(
    words: Mapping[str, object], chosen: Mapping[str, tuple[str, ...]], name: str, value: str
) -> dict[str, object]:
    """The words of an address with the filters that are chosen but one."""
    return {**words, **chosen, name: tuple(one for one in chosen.get(name, ()) if one != value)}


def many(number: int, one: str, several: str = "") -> str:
    """'1 source', '1,200 sources'."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def to(name: str, start: int = 0) -> str:
    """The address of what has this id; of a source at a place in its text."""
    kind = "statement" if name.startswith(ids.STATEMENT) else "issue" if name.startswith(ids.ISSUE) else "source"
    return f"/{kind}/{quote(name, safe='')}" + (f"#at={start}" if start else "")


def page(asked: Asked, template: str, title: str, **records: Any) -> Response:
    """A page; where only a part is asked for, its block `part` alone."""
    made = _templates().get_template(template)
    known = {
        "title": clean(squash(title)), "asked": asked, "notices": asked.notices, "read_only": asked.place.read_only,
        "math": False,
    } | records  # fmt: skip
    if asked.part and "part" in made.blocks:
        content = "".join(made.blocks["part"](made.new_context(known)))
    else:
        content = made.render(known)
    return HTMLResponse(content, 200, {"Cache-Control": "no-store", "Vary": "HX-Request"})


def fragment(asked: Asked, template: str, **records: Any) -> Response:
    """A piece of a page, to be put into one that is open."""
    content = _templates().get_template(template).render({"asked": asked, "read_only": asked.place.read_only} | records)
    return HTMLResponse(content, 200, {"Cache-Control": "no-store"})


def after(asked: Asked, address: str) -> Response:
    """Where a form leads once it has done its work: back to its page, or on to what came of it."""
    back = asked.text("back")
    wanted = back if _OWN.fullmatch(back) else address
    if asked.part:
        return Response(status_code=204, headers={"HX-Redirect": quote(wanted, safe=":/%#?=@[]!$&'()*+,;")})
    return RedirectResponse(wanted, 303)


def error_page(asked: Asked | None, error: KbError, status: int) -> Response:
    """What is wrong and what to do, with what an ambiguous name may mean."""
    candidates = [dict(one) for one in error.candidates]
    told = {"message": clean(error.message), "hint": clean(error.hint), "candidates": candidates}
    template = "error_part.html" if asked is not None and asked.part else "error.html"
    known = {
        "title": "That did not work", "asked": asked, "notices": asked.notices if asked else [],
        "read_only": asked.place.read_only if asked else True, "math": False,
    }  # fmt: skip
    content = _templates().get_template(template).render(known | told)
    return HTMLResponse(content, status, {"Cache-Control": "no-store"})


def html(text: str) -> Markup:
    """HTML that is safe already (`server.reading`), for a template."""
    return Markup(text)
