"""Django's PostgreSQL backend with a pool, time-outs, honest commits and pipelines."""
