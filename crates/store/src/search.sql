-- Version 2. The words by which a record is found, and an index of them that follows the rows.

ALTER TABLE record ADD COLUMN words TEXT NOT NULL DEFAULT '';

CREATE VIRTUAL TABLE found USING fts5 (
  words, content = 'record', content_rowid = 'seq', tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
);
-- What is taken out of the index is gone from it at once.
INSERT INTO found (found, rank) VALUES ('secure-delete', 1);

CREATE TRIGGER record_added AFTER INSERT ON record WHEN new.words <> '' BEGIN
  INSERT INTO found (rowid, words) VALUES (new.seq, new.words);
END;
CREATE TRIGGER record_removed AFTER DELETE ON record WHEN old.words <> '' BEGIN
  INSERT INTO found (found, rowid, words) VALUES ('delete', old.seq, old.words);
END;
CREATE TRIGGER record_changed AFTER UPDATE OF words ON record WHEN new.words <> old.words BEGIN
  INSERT INTO found (found, rowid, words) SELECT 'delete', old.seq, old.words WHERE old.words <> '';
  INSERT INTO found (rowid, words) SELECT new.seq, new.words WHERE new.words <> '';
END;
