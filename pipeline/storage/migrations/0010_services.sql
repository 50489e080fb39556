-- Numbers of other services' series. From here on `tahun` of cases (deret, perkara, jurnal, saksi and what follows them)
-- is a volume: the year, and 4,000 times the code of the series' name (none: 0; letters are digits of base 27, A is 1),
-- so that the longest name's last year still fits into an integer, and no row has to be written anew.

SELECT set_config('search_path', current_schema() || ', pg_temp', true);

-- A witness ends as many bytes behind the last as its line is long ("2026/0007 12 <64>", "2026~SM/0007 12 <64>" and a
-- newline): a series' name has one to four letters.
CREATE OR REPLACE FUNCTION jaga_saksi() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    kode integer := NEW.tahun / 4000;
    nama integer := CASE WHEN kode = 0 THEN 0 ELSE 2 + (kode >= 27)::int + (kode >= 729)::int + (kode >= 19683)::int END;
BEGIN
    IF NEW.posisi <> coalesce((SELECT max(posisi) FROM saksi), 0) + 68
        + 4 + nama + greatest(4, length(NEW.urut::text)) + length(NEW.seq::text) THEN
        RAISE insufficient_privilege USING MESSAGE = 'a witness follows the last';
    END IF;
    RETURN NEW;
END $$;

-- As `pastikan_nomor` for one year: the highest numbers of several volumes (of none: no number is given that is unknown).
CREATE FUNCTION pastikan_nomor(tahun_nya integer[], urut_nya integer[], saat_nya text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    UPDATE kantor SET riwayat = riwayat_sekarang() WHERE riwayat <> riwayat_sekarang();
    IF NOT FOUND THEN
        RAISE insufficient_privilege USING MESSAGE = 'nothing waits for this';
    END IF;
    INSERT INTO deret (tahun, terakhir, saat)
    SELECT t, u, saat_nya FROM unnest(tahun_nya, urut_nya) AS dikatakan (t, u)
    ON CONFLICT (tahun) DO UPDATE SET terakhir = excluded.terakhir, saat = excluded.saat
        WHERE deret.terakhir < excluded.terakhir;
END $$;

-- No number is given until a person has said again how far all series went: one begins in a database that was once brought
-- back, and it may have given numbers after that moment.
CREATE FUNCTION tunggu_nomor() RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
    UPDATE kantor SET riwayat = ''
$$;

SELECT set_config('search_path', current_schema(), true);

-- Services in use and the office's own editions of its SOP: lines of books, as in a folder (archive/.layanan, archive/.sop),
-- and what these name by its hash, so that every machine of the office handles a case by the same.
INSERT INTO kunci (nama) VALUES ('layanan'), ('sop');
CREATE TABLE versi_tercatat (
    buku text,
    sha256 text,
    isi bytea NOT NULL,
    PRIMARY KEY (buku, sha256),
    CHECK (sha256 = encode(sha256(isi), 'hex'))
);
