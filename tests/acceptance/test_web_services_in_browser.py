"""A day of *surat masuk* in real browsers beside Yankomas: the program itself reads, drafts, and prints."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from browsers import chromium, come_in, new_page
from five_people import running
from offices import laid_out
from other_services import CLERK, HEAD, UNIT
from patience import until
from web_desk import PASSWORD

from pipeline.access.accounts import held
from pipeline.cases.case_number import CaseNumber
from pipeline.wiring import Root, office_in
from pipeline.work.services import take_service
from pipeline.work.store.setup import samples

pytestmark = pytest.mark.slow

PICTURES = os.environ.get("YANKOMAS_PICTURES", "")
TEAM = "tim-yankomas"
LOGINS = {CLERK: "agenda", UNIT: "pengolah", HEAD: "kepala", TEAM: "tim"}


@pytest.fixture
def root(tmp_path):
    """An office with the service in use and an account for each of its people."""
    folder = tmp_path / "kantor"
    laid_out(folder)
    root = office_in(folder)
    root.prepare()
    take_service("surat-masuk", by="penguji", parts=root.service_parts)
    people = root.people
    for role, login in LOGINS.items():
        people.accounts.make(login, f"{login.title()} Rekaan", [held(role)], root.clock.now())
        people.accounts.set_password(login, PASSWORD)
    people.close()
    return office_in(folder)


class Day:
    """The people's windows; each is looked at when the machine has done what it owes."""

    def __init__(self, root: Root, browser, address: str) -> None:
        self.root, self.taken = root, 0
        year = root.clock.now().year
        self.mail, self.complaint = CaseNumber(year, 1, "SM"), CaseNumber(year, 1)
        self.pages = {role: new_page(browser, base_url=address) for role in LOGINS}
        for role, page in self.pages.items():
            come_in(page, address, LOGINS[role])

    def open(self, role: str, path: str):
        page = self.pages[role]
        page.goto(path)
        self.picture(page)
        return page

    def picture(self, page) -> None:
        if PICTURES:
            self.taken += 1
            page.screenshot(path=Path(PICTURES, f"{self.taken:02d}.png"), full_page=True)

    def send(self, role: str, path: str, file: Path) -> None:
        page = self.open(role, path)
        page.set_input_files("#berkas", file)
        if (button := page.get_by_role("button", name="Kirim berkas", exact=True)).count():
            button.click()  # the inbox's own page sends as soon as files are chosen

    def settled(self, number) -> None:
        until(lambda: number in self.root.cabinet.numbers() and number not in self.root.cabinet.open_cases())

    def make(self, role: str, move: str, button: str, **answers: str) -> None:
        page = self.open(role, f"/kasus/{self.mail}/gerak/{move}")
        for name, answer in answers.items():
            page.fill(f'[name="i.{name}"]', answer)
        page.get_by_role("button", name=button).last.click()
        page.wait_for_url(f"**/kasus/{self.mail}**")
        until(lambda: any(made.decision.move == move for made in self.root.cabinet.case(self.mail).made))
        self.settled(self.mail)


def test_a_letter_goes_from_the_scanner_to_the_file_beside_a_complaint(root):
    mail, complaint = samples()[3], samples()[2]
    with running(root) as address, chromium() as browser:
        day = Day(root, browser, address)
        day.send(CLERK, "/kirim", mail)
        day.send(TEAM, "/kotak-masuk", complaint)
        for number in (day.mail, day.complaint):
            day.settled(number)

        page = day.open(CLERK, f"/verifikasi/{day.mail}")
        page.select_option('[name="i.cara_penyampaian"]', "pos")
        page.fill('[name="i.asal_surat"]', "Puskesmas Rekaan")
        page.select_option('[name="i.jenis_surat"]', "surat dinas")
        for box in page.locator('[name="diperiksa"]').all():
            if box.is_visible():
                box.check()
        page.get_by_role("button", name="Konfirmasi").first.click()
        until(lambda: root.cabinet.case(day.mail).made)
        day.settled(day.mail)
        day.make(HEAD, "disposisi", "Disposisikan", diteruskan_kepada="Subbagian Rekaan", isi_disposisi="Hadiri")
        day.make(CLERK, "distribusikan", "Sampaikan", diserahkan_kepada="Rani Rekaan")
        day.make(UNIT, "laporkan-tindak-lanjut", "Laporkan", hasil="Sudah dihadiri.")
        day.make(CLERK, "berkaskan", "Berkaskan")

        assert "selesai: diberkaskan" in day.open(UNIT, f"/kasus/{day.mail}").inner_text("main")
        assert "AGENDA-0001/" in day.open(CLERK, "/register").inner_text("main")
        assert "0001/YANKOMAS/" in day.open(TEAM, "/register").inner_text("main")
        assert day.pages[TEAM].request.get(f"{address}/kasus/{day.mail}").status == 403
    assert root.verify(lambda _done, _of: None) == []
