"""The demo office: an invented township with three years behind it and a working day ahead.

`roles` says who may sign in; `office.yaml`, `items.yaml` and `words.yaml` are
its people, what it does, and what is said in it. `plots` tells matters with
seeded randomness, `today` the open ones that each demo role finds waiting;
`loading` writes them all by the steps that live matters take.
"""
