"""The words people read of refusals: levels, grounds, importance, kinds of business, proofs of identity.

Message ids in Chinese; doors translate them into the reader's language.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from huiyin.rules.errors import msg

LEVELS: Final[Mapping[str, str]] = {
    "clerk": msg("经办人"),
    "head": msg("科室负责人"),
    "leader_in_charge": msg("分管领导"),
    "main_leader": msg("主要领导"),
    "leadership_team": msg("集体研究"),
}
"""Who signs a refusal filing; above a leader, the leaders together."""

GROUNDS: Final[Mapping[str, str]] = {
    "violates_law": msg("违反法律法规，依法不应办理"),
    "documents_missing_or_untrue": msg("缺少必要的证件、依据，或者经审核有误、不实"),
    "proven_fraud": msg("伪造、隐瞒、欺诈，已经查实"),
}
"""On what grounds a matter is refused, where the regulation lists them."""

# What came of a filing; one that has no end yet is before a leader.
ENDINGS: Final[Mapping[str, str]] = {
    "approved": msg("审批同意"),
    "overturned": msg("审批时纠正"),
    "corrected": msg("决定后纠正"),
    "withdrawn": msg("已撤回"),
    "": msg("审批中"),
}

IMPORTANCES: Final[Mapping[str, str]] = {
    "ordinary": msg("一般事项"),
    "important": msg("重要事项"),
}

BUSINESSES: Final[Mapping[str, str]] = {
    "minimum_living_allowance": msg("最低生活保障"),
    "five_guarantee_support": msg("五保供养"),
    "homestead_approval": msg("宅基地审批"),
    "family_planning_certificate": msg("计划生育办证"),
}
"""Kinds of business that a regulation names as examples."""

ADDRESSEES: Final[Mapping[str, str]] = {
    "township_party_committee_and_government": msg("中共本镇委员会、%(office)s"),
}
"""To whom an applicant may complain, where the regulation names somebody."""

IDENTITIES: Final[Mapping[str, str]] = {
    "id_card": msg("居民身份证"),
    "household_register": msg("居民户口簿"),
    "passport": msg("护照或出入境证件"),
    "residence_permit": msg("居住证"),
    "military_id": msg("军人证件"),
    "business_licence": msg("营业执照等单位证明"),
    "authorised_agent": msg("委托书和受托人身份证件"),
}
"""Against which proof of identity papers are handed back."""
