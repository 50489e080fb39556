-- One office's cases. Every table lies in the office's own schema; moments are texts (ISO 8601 with their offset),
-- because a journal's lines are kept byte for byte and say them so.

-- How far what happened has come: whoever follows an office reads the witnesses behind the position it knows.
CREATE TABLE kantor (
    satu boolean PRIMARY KEY DEFAULT true CHECK (satu),
    posisi bigint NOT NULL DEFAULT 0,
    -- When the office moved out; nobody works on its cases here any more.
    keluar timestamptz
);
INSERT INTO kantor DEFAULT VALUES;

-- The highest register number of each year, and when it was given.
CREATE TABLE deret (
    tahun integer PRIMARY KEY,
    terakhir integer NOT NULL CHECK (terakhir > 0),
    saat text NOT NULL
);

-- The numbers of each year's series of letters: which case took which, as printed, in the order in which they were given.
CREATE TABLE deret_naskah (
    baris bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tahun integer NOT NULL,
    nama text NOT NULL,
    nomor integer NOT NULL,
    perkara text NOT NULL,
    teks text NOT NULL
);
CREATE INDEX deret_naskah_nomor ON deret_naskah (tahun, nama, nomor);

-- Numbers of a series up to which, as a person has said after an archive was brought back, all were given.
CREATE TABLE batas_naskah (
    tahun integer,
    nama text,
    nomor integer NOT NULL,
    PRIMARY KEY (tahun, nama)
);

-- A row for each case; terbuka: it may be owed something. asli: SHA-256 of what came, klaim: the claim that brought it.
CREATE TABLE perkara (
    tahun integer,
    urut integer CHECK (urut > 0),
    terbuka boolean NOT NULL DEFAULT true,
    asli bytea NOT NULL CHECK (length(asli) = 32),
    klaim text NOT NULL,
    PRIMARY KEY (tahun, urut)
);
CREATE INDEX perkara_asli ON perkara (asli, tahun, urut);
CREATE INDEX perkara_terbuka ON perkara (tahun, urut) WHERE terbuka;

-- The journals, a row for each line, byte for byte as in a folder. The database itself holds the chain: a line's hash is
-- that of its bytes, its prev is the hash of the line before, and no line before another can go.
CREATE TABLE jurnal (
    tahun integer,
    urut integer,
    seq integer CHECK (seq > 0),
    sebelum integer GENERATED ALWAYS AS (nullif(seq - 1, 0)) STORED,
    prev text NOT NULL,
    hash text NOT NULL,
    baris bytea NOT NULL,
    PRIMARY KEY (tahun, urut, seq),
    UNIQUE (tahun, urut, seq, hash),
    FOREIGN KEY (tahun, urut) REFERENCES perkara,
    FOREIGN KEY (tahun, urut, sebelum, prev) REFERENCES jurnal (tahun, urut, seq, hash),
    CHECK (seq > 1 OR prev = repeat('0', 64)),
    -- A line ends with  "prev":"<64>","hash":"<64>"}  and a newline.
    CHECK (length(baris) > 141),
    CHECK (substring(baris FROM length(baris) - 140 FOR 64) = convert_to(prev, 'UTF8')),
    CHECK (substring(baris FROM length(baris) - 66 FOR 64) = convert_to(hash, 'UTF8')),
    CHECK (substring(baris FROM length(baris) - 2) = '\x227d0a'),
    CHECK (hash = encode(sha256(convert_to(prev, 'UTF8') || substring(baris FROM 1 FOR length(baris) - 76)), 'hex'))
);

-- The witnesses: which line of which case came in which order. A line without one cannot be committed: whoever appends
-- writes both in one transaction. posisi is where a witness ends in the list that a folder has (archive/.changes), in
-- bytes, so that seals cover the same; sisa is what a power cut left before it there.
CREATE TABLE saksi (
    posisi bigint PRIMARY KEY,
    sisa bytea NOT NULL DEFAULT '',
    tahun integer NOT NULL,
    urut integer NOT NULL,
    seq integer NOT NULL,
    hash text NOT NULL,
    FOREIGN KEY (tahun, urut, seq, hash) REFERENCES jurnal (tahun, urut, seq, hash)
);
CREATE INDEX saksi_perkara ON saksi (tahun, urut, seq);

-- How often work on a duty failed by itself, was cut off in a row, and why it waits for a person.
CREATE TABLE percobaan (
    kunci text,
    tugas text,
    gagal integer NOT NULL,
    terputus integer NOT NULL,
    menunggu text NOT NULL DEFAULT '',
    PRIMARY KEY (kunci, tugas)
);

-- Moments that a clock which ran ahead has given, as persons have confirmed.
CREATE TABLE jam_salah (
    baris bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    saat text NOT NULL,
    benar text NOT NULL,
    oleh text NOT NULL
);
