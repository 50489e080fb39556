-- What this office took over from its folder, where an earlier version of the program kept it: once it stands here, no file
-- of a folder counts any more. file: which file it was, so that one that was left by a process that ended in between is
-- known from others of that name. It is never taken back.
CREATE TABLE taken_over (what text PRIMARY KEY, file text NOT NULL DEFAULT '');

-- Hand-overs of roles are a book of lines (catatan), as the folder had them in .akun/alih-tugas.jsonl.
INSERT INTO kunci (nama) VALUES ('alih-tugas');
