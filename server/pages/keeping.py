"""Settings, and the health of the store."""

from __future__ import annotations

from starlette.responses import Response

from kb import config
from kb.store import runs
from server.asked import Asked
from server.routes import get, post
from server.view import after, page

_SHOWN = 100


def settings(asked: Asked) -> Response:
    """Every setting with what it does, figures, and with `check` what is wrong with the store."""
    from kb import check

    loaded = config.load(asked.place.home)
    rows = [(name, value, config.what(name), _choices(name)) for name, value in loaded.by_name().items()]
    found = check.findings(asked.store) if asked.text("check") else None
    told = [one for one in found if one.severity != "note"] if found is not None else None
    return page(
        asked, "settings.html", title="Settings and health", rows=rows, stats=check.stats(asked.store),
        findings=told[:_SHOWN] if told is not None else None, notes=len(found) - len(told or []) if found else 0,
        ok=found is None or not any(one.severity == "error" for one in found), last=runs.last(asked.store),
    )  # fmt: skip


def _choices(name: str) -> tuple[str, ...]:
    known = config.SETTINGS.get(name)
    return known.choices if known else ()


def change(asked: Asked) -> Response:
    """Set a setting, or go back to its default."""
    name = asked.text("name")
    if asked.text("unset"):
        config.unset(asked.place.home, name)
    else:
        config.set_value(asked.place.home, name, asked.text("value"))
    return after(asked, f"/settings#{name}")


ROUTES = (get("/settings", settings), post("/settings", change))
