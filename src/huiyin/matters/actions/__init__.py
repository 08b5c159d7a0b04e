"""The verbs of matters, the only writers of their tables.

Each verb is a command: it takes `By` (who asks, when, with which idempotency
key), runs in one short transaction, and answers with a `Receipt`.
"""

from huiyin.matters.actions.asking import (
    ask_instruction,
    ask_return,
    ask_return_as_applicant,
    give_instruction,
    return_materials,
)
from huiyin.matters.actions.assigned import (
    answer_superior,
    conclude,
    explain_lateness,
    finish,
    name_accused,
    report_progress,
    send_back,
    sign_off,
)
from huiyin.matters.actions.commands import By, Receipt, forget_old_commands, is_repeated
from huiyin.matters.actions.consulting import answer_consultation, consult_unit
from huiyin.matters.actions.covering import (
    acknowledge_briefing,
    ask_for_returns,
    go_away,
    step_in,
    warn_of_uncovered,
    write_briefing,
)
from huiyin.matters.actions.custody import (
    accept_handover,
    assign_custodian,
    bounce_handover,
    offer_handover,
    readdress,
    withdraw_handover,
)
from huiyin.matters.actions.deciding import (
    answer,
    close,
    deliver,
    grant,
    rate,
    reissue_code,
    withdraw,
    withdraw_as_applicant,
)
from huiyin.matters.actions.documents import (
    IncomingDocument,
    OutgoingDocument,
    order_document,
    register_incoming,
)
from huiyin.matters.actions.documents_in import (
    circulate,
    complete_document,
    explain_delay,
    note_read,
    present_to_leader,
    present_to_main_leader,
    return_document,
    send_document,
    sign_for_document,
    write_opinion,
)
from huiyin.matters.actions.documents_out import (
    archive_document,
    ask_countersign,
    check_draft,
    countersign,
    dispatch_document,
    number_document,
    return_draft,
    sign_document,
    submit_draft,
    void_document,
)
from huiyin.matters.actions.guiding import instruct, keep_papers, route_contact, take_papers
from huiyin.matters.actions.indexing import keep_all_texts
from huiyin.matters.actions.intake import register
from huiyin.matters.actions.invoking import invoke_clause
from huiyin.matters.actions.passing_on import pass_steps_on
from huiyin.matters.actions.powers import lift_restriction, restrict_refusal
from huiyin.matters.actions.recomputing import is_recomputing, recompute_due_dates
from huiyin.matters.actions.refusing import (
    approve_refusal,
    correct_refusal,
    file_refusal,
    overturn_refusal,
    propose_refusal,
    record_minute,
    refuse,
)
from huiyin.matters.actions.reminding import remind
from huiyin.matters.actions.replay import Written, write_histories
from huiyin.matters.actions.requests import Request
from huiyin.matters.actions.rerouting import put_before_main_leader
from huiyin.matters.actions.review import (
    accept_application,
    check_materials,
    issue_notice,
    receive_supplement,
    send_to_meeting,
)
from huiyin.matters.actions.serving import explain_notice, prove_delivery
from huiyin.matters.actions.stepping import sign_step
from huiyin.matters.actions.sweep import BATCH as LIMITS_AT_ONCE
from huiyin.matters.actions.sweep import note_limits_passed
from huiyin.matters.actions.taking_in import MOST_DAYS, Errand, take_in
from huiyin.matters.actions.timing import (
    approve_extension,
    pause,
    refuse_extension,
    request_extension,
    resume,
    tell_extension,
    withdraw_extension,
)
from huiyin.matters.actions.unsure import flag_uncertain, tell_result, unflag_uncertain
from huiyin.matters.actions.urging import explain_overrun, urge
from huiyin.matters.actions.warning import warn_of_missing_years
from huiyin.matters.histories import DocumentEntry, History, Step

__all__ = [
    "LIMITS_AT_ONCE",
    "MOST_DAYS",
    "By",
    "DocumentEntry",
    "Errand",
    "History",
    "IncomingDocument",
    "OutgoingDocument",
    "Receipt",
    "Request",
    "Step",
    "Written",
    "accept_application",
    "accept_handover",
    "acknowledge_briefing",
    "answer",
    "answer_consultation",
    "answer_superior",
    "approve_extension",
    "approve_refusal",
    "archive_document",
    "ask_countersign",
    "ask_for_returns",
    "ask_instruction",
    "ask_return",
    "ask_return_as_applicant",
    "assign_custodian",
    "bounce_handover",
    "check_draft",
    "check_materials",
    "circulate",
    "close",
    "complete_document",
    "conclude",
    "consult_unit",
    "correct_refusal",
    "countersign",
    "deliver",
    "dispatch_document",
    "explain_delay",
    "explain_lateness",
    "explain_notice",
    "explain_overrun",
    "file_refusal",
    "finish",
    "flag_uncertain",
    "forget_old_commands",
    "give_instruction",
    "go_away",
    "grant",
    "instruct",
    "invoke_clause",
    "is_recomputing",
    "is_repeated",
    "issue_notice",
    "keep_all_texts",
    "keep_papers",
    "lift_restriction",
    "name_accused",
    "note_limits_passed",
    "note_read",
    "number_document",
    "offer_handover",
    "order_document",
    "overturn_refusal",
    "pass_steps_on",
    "pause",
    "present_to_leader",
    "present_to_main_leader",
    "propose_refusal",
    "prove_delivery",
    "put_before_main_leader",
    "rate",
    "readdress",
    "receive_supplement",
    "recompute_due_dates",
    "record_minute",
    "refuse",
    "refuse_extension",
    "register",
    "register_incoming",
    "reissue_code",
    "remind",
    "report_progress",
    "request_extension",
    "restrict_refusal",
    "resume",
    "return_document",
    "return_draft",
    "return_materials",
    "route_contact",
    "send_back",
    "send_document",
    "send_to_meeting",
    "sign_document",
    "sign_for_document",
    "sign_off",
    "sign_step",
    "step_in",
    "submit_draft",
    "take_in",
    "take_papers",
    "tell_extension",
    "tell_result",
    "unflag_uncertain",
    "urge",
    "void_document",
    "warn_of_missing_years",
    "warn_of_uncovered",
    "withdraw",
    "withdraw_as_applicant",
    "withdraw_extension",
    "withdraw_handover",
    "write_briefing",
    "write_histories",
    "write_opinion",
]
