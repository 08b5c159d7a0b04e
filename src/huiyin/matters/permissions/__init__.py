"""Who may do what to a matter: yes or no with a reason, and the verbs open to a person now."""

from huiyin.matters.permissions.documents import (
    may_act_on_routing,
    may_circulate,
    may_keep_register,
    may_note_read,
    may_order_document,
    may_sign,
    may_write_opinion,
)
from huiyin.matters.permissions.persons import (
    may_act_for,
    may_assign,
    may_decide_extension,
    may_handle,
    may_invoke,
    may_reissue_code,
    may_see_owed,
    may_sign_filing,
    may_sign_off,
    may_take_in,
    may_take_over,
    may_urge,
    may_withdraw,
)
from huiyin.matters.permissions.verbs import Choice, lawful_verbs

__all__ = [
    "Choice",
    "lawful_verbs",
    "may_act_for",
    "may_act_on_routing",
    "may_assign",
    "may_circulate",
    "may_decide_extension",
    "may_handle",
    "may_invoke",
    "may_keep_register",
    "may_note_read",
    "may_order_document",
    "may_reissue_code",
    "may_see_owed",
    "may_sign",
    "may_sign_filing",
    "may_sign_off",
    "may_take_in",
    "may_take_over",
    "may_urge",
    "may_withdraw",
    "may_write_opinion",
]
