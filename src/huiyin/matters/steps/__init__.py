"""One step of a matter on its dossier: the event, the rows around it, and the paper.

Steps know neither database nor permissions. Verbs check who may and when,
then take a step; the replay of histories takes the same steps in memory.
"""

from huiyin.matters.steps.assigned import (
    answer_superior,
    conclude,
    explain_lateness,
    finish,
    name_accused,
    progress,
    send_back,
    sign_off,
)
from huiyin.matters.steps.custody import assign, bounce, offer, take, take_back
from huiyin.matters.steps.deciding import (
    PHRASES,
    answer,
    close,
    deliver,
    grant,
    note,
    rate,
    reissue,
    withdraw,
)
from huiyin.matters.steps.invoking import invoke
from huiyin.matters.steps.receiving import (
    Paper,
    accept,
    check,
    notify,
    receive,
    supplement,
)
from huiyin.matters.steps.refusing import (
    approve,
    file,
    following_level,
    next_level,
    overturn,
    propose,
    refuse,
)
from huiyin.matters.steps.signing import sign_for
from huiyin.matters.steps.timing import (
    ask_more_time,
    deny_more_time,
    give_more_time,
    pause,
    resume,
    tell_more_time,
)
from huiyin.matters.steps.urging import explain, urge

__all__ = [
    "PHRASES",
    "Paper",
    "accept",
    "answer",
    "answer_superior",
    "approve",
    "ask_more_time",
    "assign",
    "bounce",
    "check",
    "close",
    "conclude",
    "deliver",
    "deny_more_time",
    "explain",
    "explain_lateness",
    "file",
    "finish",
    "following_level",
    "give_more_time",
    "grant",
    "invoke",
    "name_accused",
    "next_level",
    "note",
    "notify",
    "offer",
    "overturn",
    "pause",
    "progress",
    "propose",
    "rate",
    "receive",
    "refuse",
    "reissue",
    "resume",
    "send_back",
    "sign_for",
    "sign_off",
    "supplement",
    "take",
    "take_back",
    "tell_more_time",
    "urge",
    "withdraw",
]
