-- The search index: a view that follows the witnesses and can be made anew from the journals. Its words are our own (folded,
-- with our stems), each with the places where it stands: answers are ranked by BM25 as those of an office's own index,
-- which needs how often a word stands in each column, and how many cases have it. (A tsvector does not say the first, has
-- 256 places a word and 16,383 places in all.)

SELECT pg_advisory_xact_lock(hashtext('yankomas pg_trgm'));
CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public;

-- A row for each case. perkara: year * 10^9 + serial; batas: the second (Unix) at which it becomes late; panjang: how many
-- words it has in all; saring: by what it is narrowed, and who may read it; faset: a text for each facet; isi: packed.
CREATE TABLE cari_perkara (
    perkara bigint PRIMARY KEY,
    head text NOT NULL,
    diterima text NOT NULL,
    batas bigint,
    rahasia boolean NOT NULL,
    panjang integer NOT NULL,
    saring text[] NOT NULL,
    faset text[] NOT NULL,
    isi bytea NOT NULL
);
CREATE INDEX cari_perkara_batas ON cari_perkara (batas) WHERE batas IS NOT NULL;
CREATE INDEX cari_perkara_terbuka ON cari_perkara (perkara) INCLUDE (panjang) WHERE NOT rahasia;
CREATE INDEX cari_perkara_rahasia ON cari_perkara (perkara) WHERE rahasia;

-- Every word that ever stood in the index; akar: its stem, bentuk: its shape, tepi: with its ends, to be found by pieces.
CREATE TABLE cari_kata (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kata text COLLATE "C" NOT NULL UNIQUE,
    akar text COLLATE "C",
    bentuk text COLLATE "C",
    tepi text
);
CREATE INDEX cari_kata_akar ON cari_kata (akar, id);
CREATE INDEX cari_kata_bentuk ON cari_kata (bentuk, id);
CREATE INDEX cari_kata_tepi ON cari_kata USING gin (tepi public.gin_trgm_ops);

-- Where a word stands in a case: letak is column * 2^26 + place; bobot: how often, by the weight of each column (in
-- tenths); umum: in the columns that name nobody.
CREATE TABLE cari_letak (
    kata integer,
    perkara bigint,
    bobot integer NOT NULL,
    umum integer NOT NULL,
    letak integer[] NOT NULL,
    PRIMARY KEY (kata, perkara) INCLUDE (bobot, umum)
);
CREATE INDEX cari_letak_perkara ON cari_letak (perkara);

-- How many cases have each value of a facet; kata: the value as a word to narrow by.
CREATE TABLE cari_faset (
    kata text COLLATE "C" PRIMARY KEY,
    nama integer NOT NULL,
    nilai text NOT NULL,
    banyak integer NOT NULL
);
