-- Numbers that are given out across the whole store.
CREATE TABLE counter (
    name TEXT NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
);
INSERT INTO counter (name, value) VALUES ('account', 0);

CREATE TABLE account (
    account_id BIGINT NOT NULL PRIMARY KEY,
    display_name TEXT NOT NULL,
    password_hash TEXT,
    disabled BIGINT NOT NULL,
    created BIGINT NOT NULL
);

-- Position 0 is the primary address. `folded` is what addresses are compared by.
CREATE TABLE account_address (
    account_id BIGINT NOT NULL,
    position BIGINT NOT NULL,
    address TEXT NOT NULL,
    folded TEXT NOT NULL,
    PRIMARY KEY (account_id, position)
);
CREATE UNIQUE INDEX account_address_folded ON account_address (folded);

-- `data` is domain::device::Device as JSON.
CREATE TABLE device (
    account_id BIGINT NOT NULL,
    device_id TEXT NOT NULL,
    last_seen BIGINT NOT NULL,
    data TEXT NOT NULL,
    PRIMARY KEY (account_id, device_id)
);

-- `data` is what domain::sync makes of a snapshot.
CREATE TABLE sync_state (
    account_id BIGINT NOT NULL,
    device_id TEXT NOT NULL,
    collection TEXT NOT NULL,
    data BYTEA NOT NULL,
    PRIMARY KEY (account_id, device_id, collection)
);

-- `modseq` is the last value given out, the others are the next to be given out.
CREATE TABLE mailbox (
    mailbox_id BIGINT NOT NULL PRIMARY KEY,
    modseq BIGINT NOT NULL,
    next_folder BIGINT NOT NULL,
    next_item BIGINT NOT NULL,
    next_entry BIGINT NOT NULL
);

-- `parent_id` is 0 at the root. `folded` is what names are compared by.
CREATE TABLE folder (
    mailbox_id BIGINT NOT NULL,
    folder_id BIGINT NOT NULL,
    parent_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    kind BIGINT NOT NULL,
    modseq BIGINT NOT NULL,
    PRIMARY KEY (mailbox_id, folder_id)
);
CREATE UNIQUE INDEX folder_name ON folder (mailbox_id, parent_id, folded);

CREATE TABLE item (
    mailbox_id BIGINT NOT NULL,
    item_id BIGINT NOT NULL,
    folder_id BIGINT NOT NULL,
    modseq BIGINT NOT NULL,
    content_modseq BIGINT NOT NULL,
    received BIGINT NOT NULL,
    size BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    read BIGINT NOT NULL,
    draft BIGINT NOT NULL,
    received_as_bcc BIGINT NOT NULL,
    flag TEXT,
    categories TEXT,
    last_verb BIGINT,
    last_verb_time BIGINT,
    conversation_id BYTEA NOT NULL,
    conversation_index BYTEA NOT NULL,
    origin TEXT,
    PRIMARY KEY (mailbox_id, item_id)
);
CREATE UNIQUE INDEX item_modseq ON item (mailbox_id, folder_id, modseq);
CREATE UNIQUE INDEX item_received ON item (mailbox_id, folder_id, received, item_id);
CREATE UNIQUE INDEX item_origin ON item (mailbox_id, origin) WHERE origin IS NOT NULL;
CREATE INDEX item_conversation ON item (mailbox_id, conversation_id);

-- An item that is not in the folder any more.
CREATE TABLE tombstone (
    mailbox_id BIGINT NOT NULL,
    folder_id BIGINT NOT NULL,
    item_id BIGINT NOT NULL,
    modseq BIGINT NOT NULL,
    PRIMARY KEY (mailbox_id, folder_id, item_id)
);
CREATE UNIQUE INDEX tombstone_modseq ON tombstone (mailbox_id, folder_id, modseq);

-- Bytes by SHA-256. `encoding` 0: as they are; 1: zstd. `size` is that of the bytes, not of `data`.
CREATE TABLE blob (
    mailbox_id BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    encoding BIGINT NOT NULL,
    size BIGINT NOT NULL,
    refs BIGINT NOT NULL,
    data BYTEA NOT NULL,
    PRIMARY KEY (mailbox_id, hash)
);
-- It is compressed already.
ALTER TABLE blob ALTER COLUMN data SET STORAGE EXTERNAL;
CREATE INDEX blob_unused ON blob (mailbox_id) WHERE refs = 0;

-- Submissions that were taken, by what the client calls them.
CREATE TABLE submission (
    mailbox_id BIGINT NOT NULL,
    client_key TEXT NOT NULL,
    created BIGINT NOT NULL,
    PRIMARY KEY (mailbox_id, client_key)
);
CREATE INDEX submission_created ON submission (mailbox_id, created);

-- One row for each recipient elsewhere. The bytes lie in `blob` of the sender's mailbox.
CREATE TABLE outgoing (
    mailbox_id BIGINT NOT NULL,
    entry_id BIGINT NOT NULL,
    sender TEXT NOT NULL,
    recipient TEXT NOT NULL,
    hash BYTEA NOT NULL,
    created BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    due BIGINT NOT NULL,
    error TEXT,
    PRIMARY KEY (mailbox_id, entry_id)
);
CREATE INDEX outgoing_due ON outgoing (due);
