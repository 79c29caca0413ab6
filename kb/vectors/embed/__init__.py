"""Texts to vectors: which model, many texts at a time, one query at once, and what is embedded for a passage.

Nothing heavy is imported before it is needed: a query loads onnxruntime and tokenizers only. Torch comes in with
sentence-transformers (the extra `models`) where a model is no plain BERT, and so cannot be written from its weights.
"""
