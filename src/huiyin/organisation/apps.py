"""How Django finds this room."""

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    """Keep the short label: the account model is `organisation.Account`."""

    name = "huiyin.organisation"
    label = "organisation"
