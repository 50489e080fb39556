-- Views of an office's cases: they follow the witnesses and can be made anew from the journals.

-- How far each view has followed, and by what it was made.
CREATE TABLE pandangan (
    nama text PRIMARY KEY,
    posisi bigint NOT NULL,
    program text NOT NULL,
    kalender text NOT NULL
);

-- The register book, a row for each case; versi grows with every row that is written.
CREATE SEQUENCE buku_versi;
CREATE TABLE buku (
    tahun integer,
    urut integer,
    versi bigint NOT NULL DEFAULT nextval('buku_versi'),
    selesai boolean NOT NULL,
    baris jsonb NOT NULL,
    PRIMARY KEY (tahun, urut)
);
CREATE INDEX buku_menurut_versi ON buku (versi);

-- What the rows say, to be asked fast: page codes, numbers of letters, beginnings of the hashes of letters' files.
CREATE TABLE kode_halaman (kode text, tahun integer, urut integer, PRIMARY KEY (kode, tahun, urut));
CREATE INDEX kode_halaman_perkara ON kode_halaman (tahun, urut);
CREATE TABLE nomor_naskah (teks text, tahun integer, urut integer, PRIMARY KEY (teks, tahun, urut));
CREATE INDEX nomor_naskah_perkara ON nomor_naskah (tahun, urut);
CREATE TABLE berkas_terbit (awal text, tahun integer, urut integer, PRIMARY KEY (awal, tahun, urut));
CREATE INDEX berkas_terbit_perkara ON berkas_terbit (tahun, urut);

-- The signatures of complaints' words, and the bands by which like ones are found.
CREATE TABLE tanda_kata (tahun integer, urut integer, tanda text NOT NULL, PRIMARY KEY (tahun, urut));
CREATE TABLE pita (pita bigint, tahun integer, urut integer, PRIMARY KEY (pita, tahun, urut));
CREATE INDEX pita_perkara ON pita (tahun, urut);

-- Keyed hashes of status codes.
CREATE TABLE kode_status (tahun integer, urut integer, sidik bytea NOT NULL, PRIMARY KEY (tahun, urut));
CREATE INDEX kode_status_sidik ON kode_status (sidik);
