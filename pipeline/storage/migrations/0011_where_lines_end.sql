-- akhir: how many bytes of its part end with a line, as in the file that a folder has of it. So a stretch of a book is found
-- by the index, and nobody counts from the first line of a month or year. Whoever adds a line holds its book.
ALTER TABLE catatan ADD COLUMN akhir bigint;
UPDATE catatan SET akhir = placed.akhir FROM (
    SELECT baris, sum(octet_length(isi)) OVER (PARTITION BY buku, bagian ORDER BY baris) AS akhir FROM catatan
) AS placed WHERE placed.baris = catatan.baris;
ALTER TABLE catatan ALTER COLUMN akhir SET NOT NULL;
CREATE UNIQUE INDEX catatan_akhir ON catatan (buku, bagian, akhir);

SELECT set_config('search_path', current_schema() || ', pg_temp', true);
CREATE FUNCTION tempatkan_catatan() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    NEW.akhir := octet_length(NEW.isi)
        + coalesce((SELECT max(akhir) FROM catatan WHERE buku = NEW.buku AND bagian = NEW.bagian), 0);
    RETURN NEW;
END $$;
SELECT set_config('search_path', current_schema(), true);
CREATE TRIGGER tempatkan_catatan BEFORE INSERT ON catatan FOR EACH ROW EXECUTE FUNCTION tempatkan_catatan();
