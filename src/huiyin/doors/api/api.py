"""The interface itself: every operation under /api/v1, every refusal in one shape."""

from __future__ import annotations

from ninja.renderers import JSONRenderer

from huiyin.doors.api.describing import HuiyinAPI
from huiyin.doors.api.failing import Reader, register_handlers
from huiyin.doors.api.operations import (
    custody,
    deciding,
    directory,
    documents,
    findings,
    given,
    guiding,
    intake,
    public,
    reading,
    refusing,
    review,
    timing,
)
from huiyin.rules.errors import msg


class Plain(JSONRenderer):
    """JSON whose Chinese can be read."""

    def __init__(self) -> None:
        """Leave letters as they are."""
        self.json_dumps_params = {"ensure_ascii": False}


api = HuiyinAPI(
    title=msg("回音接口"),
    version="1",
    description=msg(
        "与桌面同样的操作、同样的权限、同样的时限。每个令牌代表一个人，并有自己的权限；"
        "每次提交带一个标识，用同一标识重试得到同一回执。"
    ),
    urls_namespace="api",
    openapi_url=None,
    docs_url=None,
    parser=Reader(),
    renderer=Plain(),
)

for _group in (
    intake,
    given,
    documents,
    reading,
    custody,
    guiding,
    review,
    timing,
    refusing,
    deciding,
    findings,
    public,
    directory,
):
    api.add_router("/v1", _group.router)

register_handlers(api)
