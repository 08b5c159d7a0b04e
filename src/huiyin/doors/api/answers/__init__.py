"""What programs get: closed shapes, each made by one function from what the rooms answer."""
