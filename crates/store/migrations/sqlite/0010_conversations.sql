-- Conversations whose messages, those still to come too, go to a folder. `modseq` tells the older rule from
-- the newer.
CREATE TABLE conversation_rule (
    mailbox_id BIGINT NOT NULL,
    conversation_id BLOB NOT NULL,
    folder_id BIGINT NOT NULL,
    modseq BIGINT NOT NULL,
    PRIMARY KEY (mailbox_id, conversation_id)
) WITHOUT ROWID;
CREATE INDEX conversation_rule_folder ON conversation_rule (mailbox_id, folder_id);
