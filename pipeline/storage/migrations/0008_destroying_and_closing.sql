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

-- The years whose register was closed: lines of a book, as in a folder (archive/.tutup-buku).
INSERT INTO kunci (nama) VALUES ('tutup-buku');

-- A year of the access log goes once its term is over: five years at least, whatever the office has decided. The office
-- has no right to remove a line otherwise.
SELECT set_config('search_path', current_schema() || ', pg_temp', true);
CREATE FUNCTION hapus_catatan_akses(tahun_nya integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    IF tahun_nya >= extract(year FROM now()) - 5 THEN
        RAISE insufficient_privilege USING MESSAGE = 'the access log is kept for more than five years';
    END IF;
    DELETE FROM catatan WHERE buku = 'akses' AND bagian LIKE tahun_nya || '-%';
END $$;
SELECT set_config('search_path', current_schema(), true);
