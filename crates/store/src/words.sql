-- Version 3. The words of a record wait before they are in the index: making that entry takes several times as long
-- as writing the row, and nobody searches while a thousand come in.

CREATE TABLE unindexed (seq INTEGER PRIMARY KEY);

DROP TRIGGER record_added;
DROP TRIGGER record_removed;
DROP TRIGGER record_changed;
CREATE TRIGGER record_added AFTER INSERT ON record WHEN new.words <> '' BEGIN
  INSERT INTO unindexed (seq) VALUES (new.seq);
END;
-- What is taken out goes at once, if it was in.
CREATE TRIGGER record_removed AFTER DELETE ON record WHEN old.words <> '' BEGIN
  INSERT INTO found (found, rowid, words)
    SELECT 'delete', old.seq, old.words WHERE NOT EXISTS (SELECT 1 FROM unindexed WHERE seq = old.seq);
  DELETE FROM unindexed WHERE seq = old.seq;
END;
CREATE TRIGGER record_changed AFTER UPDATE OF words ON record WHEN new.words <> old.words BEGIN
  INSERT INTO found (found, rowid, words)
    SELECT 'delete', old.seq, old.words
    WHERE old.words <> '' AND NOT EXISTS (SELECT 1 FROM unindexed WHERE seq = old.seq);
  DELETE FROM unindexed WHERE seq = old.seq;
  INSERT INTO unindexed (seq) SELECT new.seq WHERE new.words <> '';
END;
