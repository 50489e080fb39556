"""The web desk: server-made pages for the mailroom, the officials, the archivists and the admin.

A page reads input, calls one verb or one view, and shows what it returns. No rule of the office lives here.
"""
