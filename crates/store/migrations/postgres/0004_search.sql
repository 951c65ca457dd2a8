-- The index. `document` is made of the mailbox, the second in which the item was received, and a number
-- within it, so that a mailbox is a range of documents in the order of their time. Of `words`, A is the
-- subject, B people, C names of attachments, D the text. Whatever deletes an item, its document goes with it.
CREATE TABLE search_document (
    document BIGINT NOT NULL PRIMARY KEY,
    mailbox_id BIGINT NOT NULL,
    item_id BIGINT NOT NULL,
    attached BIGINT NOT NULL,
    words TSVECTOR NOT NULL,
    sender TSVECTOR NOT NULL,
    addressee TSVECTOR NOT NULL,
    copied TSVECTOR NOT NULL,
    FOREIGN KEY (mailbox_id, item_id) REFERENCES item (mailbox_id, item_id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX search_document_item ON search_document (mailbox_id, item_id);
-- A short list of pending words: every search reads all of it, and the planner goes round an index with a long one.
CREATE INDEX search_document_words ON search_document USING GIN (words) WITH (gin_pending_list_limit = 256);
CREATE INDEX search_document_people ON search_document USING GIN (sender, addressee, copied)
    WITH (gin_pending_list_limit = 256);

-- Items from before there was an index: those from `next_item` up to, but without, `end_item`.
CREATE TABLE search_backlog (
    mailbox_id BIGINT NOT NULL PRIMARY KEY,
    next_item BIGINT NOT NULL,
    end_item BIGINT NOT NULL
);
INSERT INTO search_backlog (mailbox_id, next_item, end_item)
    SELECT mailbox_id, 0, MAX(item_id) + 1 FROM item GROUP BY mailbox_id;
