"""A mailbox (`.mbox`), read mail by mail, a source a thread; or one mail (`.eml`)."""

from __future__ import annotations

import re
from collections import Counter

from importers.base import Importer, Input
from importers.conversations.mail import threads
from importers.conversations.mail.letters import Letter, letters_in
from importers.conversations.mail.letters import read as read_letter
from importers.conversations.talk import counted, document, structure, with_problems
from importers.decode import is_mail
from kb.errors import KbError
from kb.model.document import Document


def sniff(source: Input) -> float:
    """Sure by headers that only mail has, after the line that begins each mail of a mailbox or without it."""
    data = source.original
    ending = source.name.lower().endswith((".eml", ".mbox"))
    if not is_mail(data):
        return 0.6 if ending and re.match(rb"(?:From [^\n]*\n)?[A-Za-z-]+:", data[:500]) else 0.0
    return 0.97


def read(source: Input) -> list[Document]:
    """The threads of a mailbox; of a single mail that mail, with what it quotes of others as theirs.

    Raises:
        KbError: there is no mail in it that says anything.
    """
    left: Counter[str] = Counter()
    letters: dict[str, Letter] = {}
    count = 0
    for number, data in enumerate(letters_in(source.original)):
        count += 1
        try:
            one = read_letter(data, left)
        except KbError:
            left["mails that cannot be read"] += 1
            continue
        if one is None:
            continue
        key = one.id or f"\0{number}"
        if key in letters:
            left["mails that are there twice"] += 1
        letters.setdefault(key, one)
    found = []
    for thread in threads.gathered(list(letters.values())):
        said = threads.messages(thread, left)
        if not said:
            left["mails without words"] += len(thread.letters)
            continue
        first = thread.letters[0]
        kind, id_ = ("mail", first.id) if count == 1 else ("mailthread", thread.root)
        kept = "\n\n".join(f"{one.who} {one.when or ''}\n{one.subject}\n\n{one.text}" for one in thread.letters)
        found.append(
            document(
                source,
                IMPORTER.name,
                thread.subject or "Mail without a subject",
                said,
                ids={kind: id_},
                published=first.when,
                original=b"" if count == 1 else kept.encode(),
            )
        )
    lines = counted(left)
    if not found:
        raise KbError(f"{source.called} holds no mail with words{': ' + lines[0] if lines else ''}", "nothing to add")
    return with_problems(found, source, lines)


IMPORTER = Importer(
    name="mail",
    version="1",
    what="mail: a mailbox (mbox) or a single mail (`.eml`)",
    recognised_by="the headers of a mail, in a mailbox after a line `From …`",
    gives="one a thread; a single mail as itself",
    keeps="each mail under its writer, who answers whom, links, names of attachments",
    loses="quotes of earlier mails, signatures, attachments, what lies in trash or spam",
    sniff=sniff,
    read=read,
    structure=structure,
    sample="From ada@mill.example Wed May  1 09:00:00 2024\nMessage-ID: <1@mill.example>\n"
    "From: Ada Moss <ada@mill.example>\nSubject: The mill\nDate: Wed, 1 May 2024 09:00:00 +0000\n\n"
    "I think that the mill should be mended.\n\n-- \nAda\n\n"
    "From bo@mill.example Wed May  1 10:00:00 2024\nMessage-ID: <2@mill.example>\nIn-Reply-To: <1@mill.example>\n"
    "From: Bo Lind <bo@mill.example>\nSubject: Re: The mill\nDate: Wed, 1 May 2024 10:00:00 +0000\n\n"
    "I disagree: its stone is cracked.\n\nOn Wed, 1 May 2024 at 09:00, Ada Moss <ada@mill.example> wrote:\n"
    "> I think that the mill should be mended.\n",
    examples=("mill.mbox",),
    precedence=21,
)
