"""What the program proposes and a person decides: links by meaning, judges, and how sure each statement is."""
