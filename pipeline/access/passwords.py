"""What a password must be. How it is kept: ``store/accounts.py`` (Argon2id); set anew: ``credentials.py``."""

from __future__ import annotations

#: Characters of a password; a short sentence is easier to keep than signs (NIST SP 800-63B).
LEAST, MOST = 12, 200
#: What is advised to who has to find another password.
EASY_TO_KEEP = "Kalimat pendek yang mudah diingat paling baik, misalnya empat kata acak."


def unfit(password: str, login: str) -> str:
    """Return why a password cannot be taken, or nothing."""
    plain = password.casefold()
    if len(password) < LEAST:
        return f"Kata sandi terlalu pendek: paling sedikit {LEAST} huruf."
    if len(password) > MOST:
        return f"Kata sandi terlalu panjang: paling banyak {MOST} huruf."
    if login.casefold() in plain or len(set(plain)) < 5 or "yankomas" in plain or "password" in plain:
        return "Kata sandi terlalu mudah ditebak."
    return ""
