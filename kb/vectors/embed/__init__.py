"""Texts to vectors: which model, many texts at a time, one query at once, and what is embedded for a passage.

Nothing heavy is imported before it is needed: a query loads onnxruntime and tokenizers only, and torch with
sentence-transformers comes in when the model is exported or where it cannot be.
"""
