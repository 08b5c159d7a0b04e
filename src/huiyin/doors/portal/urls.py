"""Addresses of the portal. All are public; none carries more than a receipt number."""

from __future__ import annotations

from functools import partial

from django.urls import URLPattern, URLResolver

from huiyin.doors.access import Who, route
from huiyin.doors.portal import (
    display,
    giving_back,
    guide,
    opinions,
    posts,
    promises,
    rating,
    submitting,
    tracking,
)

public = partial(route, who=Who.PUBLIC)
form = partial(route, who=Who.PUBLIC, methods=("GET", "POST"))
post = partial(route, who=Who.PUBLIC, methods=("POST",))

urlpatterns: list[URLPattern | URLResolver] = [
    public("", guide.offices, name="offices"),
    post("display/", display.choose, name="display"),
    public("<slug:slug>/", guide.home, name="home"),
    public("<slug:slug>/items/", guide.items, name="items"),
    public("<slug:slug>/promises/", promises.index, name="promises"),
    public("<slug:slug>/promises/board.pdf", promises.board, name="board"),
    public("<slug:slug>/promises/<path:unit_code>/board.pdf", promises.board, name="unit-board"),
    public("<slug:slug>/promises/<path:unit_code>/", promises.unit, name="promise"),
    form("<slug:slug>/opinions/", opinions.write, name="opinions"),
    form("<slug:slug>/opinions/result/", opinions.look, name="opinion"),
    public("<slug:slug>/items/<path:code>/guide.pdf", promises.guide, name="guide-pdf"),
    # Codes come from other systems and may hold any sign, slashes too.
    public("<slug:slug>/items/<path:code>/", guide.item, name="item"),
    form("<slug:slug>/apply/<path:code>/", submitting.apply, name="apply"),
    form("<slug:slug>/ask/", submitting.ask, name="ask"),
    form("<slug:slug>/ask/<path:code>/", submitting.ask, name="ask-about"),
    public("<slug:slug>/posts/", posts.index, name="posts"),
    form("<slug:slug>/report/", submitting.report, name="report"),
    form("<slug:slug>/receipt/", submitting.receipt, name="receipt"),
    form("<slug:slug>/receipt.pdf", submitting.receipt_pdf, name="receipt-pdf"),
    form("<slug:slug>/track/", tracking.track, name="track"),
    public("<slug:slug>/t/<str:number>", tracking.from_receipt, name="track-number"),
    form("<slug:slug>/paper.pdf", tracking.paper_pdf, name="paper-pdf"),
    form("<slug:slug>/rate/", rating.rate, name="rate"),
    form("<slug:slug>/return/", giving_back.ask, name="ask-return"),
    form("<slug:slug>/withdraw/", giving_back.withdraw, name="withdraw"),
]
