from __future__ import annotations

import pytest

from tools.extract import Extract, Sentence, from_python, from_script, from_template


def texts(extract: Extract) -> list[str]:
    return [sentence.text for sentence in extract.sentences]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('x = _("收件")', Sentence("收件")),
        ('x = translation.gettext_lazy("收件")', Sentence("收件")),
        ('x = msg("收" "件")', Sentence("收件")),
        ('x = ngettext("%(n)s件", "%(n)s件们", n)', Sentence("%(n)s件", plural="%(n)s件们")),
        ('x = pgettext("动词", "办")', Sentence("办", context="动词")),
        ('raise Unlawful("时限已过", code="late")', Sentence("时限已过")),
        ('raise errors.Invalid({"name": "必填"})', Sentence("必填")),
        ('raise Conflict(code="x", msgid="冲突", params={})', Sentence("冲突")),
    ],
)
def test_sentences_of_python_are_found(source: str, expected: Sentence) -> None:
    extract = from_python(source, "a.py")
    assert extract.sentences == (expected,)
    assert extract.faults == ()


@pytest.mark.parametrize(
    "source",
    [
        'title = "收件"',
        'title = f"收件{n}"',
        'raise ValueError("收件")',
        'x = _(f"收件{n}")',
        'raise Unlawful("时限已过", code="late", params={"who": "经办人"})'.replace("时限已过", "x"),
    ],
)
def test_chinese_nobody_can_translate_is_a_fault(source: str) -> None:
    (fault,) = from_python(f"\n{source}\n", "a.py").faults
    assert str(fault).startswith("a.py:2: Chinese outside a gettext call")


def test_docstrings_and_comments_of_python_may_be_chinese() -> None:
    assert from_python('"""首问负责。"""\n# 注\nx = 1\n"""说明"""\n', "a.py") == Extract((), ())


def test_sentences_of_python_come_in_the_order_of_the_file() -> None:
    source = 'def a():\n    return _("一")\n\nx = _("二")\n'
    assert texts(from_python(source, "a.py")) == ["一", "二"]


def test_sentences_of_templates_are_found() -> None:
    source = """{% load i18n %}<p title="{% translate '姓名' %}">{{ _("单位") }}{{ a|default:_('无') }}
      {% blocktranslate count n=k trimmed %}
        共 {{ n }} 件
      {% plural %}
        共 {{ n }} 件们
      {% endblocktranslate %}
      {% translate "办" context "动词" %}</p>{# 注 #}{% comment %}中文{% endcomment %}"""
    extract = from_template(source, "a.html")
    assert extract.faults == ()
    assert set(extract.sentences) == {
        Sentence("姓名"),
        Sentence("单位"),
        Sentence("无"),
        Sentence("共 %(n)s 件", plural="共 %(n)s 件们"),
        Sentence("办", context="动词"),
    }


@pytest.mark.parametrize(
    "source", ["<p>姓名</p>", "<p title='姓名'>", "{{ a|default:'无' }}", "{% include 'a' with b='无' %}"]
)
def test_chinese_outside_translation_tags_is_a_fault(source: str) -> None:
    (fault,) = from_template(f"{{% load i18n %}}\n{source}", "a.html").faults
    assert str(fault).startswith("a.html:2: Chinese outside a translation tag")


def test_scripts_hold_no_sentences() -> None:
    assert from_script("// 注\nlet a = 1; // 注\n/* 注 */", "a.js").faults == ()
    assert [fault.line for fault in from_script("let a = 1;\nalert('好')", "a.js").faults] == [2]
