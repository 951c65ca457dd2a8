-- Text messages of phones (class SMS) lie among the mail, for the phones that ask for them. They are few, so
-- that an index of them alone is small, and tells how many there are of either kind.
ALTER TABLE item ADD COLUMN text_message BIGINT NOT NULL DEFAULT 0;
CREATE INDEX item_text_message ON item (mailbox_id, folder_id, received, item_id) WHERE text_message = 1;
