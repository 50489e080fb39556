-- The office's people: accounts, sessions, links, tokens, what waits, what was tried. Tables and columns are called as in
-- the file that an office on one PC has of them (pipeline/access/store/people_file.py), so that the same statements do
-- for both; texts are ordered as there, by their bytes. Nothing of another office can be seen, as of all that is here.
CREATE TABLE account (
    login text COLLATE "C" PRIMARY KEY, name text NOT NULL, nip text NOT NULL, password text NOT NULL DEFAULT '',
    locked integer NOT NULL DEFAULT 0, made double precision NOT NULL, address text NOT NULL DEFAULT '');
CREATE TABLE held_role (
    login text COLLATE "C" REFERENCES account, role text COLLATE "C", since text COLLATE "C", until text NOT NULL,
    PRIMARY KEY (login, role, since));
CREATE TABLE session (
    digest bytea PRIMARY KEY, login text COLLATE "C" NOT NULL REFERENCES account, csrf text NOT NULL,
    address text NOT NULL, started double precision NOT NULL, seen double precision NOT NULL,
    told text NOT NULL DEFAULT '[]');
CREATE INDEX session_of ON session (login);
CREATE TABLE ended_session (
    digest bytea PRIMARY KEY, login text COLLATE "C" NOT NULL, csrf text NOT NULL, address text NOT NULL,
    started double precision NOT NULL, seen double precision NOT NULL);
CREATE INDEX ended_by_form ON ended_session (csrf);
CREATE TABLE link (
    digest bytea PRIMARY KEY, login text COLLATE "C" NOT NULL, ends double precision NOT NULL,
    made_by text NOT NULL DEFAULT '');
CREATE TABLE tries (
    whose bytea PRIMARY KEY, count integer NOT NULL, last double precision NOT NULL, free double precision NOT NULL);
CREATE TABLE known (whose bytea PRIMARY KEY, last double precision NOT NULL);
CREATE TABLE token (
    id integer PRIMARY KEY, digest bytea NOT NULL UNIQUE, label text NOT NULL, role text NOT NULL,
    ends double precision NOT NULL, made_by text NOT NULL, owner text NOT NULL DEFAULT '');
CREATE TABLE ever_held (
    role text COLLATE "C", login text COLLATE "C", since double precision NOT NULL, PRIMARY KEY (role, login));
CREATE TABLE taken_post (login text COLLATE "C", role text COLLATE "C", PRIMARY KEY (login, role));
CREATE TABLE nip_before (login text COLLATE "C", nip text COLLATE "C", PRIMARY KEY (login, nip));
CREATE TABLE former_address (
    id integer PRIMARY KEY, login text COLLATE "C" NOT NULL, address text NOT NULL, at double precision NOT NULL);
CREATE TABLE request (
    id integer PRIMARY KEY, login text COLLATE "C" NOT NULL, kind text NOT NULL, roles text NOT NULL,
    asked_by text NOT NULL, at double precision NOT NULL, state text NOT NULL, settled_by text NOT NULL DEFAULT '',
    token integer NOT NULL DEFAULT 0, detail text NOT NULL DEFAULT '');
CREATE TABLE notice (
    id integer PRIMARY KEY, login text COLLATE "C" NOT NULL, at double precision NOT NULL, words text NOT NULL,
    read integer NOT NULL DEFAULT 0);
CREATE INDEX notice_unread ON notice (login, id) WHERE read = 0;

-- The highest id that each of these ever gave: what a journal says that token-3 did, no later token-3 did.
CREATE TABLE last_id (name text PRIMARY KEY, seq integer NOT NULL DEFAULT 0);
INSERT INTO last_id (name) VALUES ('token'), ('former_address'), ('request'), ('notice');

-- taken: accounts lie here, and no more in a folder. change: another one whenever an account is no longer what it was, so
-- that who has read them knows by one look whether they still are; never one that there was, also in a copy that was
-- brought back. history: of which history of the server sessions and links are (riwayat_sekarang).
CREATE TABLE people_state (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    taken boolean NOT NULL DEFAULT false,
    change uuid NOT NULL DEFAULT gen_random_uuid(),
    history text NOT NULL DEFAULT '');
INSERT INTO people_state DEFAULT VALUES;

-- Who changes anything of people holds this row: one at a time, as in a file.
INSERT INTO kunci (nama) VALUES ('orang');

SELECT set_config('search_path', current_schema() || ', pg_temp', true);

CREATE FUNCTION note_account_change() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    UPDATE people_state SET change = gen_random_uuid(), taken = taken OR (TG_TABLE_NAME = 'account' AND TG_OP = 'INSERT');
    RETURN NULL;
END $$;
CREATE TRIGGER note_account_change AFTER INSERT OR UPDATE OR DELETE ON account
    FOR EACH STATEMENT EXECUTE FUNCTION note_account_change();
CREATE TRIGGER note_account_change AFTER INSERT OR UPDATE OR DELETE ON held_role
    FOR EACH STATEMENT EXECUTE FUNCTION note_account_change();
CREATE TRIGGER note_account_change AFTER INSERT OR UPDATE OR DELETE ON taken_post
    FOR EACH STATEMENT EXECUTE FUNCTION note_account_change();
CREATE TRIGGER note_account_change AFTER INSERT OR UPDATE OR DELETE ON request
    FOR EACH STATEMENT EXECUTE FUNCTION note_account_change();

CREATE FUNCTION session_ended() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    INSERT INTO ended_session VALUES (OLD.digest, OLD.login, OLD.csrf, OLD.address, OLD.started, OLD.seen)
    ON CONFLICT (digest) DO UPDATE SET seen = excluded.seen;
    RETURN NULL;
END $$;
CREATE TRIGGER session_ended AFTER DELETE ON session FOR EACH ROW EXECUTE FUNCTION session_ended();

CREATE FUNCTION give_id() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NEW.id IS NULL THEN
        UPDATE last_id SET seq = seq + 1 WHERE name = TG_TABLE_NAME RETURNING seq INTO NEW.id;
    ELSE
        UPDATE last_id SET seq = greatest(seq, NEW.id) WHERE name = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER give_id BEFORE INSERT ON token FOR EACH ROW EXECUTE FUNCTION give_id();
CREATE TRIGGER give_id BEFORE INSERT ON former_address FOR EACH ROW EXECUTE FUNCTION give_id();
CREATE TRIGGER give_id BEFORE INSERT ON request FOR EACH ROW EXECUTE FUNCTION give_id();
CREATE TRIGGER give_id BEFORE INSERT ON notice FOR EACH ROW EXECUTE FUNCTION give_id();

-- That people are here is not forgotten, and no id is given again.
CREATE FUNCTION guard_people_state() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF OLD.taken AND NOT NEW.taken THEN
        RAISE insufficient_privilege USING MESSAGE = 'people are here for good';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_people_state BEFORE UPDATE ON people_state
    FOR EACH ROW WHEN (current_user LIKE 'kantor\_%') EXECUTE FUNCTION guard_people_state();

CREATE FUNCTION guard_last_id() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NEW.seq < OLD.seq THEN
        RAISE insufficient_privilege USING MESSAGE = 'the highest id is only raised';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_last_id BEFORE UPDATE ON last_id
    FOR EACH ROW WHEN (current_user LIKE 'kantor\_%') EXECUTE FUNCTION guard_last_id();

SELECT set_config('search_path', current_schema(), true);
