"""The operations of the API, one module per group of verbs; each only turns words into a verb and back."""
