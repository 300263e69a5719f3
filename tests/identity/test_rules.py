"""Rules of identity that no example can exhaust."""

import string
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from services.identity.rules.accounts import check_new_password, email_of, own_path
from shared.errors import Refused
from shared.network import network_of


@given(st.text(alphabet=string.printable + "\\\u00a0\u2028ế", max_size=40) | st.just("/").flatmap(lambda _: st.text()))
@example("/%5cevil.example")
@example("/..//evil.example")
@example("/[/evil.example")
def test_a_return_address_never_leaves_our_host(asked: str) -> None:
    path = own_path(asked)

    as_browsers_read_it = path.replace("\\", "/").replace("\t", "").replace("\n", "").replace("\r", "")
    there = urlsplit(urljoin("http://guong.example/dang-nhap", as_browsers_read_it))
    assert (there.scheme, there.netloc) == ("http", "guong.example")
    assert path in ("", asked)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("testclient", "unknown"),
        (None, "unknown"),
    ],
)
def test_tries_are_counted_by_household_not_by_address(address: str | None, network: str) -> None:
    assert network_of(address) == network


@given(st.text(max_size=300))
def test_any_text_is_an_email_or_refused_with_a_key(raw: str) -> None:
    key = ""
    try:
        email = email_of(raw)
    except Refused as refused:
        key = refused.key
    else:
        assert email_of(email) == email
        assert email.count("@") == 1

    assert key == "" or key.startswith(("email.", "text."))


@pytest.mark.parametrize(
    ("password", "key"),
    [
        ("123456789", "password.too_short"),
        ("1212121212", "password.easily_guessed"),
        ("Matkhau123", "password.easily_guessed"),
        ("truong.thon@xa.example", "password.easily_guessed"),
        ("a" * 200, "password.too_long"),
        ("mười hai\0ký tự", "text.control_character"),
    ],
)
def test_a_password_that_guessers_try_first_is_refused(password: str, key: str) -> None:
    with pytest.raises(Refused) as refused:
        check_new_password(password, email="truong.thon@xa.example")

    assert refused.value.key == key
