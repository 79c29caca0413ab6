"""Documents of Word (docx) as Markdown, and what reviewers said on them."""
