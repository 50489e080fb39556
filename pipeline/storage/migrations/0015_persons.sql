-- What people say of the office, and what they asked of the data about themselves: books of lines (catatan), as a folder
-- has them in archive/.ikm and archive/.data-pribadi.
INSERT INTO kunci (nama) VALUES ('ikm'), ('permintaan'), ('kebocoran'), ('dihapus');

-- Keyed hashes of the status codes with which somebody answered the survey. No answer lies here before five are counted
-- together, so that no log and no backup of the database has the one beside the other. survey_key tells by a hash which
-- key makes them, the one of the folder from which the office is run: a desk with another would take a code twice.
CREATE TABLE survey_mark (mark text COLLATE "C" PRIMARY KEY CHECK (mark ~ '^[0-9a-f]{32}$'));
CREATE TABLE survey_key (hash text NOT NULL);
