"""`kb search -i`: results change as you type; look at one in its context, open it, draw its map, copy its quote."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import work
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Footer, Input, OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from kb.model.context import QUOTED
from kb.text.controls import visible

if TYPE_CHECKING:
    from kb.model.filters import Filters
    from kb.search.hits import Hit
    from kb.search.search import Mode, SearchResult, Where
    from kb.store.open import Store

_PAUSE = 0.15  # seconds without a key after which a search begins
_BEFORE, _AFTER = 500, 2_000  # characters of the source shown around a hit, so that it stands on the first screen


class Live(App[None]):
    """The screen: a line to type in, the hits below it, and the chosen hit in its context beside them."""

    TITLE = "kb search"
    ENABLE_COMMAND_PALETTE = False
    CSS = """
    Input { dock: top; }
    OptionList { width: 2fr; }
    VerticalScroll { width: 3fr; padding: 0 1; border-left: solid $primary; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "to_hits", "hits", show=False),
        Binding("escape", "to_query", "query"),
        Binding("ctrl+o", "open", "open", priority=True),
        Binding("ctrl+g", "map", "map", priority=True),
        Binding("ctrl+y", "copy", "copy quote", priority=True),
        Binding("ctrl+q", "quit", "quit", priority=True),
    ]

    def __init__(self, store: Store, query: str, where: Where, mode: Mode, filters: Filters) -> None:
        super().__init__()
        self.store = store
        self.lock = threading.Lock()  # of several searches under way only one may use the store
        self.where, self.mode = where, mode
        self.filters = replace(filters, limit=max(filters.limit, 20))
        self.typed = query
        self.hits: tuple[Hit, ...] = ()

    def compose(self) -> ComposeResult:
        yield Input(self.typed, placeholder="words, a question, author:name, kind:critique, -without", id="query")
        with Horizontal():
            yield OptionList(id="hits")
            with VerticalScroll(can_focus=True, id="detail"):
                yield Static(id="shown")
        yield Footer()

    def on_mount(self) -> None:
        self.query_one("#query", Input).focus()
        if self.typed:
            self._search(self.typed)

    # Searching

    def on_input_changed(self, event: Input.Changed) -> None:
        self.typed = event.value
        self.set_timer(_PAUSE, lambda: self._search(event.value) if event.value == self.typed else None)

    def on_input_submitted(self) -> None:
        self.action_to_hits()

    @work(thread=True, exclusive=True)
    def _search(self, typed: str) -> None:
        from kb.errors import KbError
        from kb.search.search import search

        worker = get_current_worker()
        with self.lock:
            if worker.is_cancelled:
                return
            try:
                found = search(self.store, typed, self.where, self.mode, self.filters)
            except KbError as error:
                self.call_from_thread(self.notify, str(error), severity="error")
                return
        if not worker.is_cancelled:
            self.call_from_thread(self._show_hits, typed, found)

    def _show_hits(self, typed: str, found: SearchResult) -> None:
        if typed != self.typed:
            return
        self.hits = found.hits
        hits = self.query_one("#hits", OptionList)
        hits.clear_options()
        hits.add_options([Option(_summary(hit)) for hit in found.hits])
        self.sub_title = f"{len(found.hits)} hits" + ("" if found.mode == "hybrid" else f", {found.mode}")
        if found.hits:
            hits.highlighted = 0
        else:
            self.query_one("#shown", Static).update(Text("nothing found" if typed.strip() else ""))

    # The chosen hit

    @property
    def chosen(self) -> Hit | None:
        at = self.query_one("#hits", OptionList).highlighted
        return self.hits[at] if at is not None and at < len(self.hits) else None

    def on_option_list_option_highlighted(self) -> None:
        if hit := self.chosen:
            with self.lock:
                text = context(self.store, hit)
            self._show(text)

    def on_option_list_option_selected(self) -> None:
        self.query_one("#detail", VerticalScroll).focus()

    def _show(self, text: Text) -> None:
        self.query_one("#shown", Static).update(text)
        self.query_one("#detail", VerticalScroll).scroll_home(animate=False)

    # Keys

    def action_to_hits(self) -> None:
        self.query_one("#hits", OptionList).focus()

    def action_to_query(self) -> None:
        if isinstance(self.focused, Input):
            self.exit()
        else:
            self.query_one("#query", Input).focus()

    def action_open(self) -> None:
        import typer

        from kb.errors import KbError
        from kb.sources import locate

        if hit := self.chosen:
            try:
                with self.lock:
                    place = locate.place(self.store, hit.unit.id)
            except KbError as error:
                self.notify(str(error), severity="error", markup=False)
                return
            typer.launch(place)
            self.notify(place, title="opened", markup=False)

    def action_copy(self) -> None:
        from kb.citations.block_quote import block_quote

        if hit := self.chosen:
            self.copy_to_clipboard(
                block_quote(hit.unit.text, hit.unit.source, hit.unit.locator, quoted=hit.unit.quoted)
            )
            self.notify("the quote and where it stands are in the clipboard", title="copied")

    def action_map(self) -> None:
        from kb.maps import select
        from kb.maps.formats import render

        if hit := self.chosen:
            root = hit.unit.id if hit.unit.type == "statement" else hit.unit.source.id
            with self.lock:
                roots = [root] if hit.unit.type == "statement" else select.of_source(self.store, root, 5)
                map_ = select.around(self.store, roots)
            self._show(Text(visible(render(map_, "tree"))))


def _summary(hit: Hit) -> Text:
    source, locator = hit.unit.source, hit.unit.locator
    who = locator.speaker or (QUOTED if hit.unit.quoted else ", ".join(source.authors[:1]))
    titles = visible(" › ".join([source.title, *locator.heading[-1:]]))
    text = Text(titles, style="bold", overflow="ellipsis", no_wrap=True)
    text.append(f"\n{visible(who)}" if who else "", style="dim")
    text.append("\n")
    text.append(_marked(hit))
    return text


def _marked(hit: Hit) -> Text:
    """The snippet with the words of the query underlined."""
    text, snippet = visible(hit.unit.text), hit.snippet
    part = Text(text[snippet.start : snippet.end], style="not bold")
    for start, end in snippet.marks:
        part.stylize("underline", max(0, start - snippet.start), max(0, end - snippet.start))
    return Text.assemble("… " if snippet.start else "", part, " …" if snippet.end < len(text) else "")


def context(store: Store, hit: Hit) -> Text:
    """The hit in the text of its source, what stands before and after it in grey."""
    from kb.store import sources

    unit = hit.unit
    stored = sources.stored(store, unit.source.id)
    whole = visible(stored.text) if stored is not None else ""
    start, end = unit.locator.start, unit.locator.end
    first = max(whole.rfind("\n\n", 0, max(0, start - _BEFORE)), 0)
    last = whole.find("\n\n", end + _AFTER)
    last = len(whole) if last < 0 else last
    text = Text(visible(unit.source.title), style="bold")
    about = [", ".join(unit.source.authors[:3]), (unit.source.published or "")[:10], unit.source.url or ""]
    text.append("\n" + visible(" · ".join(part for part in about if part)) + f" · {unit.id}\n\n", style="not bold dim")
    text.append(("… " if first else "") + whole[first:start].lstrip(), style="not bold dim")
    text.append(whole[start:end], style="not bold")
    text.append(whole[end:last] + (" …" if last < len(whole) else ""), style="not bold dim")
    return text
