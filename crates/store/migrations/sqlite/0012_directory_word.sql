-- Names by number, close together: a search for one letter reads a thousand of them.
CREATE INDEX directory_entry_name ON directory_entry (entry_id, name);

-- Words of the visible entries, for what begins one; `rowid` is the entry's number. Words are told apart by
-- blanks alone. The words themselves are not kept.
CREATE VIRTUAL TABLE directory_word USING fts5 (
    words,
    content = '',
    contentless_delete = 1,
    detail = none,
    prefix = '1 2 3',
    tokenize = 'ascii tokenchars ''!"#$%&()*+,-./:;<=>?@[\]^_`{|}~'''''''
);
-- 0: the words of entries that are older than this table are missing.
INSERT INTO counter (name, value) VALUES ('directory_word', 0);
