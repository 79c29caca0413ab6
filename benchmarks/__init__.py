"""What kb takes and how good it is, measured: one program a question (README.md lists them)."""
