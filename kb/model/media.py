"""Names of files that are pictures, sounds, films and other attachments: nobody writes a note of such a name."""

from __future__ import annotations

import re

_PICTURE = r"png|jpe?g|jfif|gif|svgz?|webp|avif|bmp|tiff?|hei[cf]|ico|apng"
_ENDING = re.compile(rf"\.(?:{_PICTURE})$", re.I)
_FILE = re.compile(
    rf"\.(?:{_PICTURE}|mp4|m4v|mov|webm|mkv|avi|ogv|mp3|m4a|wav|ogg|oga|flac|opus|3gp|pdf|epub|djvu|docx?|odt|rtf|xlsx?"
    r"|ods|pptx?|odp|csv|tsv|zip|7z|rar|tar|gz|psd|drawio|base|canvas|excalidraw|ipynb|apkg|mobi|azw3|html?)$",
    re.I,
)
_PAGE_OF_FILE = re.compile(r"/(?:wiki/|w/index\.php/)?(?:file|image|datei|fichier|archivo|media):[^/]*$", re.I)


def is_picture(address: str) -> bool:
    """Whether an address or path is that of a picture; the page that an encyclopedia has about one is none."""
    path = re.split(r"[?#]", address, maxsplit=1)[0]
    if address.startswith(("http://", "https://")) and path.count("/") < 3:
        return False  # a host may end in `.ico`
    return bool(_ENDING.search(path)) and not _PAGE_OF_FILE.search(path)


def is_file(name: str) -> bool:
    """Whether a name in a link is that of an attachment."""
    return bool(_FILE.search(name.strip()))
