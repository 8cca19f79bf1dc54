"""Parts of scripts/benchmark_archive."""
