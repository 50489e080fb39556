-- Files in the object store that are to be deleted: content that a list has destroyed, or (daftar is empty) files that
-- nobody names. An office's key may delete nothing there: who looks after the centre does, with a key of their own.
-- ditandai: the transaction in which they were marked to be deleted; dihapus: when the store had deleted one; versi: the
-- version of it that the store gave back even then. A row stays once its file is deleted: whoever files the same bytes
-- again takes the row out and puts the file anew.
CREATE TABLE hapus_objek (
    sha256 text CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    daftar text,
    sejak timestamptz NOT NULL DEFAULT now(),
    ditandai xid8,
    dihapus timestamptz,
    versi text NOT NULL DEFAULT '',
    PRIMARY KEY (sha256, daftar)
);
CREATE INDEX hapus_objek_menunggu ON hapus_objek (daftar) WHERE dihapus IS NULL OR versi <> '';
