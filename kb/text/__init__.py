"""What is done to text as such: repair, sentences, dates, files written whole."""
