"""Makers and validators of signatures: pyHanko, PKCS#11 tokens, the government's service, a confined child."""
