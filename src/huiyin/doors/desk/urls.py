"""The desk's addresses."""

from __future__ import annotations

from functools import partial

from django.urls import URLPattern

from huiyin.doors.access import Who, route
from huiyin.doors.desk import (
    amendments,
    asked_first,
    board,
    calendars,
    decisions,
    dry_runs,
    imports,
    inbox,
    intake,
    items,
    kept,
    ledgers,
    library,
    lists,
    matter,
    office,
    opinions,
    overdue,
    promises,
    receipts,
    sign_in,
    staff,
    tokens,
    wishes,
    workbench,
)

_BOTH = ("GET", "POST")
_POST = ("POST",)
_staff = partial(route, who=Who.STAFF)
_admin = partial(route, who=Who.ADMINISTRATOR)
_keeper = partial(route, who=Who.KEEPERS)

urlpatterns: list[URLPattern] = [
    route("sign-in/", sign_in.sign_in, name="sign-in", who=Who.PUBLIC, methods=_BOTH),
    route("sign-out/", sign_in.sign_out, name="sign-out", who=Who.PUBLIC, methods=_POST),
    _staff("password/", sign_in.password, name="password", methods=_BOTH, newcomers=True),
    _staff("", workbench.home, name="home"),
    _staff("whose/", workbench.whose, name="whose", methods=_POST),
    _staff("colleagues/", workbench.colleagues, name="colleagues", methods=_POST),
    _staff("begin/", intake.begin, name="begin", methods=_POST),
    _staff("register/", intake.register, name="register", methods=_POST),
    _staff("receipt.pdf", receipts.receipt_pdf, name="receipt-pdf", methods=_POST),
    _staff("matters/", lists.index, name="matters"),
    _staff("matters.xlsx", lists.export, name="export"),
    _staff("matters/<str:number>/", matter.show, name="matter"),
    _staff("matters/<str:number>/do/<slug:verb>/", matter.act, name="verb", methods=_POST),
    _staff("matters/<str:number>/documents/<uuid:document_id>.pdf", receipts.document_pdf, name="document"),
    _staff(
        "matters/<str:number>/documents/<uuid:document_id>.docx", receipts.document_docx, name="document-docx"
    ),
    _staff("ledgers/", ledgers.index, name="ledgers"),
    _staff("ledgers/<slug:name>.xlsx", ledgers.export, name="ledger-export"),
    _staff("first/", asked_first.index, name="first"),
    _staff("decisions/", decisions.index, name="decisions"),
    _staff("inbox/", inbox.index, name="inbox"),
    _staff("inbox/read/", inbox.read, name="inbox-read", methods=_POST),
    _staff("inbox/wishes/", wishes.index, name="wishes", methods=_BOTH),
    _staff("rules/", library.index, name="library"),
    _staff("rules/compare/", library.compare, name="library-compare"),
    _staff("rules/changes/", amendments.index, name="amendments"),
    _staff(
        "rules/changes/<uuid:amendment_id>/<slug:what>/",
        amendments.decide,
        name="amendment-decide",
        methods=_POST,
    ),
    _staff("rules/dry-run/", dry_runs.index, name="dry-run"),
    _staff("rules/dry-run/month/", dry_runs.month, name="dry-run-month"),
    _staff("rules/dry-run.xlsx", dry_runs.export, name="dry-run-export"),
    _staff("rules/<str:clause_id>/", library.clause, name="clause"),
    _staff("rules/<str:clause_id>/amend/", amendments.propose, name="amend", methods=_POST),
    _staff("promises/", promises.index, name="promises"),
    _staff("promises/gaps/", promises.gaps, name="gaps"),
    _staff("promises/<uuid:commitment_id>/board.pdf", promises.board, name="board"),
    _staff("promises/<uuid:commitment_id>/post/", promises.post, name="board-post", methods=_POST),
    _staff("promises/postings/<uuid:posting_id>/down/", promises.down, name="posting-down", methods=_POST),
    _staff("promises/of/<str:whose>/", promises.edit, name="promise", methods=_BOTH),
    _staff("promises/of/<str:whose>/<slug:act>/", promises.decide, name="promise-act", methods=_POST),
    route("overdue/", overdue.index, name="overdue", who=Who.LEADERS),
    _staff("promises/kept/", kept.index, name="kept"),
    _staff("promises/kept.xlsx", kept.export, name="kept-export"),
    _staff("items/", items.index, name="items"),
    _staff("items/new/", items.add, name="item-add", methods=_BOTH),
    _staff("items/<uuid:item_id>/", items.show, name="item"),
    _staff("items/<uuid:item_id>/edit/", items.edit, name="item-edit", methods=_BOTH),
    _staff("items/<uuid:item_id>/guide.pdf", items.guide_pdf, name="item-guide"),
    _staff("items/<uuid:item_id>/give/", items.give, name="item-give", methods=_POST),
    _staff("items/<uuid:item_id>/post/", items.post, name="item-post", methods=_POST),
    _staff("opinions/", opinions.index, name="opinions"),
    _staff("opinions/copy/", opinions.copy, name="opinion-copy", methods=_POST),
    _staff("opinions/<uuid:opinion_id>/", opinions.show, name="opinion", methods=_BOTH),
    route("lights/", board.index, name="lights", who=Who.LEADERS),
    route("lights.json", board.figures, name="lights-figures", who=Who.LEADERS),
    _keeper("calendar/", calendars.index, name="calendar"),
    _keeper("calendar.xlsx", calendars.template, name="calendar-template"),
    _keeper("calendar/propose/", calendars.propose, name="calendar-propose", methods=_POST),
    _keeper("calendar/local/", calendars.local, name="calendar-local", methods=_POST),
    _keeper(
        "calendar/<uuid:change_id>/<slug:what>/", calendars.decide, name="calendar-decide", methods=_POST
    ),
    _admin("staff/", staff.people, name="staff"),
    _admin("staff/account/", staff.account, name="staff-account", methods=_POST),
    _admin("staff/role/", staff.role, name="staff-role", methods=_POST),
    _admin("staff/posts/", staff.posts, name="posts"),
    _admin("staff/absences/", staff.absences, name="absences", methods=_BOTH),
    _admin(
        "staff/absences/<uuid:absence_id>/cancel/",
        staff.cancel_absence,
        name="absence-cancel",
        methods=_POST,
    ),
    _admin("staff/tokens/", tokens.index, name="tokens"),
    _admin("staff/tokens/issue/", tokens.issue, name="token-issue", methods=_POST),
    _admin("staff/tokens/<uuid:integration_id>/revoke/", tokens.revoke, name="token-revoke", methods=_POST),
    _admin("staff/office/", office.index, name="office", methods=_BOTH),
    _admin("staff/imports/", imports.index, name="imports"),
    _admin("staff/imports/<slug:kind>.xlsx", imports.template, name="import-template"),
    _admin("staff/imports/<slug:kind>/", imports.run, name="import-run", methods=_POST),
]
