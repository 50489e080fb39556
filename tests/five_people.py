"""An office of five people, each at a browser of their own: what they do there, the program itself does the rest."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from browsers import come_in, new_page
from free_ports import free_port
from offices import laid_out
from patience import PATIENCE, until
from playwright.sync_api import Browser, Locator, Page
from signing_pki import PASSPHRASE, Pki
from web_desk import PASSWORD

from pipeline.access.accounts import held
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.sop import title_of
from pipeline.register.letter_lists import ACT_TITLES
from pipeline.wiring import Root, office_in

#: Who holds which role: name, NIP, and the certificate of the test PKI that they sign with.
PEOPLE = {
    "tim-yankomas": ("Rani Rekaan", "19900101 201503 2 001", ""),
    "kasubbid": ("Eko Rekaan", "19780303 200212 1 001", "kabid"),
    "kabid": ("Sari Rekaan", "19760404 200003 2 001", ""),
    "kadiv": ("Dewi Rekaan", "19720505 199803 2 001", "kadiv"),
    "kakanwil": ("Budi Rekaan", "19700101 199503 1 001", "kakanwil"),
}
#: Where pictures of the pages are put, for people to look at; nowhere unless asked.
PICTURES = os.environ.get("YANKOMAS_PICTURES", "")


def office_of_five(folder: Path, pki: Pki) -> Root:
    """Lay out an office with these people, their accounts, keys, and the certificates that it trusts."""
    laid_out(folder)
    (folder / "kunci").mkdir()
    text = (folder / "office.toml").read_text()
    for role, (name, nip, certificate) in PEOPLE.items():
        text = text.replace(f'peran = "{role}"\n', f'peran = "{role}"\nnama = "{name}"\nnip = "{nip}"\n')
        if certificate:
            (folder / "kunci" / f"{role}.p12").write_bytes(pki.p12(certificate))
            way = f'cara = "sertifikat"\nberkas = "kunci/{role}.p12"'
            text += f'\n[[tanda_tangan.pemegang]]\nnip = "{nip}"\n{way}\n'
    (folder / "office.toml").write_text(text)
    pki.trust(folder / "kepercayaan")
    root = office_in(folder)
    root.prepare()
    people = root.people
    for role, (name, nip, _) in PEOPLE.items():
        people.accounts.make(role, name, [held(role)], root.clock.now(), nip)
        people.accounts.set_password(role, PASSWORD)
    people.close()
    return root


@contextmanager
def running(root: Root) -> Iterator[str]:
    """Run the program as an office does, ``yankomas run``; gives the address of its desk."""
    port = free_port()
    program = [str(Path(sys.executable).with_name("yankomas")), "--root", str(root.layout.root)]
    office = subprocess.Popen([*program, "run", "--port", str(port)], stdout=subprocess.DEVNULL)

    def answers() -> bool:
        with socket.socket() as door:
            return door.connect_ex(("127.0.0.1", port)) == 0

    try:
        until(answers)
        yield f"http://127.0.0.1:{port}"
    finally:
        office.terminate()
        office.wait(PATIENCE)


class Office:
    """The office at work: its people, on whose desk letters lay at their turns, what was read on pages."""

    def __init__(self, root: Root, browser: Browser, address: str) -> None:
        self.root, self.number = root, CaseNumber(root.clock.now().year, 1)
        self.people = {role: Person(role, browser, address, self) for role in PEOPLE}
        self.turns: list[tuple[str, dict[str, str]]] = []
        self.seen: dict[str, str] = {}

    @property
    def case(self) -> Case:
        """The case as its journal has it now."""
        return self.root.cabinet.case(self.number)

    def turn(self, template: str, role: str) -> Person:
        """Wait until a letter lies on somebody's desk; note on whose else and what for. Returns them."""
        title, found = title_of(template), self.people[role]
        until(lambda: found.due(title))
        self.turns.append((template, {r: act for r, one in self.people.items() if (act := one.due(title))}))
        return found


