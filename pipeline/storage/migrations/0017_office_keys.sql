-- Marks of the office's keys, each made with the key itself (HMAC-SHA256), by which every machine of the office sees that
-- its own is the office's; the keys lie in no database. They are those of the folder from which the office is run. What
-- told one of them for the survey alone goes: the folder says it anew.
CREATE TABLE office_key (name text COLLATE "C" PRIMARY KEY, mark text NOT NULL CHECK (mark ~ '^[0-9a-f]{64}$'));
DROP TABLE survey_key;

-- Which agents of remote offices came, each by its token's name and its machine: with which program and form, when last.
CREATE TABLE agent_sign (
    token text, machine text, program text NOT NULL, form integer NOT NULL, at timestamptz NOT NULL,
    PRIMARY KEY (token, machine)
);
