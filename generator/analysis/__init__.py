"""Collection + Embeddings -> Findings: everything that pages and books tell of a collection, computed once, no HTML."""
