"""What office files of all makers have in common: who said what on them, who changed what."""
