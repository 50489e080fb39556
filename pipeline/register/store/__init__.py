"""Numbers, series and the register book as files of one root."""
