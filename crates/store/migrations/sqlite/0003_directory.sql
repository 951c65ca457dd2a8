-- The address book. `kind` 0: account, 1: group, 2: shared contact. `name` is what lists are sorted by,
-- `data` its profile and addresses as JSON, `origin` what an imported contact is known by.
CREATE TABLE directory_entry (
    entry_id BIGINT NOT NULL PRIMARY KEY,
    kind BIGINT NOT NULL,
    account_id BIGINT,
    origin TEXT,
    name TEXT NOT NULL,
    hidden BIGINT NOT NULL,
    photo_size BIGINT,
    data TEXT NOT NULL
) WITHOUT ROWID;
CREATE UNIQUE INDEX directory_entry_account ON directory_entry (account_id) WHERE account_id IS NOT NULL;
CREATE UNIQUE INDEX directory_entry_origin ON directory_entry (origin) WHERE origin IS NOT NULL;
CREATE INDEX directory_entry_kind ON directory_entry (kind, name, entry_id);
INSERT INTO counter (name, value) VALUES ('directory', 0);

-- `folded` is what addresses are compared by.
CREATE TABLE directory_address (
    folded TEXT NOT NULL,
    kind BIGINT NOT NULL,
    entry_id BIGINT NOT NULL,
    PRIMARY KEY (folded, kind, entry_id)
) WITHOUT ROWID;
CREATE INDEX directory_address_entry ON directory_address (entry_id);

-- Text of the visible entries, made by domain::directory::query; `rowid` is the entry's number. The
-- text itself is not kept.
CREATE VIRTUAL TABLE directory_text USING fts5 (
    text,
    content = '',
    contentless_delete = 1,
    tokenize = 'trigram case_sensitive 1'
);

CREATE TABLE directory_member (
    group_id BIGINT NOT NULL,
    folded TEXT NOT NULL,
    address TEXT NOT NULL,
    PRIMARY KEY (group_id, folded)
) WITHOUT ROWID;

CREATE TABLE directory_photo (
    entry_id BIGINT NOT NULL PRIMARY KEY,
    data BLOB NOT NULL
);

-- Certificates by SHA-256 of their DER form.
CREATE TABLE directory_certificate (
    entry_id BIGINT NOT NULL,
    hash BLOB NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (entry_id, hash)
);
