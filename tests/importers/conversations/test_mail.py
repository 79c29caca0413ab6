"""Mail: each writer with their own words, once; threads that grow; what is cut, counted."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers.base import Input
from importers.conversations.mail import quoting
from importers.conversations.mail.letters import letters_in, read
from importers.conversations.mail.mailbox import IMPORTER
from kb.errors import KbError
from kb.model.document import Document
from tests.importers.importer_checks import check


def mail(number: int, who: str, body: str, refers: str = "", subject: str = "The weir", extra: str = "") -> str:
    answers = f"References: {refers}\nIn-Reply-To: {refers.split()[-1]}\n" if refers else ""
    return (
        f"Message-ID: <{number}@weir.example>\nFrom: {who}\nSubject: {subject}\n{answers}{extra}"
        f"Date: Wed, 1 May 2024 {8 + number:02}:00:00 +0000\n\n{body}\n"
    )


def box(*mails: str) -> bytes:
    return "\n".join(f"From a@weir.example Wed May  1 09:00:00 2024\n{one}" for one in mails).encode()


def threads(data: bytes, name: str = "weir.mbox") -> list[Document]:
    found = IMPORTER.read(Input("", name, "-", data))
    for one in found:
        check(IMPORTER, one)
    return found


FIRST = mail(1, "Ines Roth <i@weir.example>", "The weir should be opened in May.\n\n-- \nInes\nWeir keeper")
HEADS = [
    "On Wed, 1 May 2024 at 09:00, Ines Roth <i@weir.example> wrote:",
    "Am Mi., 1. Mai 2024 um 09:00 Uhr schrieb Ines Roth <i@weir.example>:",
    "Am 01.05.2024 um 09:00 schrieb Ines Roth:",
    "Le mer. 1 mai 2024 à 09:00, Ines Roth <i@weir.example> a écrit :",
    "El mié, 1 may 2024 a las 9:00, Ines Roth (<i@weir.example>) escribió:",
    "Il giorno mer 1 mag 2024 alle ore 09:00 Ines Roth <i@weir.example> ha scritto:",
    "Em qua., 1 de mai. de 2024 às 09:00, Ines Roth <i@weir.example> escreveu:",
    "Op wo 1 mei 2024 om 09:00 schreef Ines Roth <i@weir.example>:",
    "Den ons 1 maj 2024 kl 09:00 skrev Ines Roth <i@weir.example>:",
    "W dniu 1.05.2024 o 09:00, Ines Roth pisze:",
    "1 мая 2024 г., в 09:00, Ines Roth <i@weir.example> написал(а):",
    "ср, 1 мая 2024 г. в 09:00, Ines Roth <i@weir.example>:",
    "Ines Roth <i@weir.example> 于2024年5月1日周三 09:00写道：",
    "2024년 5월 1일 (수) 오전 9:00, Ines Roth <i@weir.example>님이 작성:",
    "On Wed, May 1, 2024 at 09:00 AM Ines Roth\n<i@weir.example> wrote:",
]


@pytest.mark.parametrize("above", HEADS)
def test_what_is_quoted_below_such_words_is_its_writers(above: str) -> None:
    found = quoting.parts(f"I doubt it.\n\n{above}\n\n> The weir should\n> be opened.\n", Counter())
    assert [(one.quoted, one.who) for one in found] == [(False, ""), (True, "Ines Roth")]
    assert found[0].words.strip() == "I doubt it."


@pytest.mark.parametrize(
    "above",
    [
        "-----Original Message-----\nFrom: Ines Roth\nSent: Wednesday, May 1, 2024 9:00 AM\nTo: All\nSubject: The weir",
        "________________________________\nVon: Ines Roth <i@weir.example>\nGesendet: Mittwoch, 1. Mai 2024\nAn: Alle",
        "*De :* Ines Roth\n*Envoyé :* mercredi 1 mai 2024\n*À :* tous\n*Objet :* The weir",
        "On Wed, 1 May 2024 at 09:00, Ines Roth <i@weir.example> wrote:",
    ],
)
def test_what_stands_below_the_head_of_an_earlier_mail_is_not_the_answerers(above: str) -> None:
    second = mail(
        2, "Tom Ek <t@weir.example>", f"I doubt it.\n\n{above}\n\nThe weir should be opened in May.", "<1@weir.example>"
    )
    (thread,) = threads(box(FIRST, second))
    assert thread.text.count("The weir should be opened in May.") == 1
    said = [(one.speaker, thread.text[one.start : one.end].strip("_\n ")) for one in thread.blocks]
    assert said[:2] == [("Ines Roth", "The weir should be opened in May."), ("Tom Ek", "I doubt it.")]
    assert thread.blocks[1].parent == 0


def test_of_a_single_mail_the_quote_stays_and_is_who_wrote_its() -> None:
    body = "I doubt it.\n\nOn 1 May 2024, Ines Roth <i@weir.example> wrote:\n> The weir should be opened.\n"
    (one,) = threads(mail(2, "Tom Ek <t@weir.example>", body, "<1@weir.example>").encode(), "answer.eml")
    assert [(block.kind, block.speaker) for block in one.blocks] == [("paragraph", "Tom Ek"), ("quote", "Ines Roth")]
    assert dict(one.external_ids) == {"mail": "2@weir.example"}


def test_a_thread_that_grew_is_the_same_source() -> None:
    second = mail(2, "Tom Ek <t@weir.example>", "I doubt it.", "<1@weir.example>")
    third = mail(3, "Ines Roth <i@weir.example>", "Why?", "<1@weir.example> <2@weir.example>")
    known = {thread.external_ids["mailthread"] for thread in threads(box(FIRST, second))}
    assert known == {thread.external_ids["mailthread"] for thread in threads(box(FIRST, second, third))}
    assert known == {thread.external_ids["mailthread"] for thread in threads(box(second, third))}  # the first is lost


def test_without_ids_the_subject_tells_what_belongs_together() -> None:
    other = mail(3, "Bo Lind <b@weir.example>", "Who brings bread?", subject="Bread")
    answer = mail(2, "Tom Ek <t@weir.example>", "I doubt it.", subject="[weir] AW: The weir")
    assert [len(one.authors) for one in threads(box(FIRST, answer, other))] == [2, 1]


def test_what_is_left_out_is_counted() -> None:
    trash = mail(4, "Spam <s@weir.example>", "Buy.", extra="X-Gmail-Labels: Spam,Unread\n")
    found = threads(box(FIRST, FIRST, trash, mail(2, "Tom <t@weir.example>", "Yes.\n\nSent from my iPhone")))
    assert found[0].problems == (
        "mails in trash and spam are left out: 1",
        "mails that are there twice are left out: 1",
        "signatures are left out: 2",
    )


def test_encodings_pages_and_attachments() -> None:
    data = (
        b"Message-ID: <9@weir.example>\nFrom: =?utf-8?q?In=C3=A9s_Roth?= <i@weir.example>\n"
        b"Subject: =?iso-8859-1?q?Gr=FC=DFe?=\nMIME-Version: 1.0\n"
        b'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/html; charset=iso-8859-1\n\n'
        b'<p>The <b>weir</b> is sch\xf6n.</p>\n--b\nContent-Type: application/pdf; name="plan.pdf"\n'
        b"Content-Disposition: attachment\nContent-Transfer-Encoding: base64\n\nAAAA\n--b--\n"
    )
    (one,) = threads(data, "a.eml")
    assert (one.title, one.authors[0].name) == ("Grüße", "Inés Roth")
    assert "The **weir** is schön." in one.text
    assert "(attached: plan.pdf)" in one.text


def test_a_line_from_inside_a_mail_begins_no_other() -> None:
    data = box(mail(1, "Ines <i@weir.example>", "From here on: it rained.\n>From May on, too."))
    assert len(list(letters_in(data))) == 1
    assert "From May on, too." in threads(data)[0].text


@pytest.mark.parametrize(
    "text", [b"From: a list of things\nThis is a note.\n", b"# Mail\n\nMessage-ID: none\n", b"Dear Ines,\n"]
)
def test_other_texts_are_no_mail(text: bytes) -> None:
    assert IMPORTER.sniff(Input(text.decode(), "note.txt", "-", text)) == 0


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2000), st.binary(max_size=6))
def test_a_damaged_mailbox_gives_documents_or_one_clear_error(at: int, put: bytes) -> None:
    data = box(FIRST, mail(2, "Tom <t@weir.example>", "I doubt it.\n> The weir"))
    broken = data[: at % len(data)] + put + data[at % len(data) + len(put) :]
    try:
        threads(broken)
        read(broken, Counter())
    except KbError:
        pass
