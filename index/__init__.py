"""From passages to vectors and a Dutch BM25 on disk, and hybrid search over them."""