class Person:
    """Somebody at a browser: reads pages, fills in forms, presses buttons; writes nothing into the archive."""

    def __init__(self, role: str, browser: Browser, address: str, office: Office) -> None:
        self.role, self._office, self._pictures = role, office, count(1)
        self.case = f"/kasus/{office.number}"
        self.page: Page = new_page(browser, base_url=address)
        come_in(self.page, address, role)

    def reads(self, path: str) -> str:
        """The words of a page, in everything that is folded too."""
        self._opens(path)
        self.page.evaluate("document.querySelectorAll('main details').forEach((part) => { part.open = true; })")
        self._picture()
        return self.page.locator("main").inner_text()

    def reads_letter(self, template: str) -> str:
        """The words of a letter's page."""
        return self.reads(f"{self.case}/surat/{template}")

    def reads_difference(self, template: str) -> str:
        """What an edit changed since one's initial, by the link on the letter's page."""
        self.reads_letter(template)
        self.page.get_by_role("link", name="Lihat bedanya").click()
        self.page.get_by_role("heading", name="Beda versi").wait_for()
        self._picture()
        return self.page.locator("main").inner_text()

    def due(self, title: str) -> str:
        """What is to be done to a letter according to one's *Meja saya*; empty: nothing."""
        self._opens("/")
        acts = self.page.locator("section.kelompok", has=self.page.get_by_role("link", name=title, exact=True))
        heads = (re.sub(r"\s*\d+$", "", head) for head in acts.locator("h2").all_inner_texts())
        return next((head for head in heads if head in ACT_TITLES.values()), "")

    def drops(self, file: Path) -> None:
        """Put a file into the inbox, on its page."""
        page = self._opens("/kotak-masuk")
        page.set_input_files("[name=berkas]", file)
        page.get_by_role("cell", name=file.name).first.wait_for()
        self._picture()

    def verifies(self, **answers: str) -> None:
        """Confirm what the reader read of the complaint, looked at, with what was not to be read."""
        page = self.page
        until(lambda: self._opens("/verifikasi").locator("a[href*='/verifikasi/']").count())
        until(lambda: self._office.case.reading)
        self._opens(f"/verifikasi/{self._office.number}")
        for name, value in answers.items():
            _answer(page.locator("form[data-verifikasi]"), name, value)
        for looked in page.locator("form[data-verifikasi] [name=diperiksa]").all():
            looked.check()
        self._picture()
        page.get_by_role("button", name="Konfirmasi, lanjut").click()
        page.locator(".pesan.baik", has_text="dikonfirmasi").wait_for()

    def moves(self, move: str, **answers: str | list[str]) -> None:
        """Make a move of the case on its page, or on the move's own."""
        self._press(self.case, move, answers)

    def acts(self, template: str, move: str, **answers: str | list[str]) -> None:
        """Do something to a letter on its page."""
        self._press(f"{self.case}/surat/{template}", move, answers)

    def edits(self, template: str, before: str, after: str) -> None:
        """Exchange some words of a letter in the page's editor."""
        page = self._opens(f"{self.case}/surat/{template}")
        page.get_by_role("link", name="Sunting isinya").click()
        field = page.locator("textarea", has_text=before)
        field.fill(field.input_value().replace(before, after))
        self._picture()
        page.get_by_role("button", name="Simpan sebagai versi").click()
        page.locator(".pesan.baik", has_text="diterima sebagai versi").wait_for()

    def prints(self, template: str) -> bytes:
        """Take the PDF from a letter's page."""
        page = self._opens(f"{self.case}/surat/{template}")
        with page.expect_download() as taken:
            page.get_by_role("link", name="PDF", exact=True).click()
        return taken.value.path().read_bytes()

    def signs(self, template: str) -> None:
        """Sign a letter on *Tanda tangan* with the passphrase of one's certificate."""
        page, box = self.page, self.page.get_by_role("checkbox", name=title_of(template))
        until(lambda: self._opens("/tanda-tangan") and box.count())
        box.check()
        page.get_by_label("Kata sandi").fill(PASSPHRASE)
        self._picture()
        page.get_by_role("button", name="Tandatangani yang dipilih").click()
        page.get_by_text("1 ditandatangani").wait_for()
        self._picture()

    def hands_over(self, role: str, acting: str, own_title: str) -> None:
        """Have somebody act in one's post for today."""
        page, today = self._opens("/alih-tugas"), f"{self._office.root.clock.now().date()}"
        page.get_by_label("Kepada").select_option(role)
        page.locator(f"input[name=sebagai][value='{acting}']").check()
        page.get_by_label("Jabatan sendiri").fill(own_title)
        page.get_by_label("Hari pertama").fill(today)
        page.get_by_label("Hari terakhir").fill(today)
        page.get_by_role("button", name="Alihkan tugas").click()
        page.locator(".pesan.baik").wait_for()
        self._picture()

    def _opens(self, path: str) -> Page:
        answer = self.page.goto(path)
        assert answer, path
        assert answer.ok, path
        return self.page

    def _picture(self) -> None:
        if PICTURES:
            path = re.sub(r"\W+", "-", self.page.url.split("/", 3)[3])[:50].strip("-") or "meja"
            self.page.screenshot(
                path=Path(PICTURES) / f"{self.role}-{next(self._pictures):02d}-{path}.png", full_page=True
            )

    def _press(self, path: str, move: str, answers: dict[str, str | list[str]]) -> None:
        form = self._form(path, move)
        for name, value in answers.items():
            _answer(form, name, value)
        self._picture()
        form.locator("button:not([name])").click()
        self.page.locator(".pesan.baik", has_text="dicatat").wait_for()
        self._picture()

    def _form(self, path: str, move: str) -> Locator:
        """Find the form of a move; it may be folded, stand on a page of its own, or not be there yet."""
        page = self.page
        form, far = page.locator(f"form[action$='/gerak/{move}']"), page.locator(f"a.tombol[href$='/gerak/{move}']")
        until(lambda: self._opens(path) and form.count() + far.count())
        if not form.count():
            far.first.click()
        for folded in page.locator("details:not([open])", has=form).all():
            folded.evaluate("part => { part.open = true; }")
        return form.first


def _answer(form: Locator, name: str, value: str | list[str]) -> None:
    """Answer a question of a form: a row's cells, a choice, words."""
    if isinstance(value, list):
        for cell, text in zip(form.locator(f"input[name^='i.{name}.1.']").all(), value, strict=True):
            cell.fill(text)
    elif (choice := form.locator(f"input[name^='i.{name}'][value='{value}']")).count():
        choice.check()
    elif (select := form.locator(f"select[name='i.{name}']")).count():
        select.select_option(value)
    else:
        form.locator(f"[name='i.{name}']").fill(value)
