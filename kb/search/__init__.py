"""Finding passages and statements by word and by meaning."""
