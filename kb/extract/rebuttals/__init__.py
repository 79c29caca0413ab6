"""A review and the answer to it in one text: which of its points each part of the answer is about, and how it stands.

`sections` finds the two by their headings, `parts` cuts the answer where it turns to another point, `aligning` finds
that point (by quotation, by number, by the words they share), and `stand` reads whether it disputes or concedes. The
rule over them is `kb.extract.rules.rebuttals`.
"""
