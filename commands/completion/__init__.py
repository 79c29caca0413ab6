"""What the shell offers where a person presses TAB: where a line has come to (`line`), what may stand there
(`candidates`), and how each shell is told (`shells`)."""
