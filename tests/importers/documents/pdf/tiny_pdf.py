"""PDFs written by hand: text at places, in columns, sideways; annotations; a picture in place of text; a password.

pdf([Sheet().at(72, 700, "A title", size=20, bold=True).column(72, 650, lines)])
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

_FONTS = {False: "F1", True: "F2"}
_MATH = " ".join(
    f"/{name} << /Type /Font /Subtype /Type1 /BaseFont /{font} /Encoding /WinAnsiEncoding >>"
    for name, font in (("I", "CMMI10"), ("S", "CMSY10"), ("X", "CMEX10"), ("T", "Courier"))
)
"""Fonts of formulas by their names: letters, symbols, large signs; and a typewriter's."""
_PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


@dataclass
class Sheet:
    """One page of US letter."""

    parts: list[str] = field(default_factory=list)
    picture: bool = False
    width: int = 612
    height: int = 792
    annotations: list[str] = field(default_factory=list)
    turned: int = 0  # degrees by which it is shown

    def at(self, x: float, y: float, text: str, size: float = 10, bold: bool = False, up: bool = False) -> Sheet:
        """Words at a place; `up` writes from the foot of the page to its head."""
        shown = text.encode("cp1252").decode("latin-1").replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        turn = "0 1 -1 0" if up else "1 0 0 1"
        self.parts.append(f"BT /{_FONTS[bold]} {size} Tf {turn} {x} {y} Tm ({shown}) Tj ET")
        return self

    def raised(self, x: float, y: float, text: str, size: float = 10) -> Sheet:
        """Words at a place; what stands between two `^` is small and raised."""
        shown = text.encode("cp1252").decode("latin-1").replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        runs = [
            f"/F1 {0.65 * size if number % 2 else size} Tf {0.4 * size if number % 2 else 0} Ts ({run}) Tj"
            for number, run in enumerate(shown.split("^"))
            if run
        ]
        self.parts.append(f"BT 1 0 0 1 {x} {y} Tm {' '.join(runs)} ET")
        return self

    def formula(self, x: float, y: float, *runs: tuple[str, str, float, float, float], size: float = 10) -> Sheet:
        """Signs at places: font (F1, I, S, X), text, and to the right, up, and size, as shares of `size`."""
        for font, text, right, up, share in runs:
            shown = text.encode("cp1252").decode("latin-1").replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
            self.parts.append(
                f"BT /{font} {size * share:g} Tf 1 0 0 1 {x + right * size:g} {y + up * size:g} Tm ({shown}) Tj ET"
            )
        return self

    def rule(self, x: float, y: float, width: float) -> Sheet:
        """A thin line from left to right."""
        self.parts.append(f"{x:g} {y:g} {width:g} 0.4 re f")
        return self

    def column(self, x: float, y: float, lines: Sequence[str], size: float = 10, leading: float = 12) -> Sheet:
        """Lines one below the other; an empty one is a gap."""
        for number, line in enumerate(lines):
            if line:
                self.at(x, y - number * leading, line, size)
        return self

    def marked(self, kind: str, *boxes: tuple[float, float, float, float], **entries: str) -> Sheet:
        """An annotation over boxes (left, bottom, right, top); entries as PDF has them, `@0` is the sheet's first."""
        quads = " ".join(f"{x0} {y1} {x1} {y1} {x0} {y0} {x1} {y0}" for x0, y0, x1, y1 in boxes)
        x0, y0, x1, y1 = boxes[0] if boxes else (20, 20, 40, 40)
        said = " ".join(f"/{name} {value}" for name, value in entries.items())
        shape = f"/QuadPoints [{quads}]" if boxes else ""
        return self.raw(f"<< /Type /Annot /Subtype /{kind} /Rect [{x0} {y0} {x1} {y1}] {shape} {said} >>")

    def raw(self, annotation: str) -> Sheet:
        """An annotation, or what stands in the place of one."""
        self.annotations.append(annotation)
        return self


def pdf(sheets: Sequence[Sheet], info: dict[str, str] | None = None, password: str | None = None) -> bytes:
    """The file. With a password it cannot be opened without it."""
    objects: list[bytes] = []
    streams: dict[int, bytes] = {}
    kids = " ".join(f"{6 + 2 * n} 0 R" for n in range(len(sheets)))
    objects.append(b"<< /Type /Catalog /Pages 2 0 R >>")
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(sheets)} >>".encode())
    objects += [
        f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>".encode()
        for name in ("Helvetica", "Helvetica-Bold")
    ]
    places = 6 + 2 * len(sheets)  # the number of the next annotation
    image = zlib.compress(b"\x80" * 64)
    objects.append(
        f"<< /Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray /BitsPerComponent 8 "
        f"/Filter /FlateDecode /Length {len(image)} >>".encode()
    )
    streams[5] = image
    for number, sheet in enumerate(sheets):
        content = "\n".join(sheet.parts) + ("\nq 500 0 0 700 50 50 cm /I1 Do Q" if sheet.picture else "")
        data = content.encode("latin-1")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {sheet.width} {sheet.height}] /Contents {7 + 2 * number} 0 R "
            f"/Rotate {sheet.turned} /Annots [{' '.join(f'{places + n} 0 R' for n in range(len(sheet.annotations)))}] "
            f"/Resources << /Font << /F1 3 0 R /F2 4 0 R {_MATH} >> /XObject << /I1 5 0 R >> >> >>".encode()
        )
        objects.append(f"<< /Length {len(data)} >>".encode())
        streams[7 + 2 * number] = data
        places += len(sheet.annotations)
    for sheet in sheets:
        first = len(objects) + 1
        objects += [_numbered(body, first).encode("latin-1") for body in sheet.annotations]
    trailer = "/Root 1 0 R"
    if info:
        entries = " ".join(f"/{name} ({value})" for name, value in info.items())
        objects.append(f"<< {entries} >>".encode("cp1252"))
        trailer += f" /Info {len(objects)} 0 R"
    if password is not None:
        owner, key, user = _lock(password.encode())
        objects.append(
            f"<< /Filter /Standard /V 1 /R 2 /O <{owner.hex()}> /U <{user.hex()}> /P -4 >>".encode(),
        )
        trailer += f" /Encrypt {len(objects)} 0 R /ID [<{_ID.hex()}> <{_ID.hex()}>]"
        streams = {
            n: _rc4(hashlib.md5(key + n.to_bytes(3, "little") + b"\0\0").digest()[:10], s) for n, s in streams.items()
        }
    return _written(objects, streams, trailer)


def _numbered(body: str, first: int) -> str:
    return re.sub(r"@(\d+)", lambda found: f"{first + int(found[1])} 0 R", body)


_ID = b"0123456789abcdef"


def _written(objects: Sequence[bytes], streams: dict[int, bytes], trailer: str) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        stream = streams.get(number)
        tail = b"" if stream is None else b"\nstream\n" + stream + b"\nendstream"
        out += f"{number} 0 obj\n".encode() + body + tail + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    return out + f"trailer\n<< /Size {len(objects) + 1} {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()


def _lock(password: bytes) -> tuple[bytes, bytes, bytes]:
    """The owner's entry, the key and the user's entry of the oldest scheme (RC4, 40 bits)."""
    padded = (password + _PADDING)[:32]
    owner = _rc4(hashlib.md5(padded).digest()[:5], padded)
    key = hashlib.md5(padded + owner + (0xFFFFFFFC).to_bytes(4, "little") + _ID).digest()[:5]
    return owner, key, _rc4(key, _PADDING)


def _rc4(key: bytes, data: bytes) -> bytes:
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)
