-- Books of lines that are only ever added to, byte for byte as in an office's folder: the account of the inbox
-- (kotak-masuk), the access log (akses), seals (segel), hand-overs (alih-tugas); bagian is a year or month of it.
CREATE TABLE catatan (
    baris bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    buku text NOT NULL,
    bagian text NOT NULL,
    isi bytea NOT NULL CHECK (substring(isi FROM length(isi)) = '\x0a')
);
CREATE INDEX catatan_buku ON catatan (buku, bagian, baris);
