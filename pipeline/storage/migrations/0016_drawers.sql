-- What people typed and have not sent, and letters they are at: sealed by the account's key, which the office's key
-- `ketikan` wraps; that lies in no database. A drawer is named by a hash of the login that is keyed with it too, so a desk
-- that has another key never meets what this one left. What nobody came back to goes by the server's clock.
CREATE TABLE drawer (
    name text COLLATE "C" PRIMARY KEY CHECK (name ~ '^[0-9a-f]{32}$'),
    wrapped bytea NOT NULL,
    used timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE typed (
    drawer text COLLATE "C" REFERENCES drawer ON DELETE CASCADE,
    name text COLLATE "C",
    data bytea NOT NULL,
    kept timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (drawer, name)
);
ALTER TABLE typed ALTER COLUMN data SET STORAGE EXTERNAL;
