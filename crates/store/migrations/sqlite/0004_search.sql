-- The place of an item in the index. `document` is made of the mailbox, the second in which the item was
-- received, and a number within it, so that a mailbox is a range of documents in the order of their time.
CREATE TABLE search_document (
    document BIGINT NOT NULL PRIMARY KEY,
    mailbox_id BIGINT NOT NULL,
    item_id BIGINT NOT NULL
) WITHOUT ROWID;
CREATE UNIQUE INDEX search_document_item ON search_document (mailbox_id, item_id);

-- The words of a document, which is its rowid. They can be looked for, not read. `mark` holds m for every
-- document, and a for those with attachments.
CREATE VIRTUAL TABLE search_words USING fts5 (
    subject, sender, addressee, copied, attachment, body, mark,
    content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3'
);

-- Whatever deletes an item, the index forgets it in the same transaction.
CREATE TRIGGER search_forgets AFTER DELETE ON item BEGIN
    DELETE FROM search_words WHERE rowid IN
        (SELECT document FROM search_document WHERE mailbox_id = OLD.mailbox_id AND item_id = OLD.item_id);
    DELETE FROM search_document WHERE mailbox_id = OLD.mailbox_id AND item_id = OLD.item_id;
END;

-- Items from before there was an index: those from `next_item` up to, but without, `end_item`.
CREATE TABLE search_backlog (
    mailbox_id BIGINT NOT NULL PRIMARY KEY,
    next_item BIGINT NOT NULL,
    end_item BIGINT NOT NULL
) WITHOUT ROWID;
INSERT INTO search_backlog (mailbox_id, next_item, end_item)
    SELECT mailbox_id, 0, MAX(item_id) + 1 FROM item GROUP BY mailbox_id;
