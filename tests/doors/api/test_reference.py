from __future__ import annotations

import json
import re

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tools import openapi


@pytest.mark.django_db
def test_the_description_is_served_as_it_is_kept() -> None:
    answer = Client().get("/api/openapi.json")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"
    assert json.loads(answer.content) == json.loads(openapi.DESCRIPTION.read_text(encoding="utf-8"))


@pytest.mark.django_db
def test_the_page_holds_no_script_or_style_of_its_own_and_loads_from_here_only() -> None:
    answer = Client().get("/api/docs")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert re.findall(r"<script(?![^>]* src=)|<style|style=|onload=|https?:", page) == []
    policy = answer["Content-Security-Policy"]
    assert "'unsafe-inline'" not in policy
    loaded = re.findall(r'(?:src|href)="/static/([^"]+)"', page)
    assert len(loaded) == 3
    for path in loaded:
        assert finders.find(path), path
