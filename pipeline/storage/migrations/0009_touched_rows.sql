-- The day (ISO) on which something was last done about a case; 9999-12-31: something is due. Pages ask for few of all rows.
ALTER TABLE buku ADD COLUMN tersentuh text COLLATE "C" NOT NULL DEFAULT '9999-12-31';
CREATE INDEX buku_tersentuh ON buku (tersentuh);

-- All rows are made anew, so that each says it; meanwhile those that do not yet are taken for such as something is due about.
UPDATE pandangan SET program = '' WHERE nama = 'buku';
