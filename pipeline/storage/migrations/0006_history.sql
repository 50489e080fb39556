-- On which history of the server numbers were given last: its identity and its timeline. Where the server has another,
-- the database was brought back from a copy, and numbers may have been given that it does not know of.
ALTER TABLE kantor ADD COLUMN riwayat text NOT NULL DEFAULT '';

SELECT set_config('search_path', current_schema() || ', pg_temp', true);

CREATE FUNCTION riwayat_sekarang() RETURNS text LANGUAGE sql STABLE AS $$
    SELECT system_identifier || '/' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) FROM pg_control_system()
$$;

-- Where numbers were given already, nobody knows on which history: the database may have been brought back to a moment
-- before this form. A person says once how far they went.
UPDATE kantor SET riwayat = riwayat_sekarang() WHERE NOT EXISTS (SELECT FROM deret);

-- A person has said how far the numbers went: the highest of a year (null: none that is not known), and when. From then
-- on numbers are given on this history. An office cannot raise its numbers otherwise, nor twice.
CREATE FUNCTION pastikan_nomor(tahun_nya integer, urut_nya integer, saat_nya text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    UPDATE kantor SET riwayat = riwayat_sekarang() WHERE riwayat <> riwayat_sekarang();
    IF NOT FOUND THEN
        RAISE insufficient_privilege USING MESSAGE = 'nothing waits for this';
    END IF;
    IF urut_nya IS NOT NULL THEN
        INSERT INTO deret (tahun, terakhir, saat) VALUES (tahun_nya, urut_nya, saat_nya)
        ON CONFLICT (tahun) DO UPDATE SET terakhir = excluded.terakhir, saat = excluded.saat
            WHERE deret.terakhir < excluded.terakhir;
    END IF;
END $$;

SELECT set_config('search_path', current_schema(), true);
