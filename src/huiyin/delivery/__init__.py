"""Getting word to people: one outbox for what the desk shows and what leaves by mail."""
