-- What this office took over from its folder, where an earlier version of the program kept it: once it stands here, no file
-- of a folder counts any more. file: which file it was, so that one that was left by a process that ended in between is
-- known from others of that name. It is never taken back.
CREATE TABLE taken_over (what text PRIMARY KEY, file text NOT NULL DEFAULT '');

-- Hand-overs of roles are a book of lines (catatan), as the folder had them in .akun/alih-tugas.jsonl.
INSERT INTO kunci (nama) VALUES ('alih-tugas');

-- What mail is told of, as small files of a folder had it: what was told to whom (told, refused), what was fetched from the
-- office's mailbox (mails), how many receipts went out (receipts). Who changes any of it holds a row.
CREATE TABLE told (key text PRIMARY KEY, at double precision NOT NULL, done integer NOT NULL);
CREATE TABLE refused (login text PRIMARY KEY, address text NOT NULL, why text NOT NULL, at text NOT NULL);
CREATE TABLE mails (content text PRIMARY KEY, sha256 text NOT NULL, at text NOT NULL, settled integer NOT NULL);
CREATE TABLE receipts (message text PRIMARY KEY, whose text NOT NULL, at double precision NOT NULL);
INSERT INTO kunci (nama) VALUES ('surel');
