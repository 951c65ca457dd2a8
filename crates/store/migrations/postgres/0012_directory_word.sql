-- Names by number, close together: a search for one letter reads a thousand of them.
CREATE INDEX directory_entry_name ON directory_entry (entry_id) INCLUDE (name);

-- Words of the visible entries, for what begins one; `rowid` is the entry's number. Words are told apart by
-- single blanks.
CREATE TABLE directory_word (
    rowid BIGINT NOT NULL PRIMARY KEY,
    words TEXT NOT NULL
);
CREATE INDEX directory_word_beginning ON directory_word
    USING gin (array_to_tsvector(string_to_array(words, ' '))) WITH (fastupdate = off);
-- 0: the words of entries that are older than this table are missing.
INSERT INTO counter (name, value) VALUES ('directory_word', 0);
