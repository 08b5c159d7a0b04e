"""Functions that only some rulebooks know: offered where they are named, missed until somebody has them."""

from __future__ import annotations

from datetime import datetime

import pytest

from huiyin.organisation import actions, queries
from huiyin.organisation.models import Tenant
from huiyin.rules import supervising
from huiyin.rules.errors import Invalid
from huiyin.rules.workdays import SHANGHAI
from tests.factories import Office

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI)


def bound_by(office: Office, rulebook: str) -> Tenant:
    Tenant.objects.filter(id=office.tenant.id).update(rulebook=rulebook)
    return Tenant.objects.get(id=office.tenant.id)


def test_a_function_is_known_where_the_rulebook_names_it(office: Office) -> None:
    clerk = office.people["clerk"]
    assert "discipline_group" not in queries.functions(office.tenant, NOW)
    assert queries.unfilled(office.tenant, NOW) == []
    with pytest.raises(Invalid):
        actions.grant_role(clerk, "discipline_group", by=office.asker("administrator", NOW), at=NOW)
    tenant = bound_by(office, "headquarters")
    clerk.refresh_from_db()
    assert {"general_admin", "discipline_group"} <= set(queries.functions(tenant, NOW))
    assert {one.role for one in queries.unfilled(tenant, NOW)} == {"general_admin", "discipline_group"}
    assert {one.clause for one in queries.unfilled(tenant, NOW)} == {"p2.first-responder.9"}
    actions.grant_role(clerk, "discipline_group", by=office.asker("administrator", NOW), at=NOW)
    assert [one.role for one in queries.unfilled(tenant, NOW)] == ["general_admin"]
    assert queries.watched(office.asker("clerk", NOW)) == set(supervising.PARTS)
    assert queries.watched(office.asker("second_clerk", NOW)) == frozenset()


def test_a_function_opens_nothing_once_the_rulebook_is_another(office: Office) -> None:
    tenant = bound_by(office, "headquarters")
    clerk = office.people["clerk"]
    clerk.tenant = tenant
    actions.grant_role(clerk, "general_admin", by=office.asker("administrator", NOW), at=NOW)
    bound_by(office, "township")
    assert queries.watched(office.asker("clerk", NOW)) == frozenset()


def test_who_looks_into_reports_is_named_by_the_rulebook_and_else_the_efficiency_office(
    office: Office,
) -> None:
    assert queries.investigators(office.tenant, NOW) == ("efficiency_office",)
    assert "complaint_office" not in queries.functions(office.tenant, NOW)
    company = bound_by(office, "company")
    assert queries.investigators(company, NOW) == ("complaint_office", "efficiency_office")
    assert "complaint_office" in queries.functions(company, NOW)
    # The efficiency office stands in for it: nobody is missed.
    assert queries.unfilled(company, NOW) == []
