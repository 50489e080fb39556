-- What workers are at for the office, a row for each process of theirs: isi is what it shows, {case: [words, pages done, of]}.
-- It is a hint of this moment: in no log, nothing to be synced, empty after a crash of the server. A row counts only while
-- its process gives signs (saat). It is always the same row that is written, so there is room for it beside itself.
CREATE UNLOGGED TABLE kemajuan (
    pekerja text PRIMARY KEY,
    berubah bigint NOT NULL,
    isi jsonb NOT NULL,
    saat timestamptz NOT NULL DEFAULT clock_timestamp()
) WITH (fillfactor = 50);
