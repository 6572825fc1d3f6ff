"""Quality and speed, measured: each module prints a table; ``python -m benchmarks`` runs them all."""
