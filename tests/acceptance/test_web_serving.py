"""The desk as it is served: where it listens, and what it refuses."""

from __future__ import annotations

import re
import socket
import ssl
from dataclasses import replace

import httpx
import pytest
from desk_certificate import certificate_in
from free_ports import free_port
from offices import laid_out
from patience import PATIENCE

from pipeline.desk.app import hosts
from pipeline.desk.serving import require_tls, serve
from pipeline.errors import Busy, SettingsFault
from pipeline.wiring import load_settings as load
from pipeline.wiring import office_in
from pipeline.work.settings import WebSettings


@pytest.fixture
def root(tmp_path):
    root = office_in(laid_out(tmp_path / "kantor"))
    root.prepare()
    return root


def test_the_desk_is_served_and_says_how_to_make_the_first_admin(root):
    said = []
    settings = WebSettings(port=free_port())

    served = serve(root, settings, said.append)
    try:
        page = httpx.get(f"http://127.0.0.1:{settings.port}/masuk", timeout=PATIENCE)
        link = said[1].split()[-1]
        first = httpx.get(link, timeout=PATIENCE)
    finally:
        served.close()

    assert (page.status_code, first.status_code) == (200, 200)
    assert "Nama masuk" in page.text
    assert "server" not in page.headers
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"http://127.0.0.1:{settings.port}/masuk", timeout=PATIENCE)


def test_once_there_is_an_admin_no_link_is_said(root):
    people, now = root.people, root.clock.now()
    people.make_first(people.links.make("", now), "ani", "Ani Rekaan", "empat kata acak sekali", now)
    said = []

    serve(root, WebSettings(port=free_port()), said.append).close()

    assert len(said) == 1


def test_a_port_that_is_taken_is_said(root):
    said = []
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(Busy, match="tidak dapat dipakai"):
        serve(root, WebSettings(port=taken.getsockname()[1]), said.append)

    assert said == []


def asks_for_tls(settings: WebSettings) -> bool:
    try:
        require_tls(settings)
    except SettingsFault:
        return True
    return False


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.10", "meja.kantor.example"])
def test_beyond_this_machine_tls_is_required(host):
    with pytest.raises(SettingsFault, match="tanpa TLS"):
        require_tls(WebSettings(host=host))

    with pytest.raises(SettingsFault, match="proksi mana"):
        require_tls(WebSettings(host=host, proxy_speaks_tls=True))

    assert not asks_for_tls(WebSettings(host=host, proxy_speaks_tls=True, proxies=("10.0.0.2",)))
    assert not asks_for_tls(WebSettings(host=host, certificate="meja.pem", private_key="meja.key"))


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.5", "::1", "localhost"])
def test_on_this_machine_it_is_not(host):
    assert not asks_for_tls(WebSettings(host=host))


def test_a_certificate_of_the_office_is_used(root):
    certificate, _ = certificate_in(root.layout.root)
    settings = WebSettings(port=free_port(), certificate="meja.pem", private_key="meja.key")
    root.__dict__["settings"] = replace(root.settings, web=settings)

    served = serve(root, settings, lambda _: None)
    try:
        answer = httpx.get(
            f"https://localhost:{settings.port}/masuk",
            verify=ssl.create_default_context(cafile=str(certificate)),
            timeout=PATIENCE,
        )
    finally:
        served.close()

    assert answer.status_code == 200
    assert "max-age" in answer.headers["strict-transport-security"]
    assert "Secure" in answer.headers["set-cookie"]


def test_a_certificate_that_is_none_is_refused_before_anything_is_served(root):
    (root.layout.root / "meja.pem").write_text("bukan sertifikat")
    settings = WebSettings(port=free_port(), certificate="meja.pem", private_key="meja.pem")

    with pytest.raises(SettingsFault, match="Sertifikat"):
        serve(root, settings, lambda _: None)


@pytest.mark.parametrize(
    ("settings", "address"),
    [
        (WebSettings(), "http://127.0.0.1:8017"),
        (WebSettings(host="::1", port=80), "http://[::1]"),
        (WebSettings(certificate="a", private_key="b", names=("meja.example",)), "https://meja.example:8017"),
        (WebSettings(proxy_speaks_tls=True, names=("meja.example",)), "https://meja.example"),
    ],
)
def test_the_address_is_as_people_type_it(settings, address):
    assert settings.url == address


@pytest.mark.parametrize(
    ("proxies", "told"), [((), "10.0.0.{n}"), ((), "{n}.{n}.{n}.{n}"), (("127.0.0.1",), "10.0.0.{n}, 192.168.1.7")]
)
def test_who_guesses_does_not_become_another_by_what_the_request_says(root, proxies, told):
    settings = WebSettings(port=free_port(), proxies=proxies)
    served = serve(root, settings, lambda _: None)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{settings.port}", timeout=PATIENCE) as browser:
            token = re.search(r'name="csrf" value="([^"]+)"', browser.get("/status").text)[1]
            form = {"kode": "K7QM-2XPA-94TD", "csrf": token}
            answers = [
                browser.post("/status", data=form, headers={"x-forwarded-for": told.format(n=n)}).status_code
                for n in range(1, 13)
            ]
    finally:
        served.close()

    assert answers == [404] * 10 + [429] * 2


def test_the_desk_answers_to_its_own_names_alone():
    names = hosts(WebSettings(host="10.0.0.5", names=("Meja.Example",)))

    assert names == {"localhost", "127.0.0.1", "[::1]", "10.0.0.5", "meja.example"}


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("pintu = 8017", "pintu = 70000"),
        ('tls = "tidak"', 'tls = "ya"'),
        ('tls = "tidak"', 'tls = "sertifikat"'),
        ('sertifikat = ""', 'sertifikat = "meja.pem"\ntls = "sertifikat"'),
    ],
)
def test_settings_of_the_desk_that_cannot_be_are_named(root, line, wrong):
    file = root.layout.settings
    text = file.read_text()
    changed = text.replace('tls = "tidak"\n', "") if "\n" in wrong else text
    file.write_text(changed.replace(f"\n{line}", f"\n{wrong}"))

    with pytest.raises(SettingsFault, match=r"web\.(pintu|tls)"):
        load(file)


def test_an_office_from_before_the_desk_has_the_usual_settings(root):
    file = root.layout.settings
    file.write_text(file.read_text().partition("\n[web]")[0])

    assert load(file).web == WebSettings()
