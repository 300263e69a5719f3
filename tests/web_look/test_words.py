from babel.messages.pofile import read_po
from jinja2 import Environment

from shared.web.catalogue import faults_of, strings
from shared.web.i18n import catalogue_path, gettext, lazy, ngettext, use_language


def test_every_string_has_an_english_twin_with_the_same_placeholders() -> None:
    assert len(list(strings())) > 50
    assert list(faults_of("en")) == []


def test_the_catalogue_says_nothing_that_the_code_no_longer_says() -> None:
    with catalogue_path("en").open("rb") as source:
        known = {str(message.id) for message in read_po(source) if message.id}

    assert known - {str(message.id) for message in strings()} == set()


def test_words_follow_the_language_and_come_back() -> None:
    label = lazy("Đề cử")

    with use_language("en"):
        inside = gettext("Quá hạn"), str(label), ngettext("%(count)s ngày trước", "%(count)s ngày trước", 1)

    assert inside == ("Overdue", "Nominations", "1 day ago")
    assert (gettext("Quá hạn"), str(label)) == ("Quá hạn", "Đề cử")


def test_an_unknown_language_is_vietnamese() -> None:
    with use_language("../../etc"):
        assert gettext("Quá hạn") == "Quá hạn"


def test_a_percent_sign_needs_no_care_in_python() -> None:
    assert gettext("Đạt 100%") == "Đạt 100%"
    assert gettext("%(done)s trên %(of)s", done=3, of=4) == "3 trên 4"


def test_values_in_translated_templates_are_escaped(jinja: Environment) -> None:
    page = jinja.from_string("{% trans name=name %}Chào {{ name }}{% endtrans %} {{ label }}")

    assert page.render(name="<b>", label=lazy("<i>")) == "Chào &lt;b&gt; &lt;i&gt;"
