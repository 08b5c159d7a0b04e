"""What happened: append-only, chained, verified; no relation leads in or out."""
