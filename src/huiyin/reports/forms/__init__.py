"""Forms for the file (登记表、处理单、责任书), filled in from what happened, in the reader's language.

Each module makes one or two `documents.forms.Form`; `matters` says which of them belong to a matter.
They show a person what the page they are printed from shows them, and no more.
"""
