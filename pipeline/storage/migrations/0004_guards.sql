-- What an office may write to its numbers, cases and witnesses is held by the database: triggers that let a number go up
-- by one and a witness follow the last, for whoever comes as an office. Who looks after the centre moves offices in.

-- Rows that are held while a book of lines grows, or while letters take numbers: nobody of another office can.
CREATE TABLE kunci (nama text PRIMARY KEY, dipegang boolean);
INSERT INTO kunci (nama) VALUES ('naskah'), ('kotak-masuk'), ('akses'), ('segel'), ('pulih');

-- The cases whose row of the register book is still to be made; berubah: because they changed, and not because rows are
-- made in another way now.
CREATE TABLE buku_tertunda (
    tahun integer,
    urut integer,
    berubah boolean NOT NULL,
    PRIMARY KEY (tahun, urut)
);

-- pindah: the mark of the folder that moves in or out at present. kunci_dicoba: when it was tried whether the office's
-- key of the object store opens what is another office's; kunci_membuka: whose it opened.
ALTER TABLE kantor
    ADD COLUMN pindah text NOT NULL DEFAULT '',
    ADD COLUMN kunci_dicoba timestamptz,
    ADD COLUMN kunci_membuka text NOT NULL DEFAULT '';

CREATE FUNCTION jaga_deret() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NEW.terakhir <> 1 + coalesce((SELECT terakhir FROM deret WHERE tahun = NEW.tahun), 0) THEN
        RAISE insufficient_privilege USING MESSAGE = 'a number goes up by one';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER jaga_deret BEFORE INSERT OR UPDATE ON deret
    FOR EACH ROW WHEN (current_user LIKE 'kantor\_%') EXECUTE FUNCTION jaga_deret();

CREATE FUNCTION jaga_nomor() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM jurnal WHERE tahun = NEW.tahun AND urut = NEW.terakhir AND seq = 1) THEN
        RAISE insufficient_privilege USING MESSAGE = 'a number is given with the first line of its case';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER jaga_nomor AFTER INSERT OR UPDATE ON deret DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (current_user LIKE 'kantor\_%') EXECUTE FUNCTION jaga_nomor();

CREATE FUNCTION jaga_perkara() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM deret WHERE tahun = NEW.tahun AND terakhir = NEW.urut) THEN
        RAISE insufficient_privilege USING MESSAGE = 'a case has the number that was given last';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER jaga_perkara BEFORE INSERT ON perkara
    FOR EACH ROW WHEN (current_user LIKE 'kantor\_%') EXECUTE FUNCTION jaga_perkara();

-- A witness ends as many bytes behind the last as its line is long ("2026/0007 12 <64>" and a newline).
CREATE FUNCTION jaga_saksi() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NEW.posisi <> coalesce((SELECT max(posisi) FROM saksi), 0) + 68
        + length(NEW.tahun::text) + greatest(4, length(NEW.urut::text)) + length(NEW.seq::text) THEN
        RAISE insufficient_privilege USING MESSAGE = 'a witness follows the last';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER jaga_saksi BEFORE INSERT ON saksi
    FOR EACH ROW WHEN (current_user LIKE 'kantor\_%') EXECUTE FUNCTION jaga_saksi();

CREATE FUNCTION jaga_posisi() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF (SELECT posisi FROM kantor) <> coalesce((SELECT max(posisi) FROM saksi), 0) THEN
        RAISE insufficient_privilege USING MESSAGE = 'the position is that of the last witness';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER jaga_posisi AFTER UPDATE ON kantor DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (current_user LIKE 'kantor\_%' AND OLD.posisi <> NEW.posisi) EXECUTE FUNCTION jaga_posisi();

CREATE FUNCTION jaga_baris() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM saksi WHERE tahun = NEW.tahun AND urut = NEW.urut AND seq = NEW.seq AND hash = NEW.hash
    ) THEN
        RAISE insufficient_privilege USING MESSAGE = 'a line has its witness';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER jaga_baris AFTER INSERT ON jurnal DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (current_user LIKE 'kantor\_%') EXECUTE FUNCTION jaga_baris();

-- How far a series of letters' numbers went before an archive was brought back is said higher, never lower.
CREATE FUNCTION jaga_batas() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NEW.nomor < OLD.nomor THEN
        RAISE insufficient_privilege USING MESSAGE = 'a bound of numbers is only raised';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER jaga_batas BEFORE UPDATE ON batas_naskah
    FOR EACH ROW WHEN (current_user LIKE 'kantor\_%') EXECUTE FUNCTION jaga_batas();
