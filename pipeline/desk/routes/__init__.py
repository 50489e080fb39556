"""The pages, one module a family. A new family is a module with ``pages = Pages()``, listed here."""

from pipeline.desk.routes import (
    accounts,
    archive,
    case,
    inbox,
    integrity,
    live_news,
    login,
    moves,
    my_desk,
    open_case,
    papers,
    register,
    static,
    status,
    summary,
    unknown,
    verification,
)

#: In the order in which routes are matched; ``unknown`` takes whatever is left.
FAMILIES = (
    static,
    status,
    login,
    my_desk,
    register,
    archive,
    case,
    moves,
    papers,
    inbox,
    open_case,
    verification,
    summary,
    live_news,
    integrity,
    accounts,
    unknown,
)
