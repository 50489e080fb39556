"""Roles: what the SOP calls for, and an office fills (:mod:`pipeline.office.office`)."""

from __future__ import annotations

#: The role keys of the SOP's lanes and of this software.
ROLES = (
    "pelapor",
    "tim-yankomas",
    "kakanwil",
    "kadiv",
    "kabid",
    "kasubbid",
    "instansi",
    "arsiparis",
    "admin",
)
