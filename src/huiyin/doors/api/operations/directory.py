"""What surrounds matters: items, colleagues, and who the token acts as."""

from __future__ import annotations

from ninja import Query, Router

from huiyin.catalogue import queries as catalogue
from huiyin.doors.api import calls, wanted
from huiyin.doors.api.answers import others, promises, receptions
from huiyin.doors.api.calls import Call
from huiyin.doors.api.describing import reading
from huiyin.doors.rights import Right
from huiyin.organisation import queries as organisation
from huiyin.reports import ratings
from huiyin.rules.errors import msg

router = Router(tags=["directory"])


@router.get("/items", **reading(Right.LOOK_UP, others.ItemList, msg("在办事项"), msg("按编码排列。")))
def list_items(request: Call, asked: Query[wanted.Page]) -> others.ItemList:
    """List the active items of the office."""
    last = asked.offset + asked.limit
    found = list(catalogue.items(request.asker)[asked.offset : last + 1])
    return others.item_list(found[: asked.limit], more=len(found) > asked.limit, base=calls.ITEMS)


@router.get(
    "/items/{path:code}",
    **reading(
        Right.LOOK_UP, others.Item, msg("一个事项的办事指南"), msg("条件、材料、时限、收费与办理地点。")
    ),
)
def get_item(request: Call, code: str) -> others.Item:
    """Return one item with its guide."""
    return others.item(catalogue.guide(request.asker.tenant_id, code, public=False))


@router.get(
    "/commitments",
    **reading(
        Right.LOOK_UP,
        promises.CommitmentList,
        msg("已公布的服务承诺"),
        msg("全单位的在前，其后按科室编码排列；草稿和已撤下的不在其中。"),
    ),
)
def list_commitments(request: Call) -> promises.CommitmentList:
    """List what the office and its units have promised in public."""
    return promises.commitment_list(catalogue.published(request.asker.tenant_id))


@router.get(
    "/colleagues",
    **reading(Right.LOOK_UP, others.ColleagueList, msg("查找同事"), msg("按姓名的一部分或工号的开头。")),
)
def list_colleagues(request: Call, asked: Query[wanted.ColleagueFilter]) -> others.ColleagueList:
    """Find colleagues."""
    return others.colleague_list(organisation.colleagues(request.asker, asked.text))


@router.get(
    "/positions",
    **reading(
        Right.LOOK_UP,
        others.PositionList,
        msg("岗位与现在在岗的人"),
        msg("按科室和岗位编码；只列本单位的制度要求公示的，涉密岗不在其中。"),
    ),
)
def list_positions(request: Call) -> others.PositionList:
    """List the positions that the office shows; none where its rulebook shows none."""
    office = organisation.tenant(request.asker.tenant_id)
    return others.position_list(organisation.public_posts(office, request.now) or [])


@router.get(
    "/receptions",
    **reading(
        Right.READ,
        receptions.ReceptionList,
        msg("今年的接待评价"),
        msg("按首问责任人计；本人看本人的，效能办、主要领导和监督部门看全单位的。"),
    ),
)
def list_receptions(request: Call) -> receptions.ReceptionList:
    """List how first responders received people this year, as people rated it."""
    return receptions.reception_list(ratings.receptions(request.asker))


@router.get("/me", **reading(Right.READ, others.Me, msg("令牌所代表的人及其权限")))
def get_me(request: Call) -> others.Me:
    """Return who the token acts as."""
    asker = request.asker
    office = organisation.tenant(asker.tenant_id)
    numbers = organisation.staff_numbers(asker.tenant_id, {asker.person_id, *asker.stands_in_for})
    return others.me(asker, office.name, numbers)
