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
);
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
);
CREATE INDEX directory_address_entry ON directory_address (entry_id);

-- Text of the visible entries, made by domain::directory::query; `rowid` is the entry's number.
CREATE TABLE directory_text (
    rowid BIGINT NOT NULL PRIMARY KEY,
    text TEXT NOT NULL
);

-- pg_trgm comes with PostgreSQL and may be installed by the owner of a database. Where it is missing,
-- searches read the whole table: slower, with the same result.
DO $$
DECLARE
    place TEXT;
BEGIN
    BEGIN
        CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;
    EXCEPTION WHEN OTHERS THEN
        RAISE NOTICE 'pg_trgm is not available';
    END;
    SELECT nspname INTO place FROM pg_extension
        JOIN pg_namespace ON pg_namespace.oid = extnamespace WHERE extname = 'pg_trgm';
    IF place IS NOT NULL THEN
        EXECUTE format('CREATE INDEX directory_text_trigram ON directory_text
            USING gin (text %I.gin_trgm_ops) WITH (fastupdate = off)', place);
    END IF;
END $$;

CREATE TABLE directory_member (
    group_id BIGINT NOT NULL,
    folded TEXT NOT NULL,
    address TEXT NOT NULL,
    PRIMARY KEY (group_id, folded)
);

CREATE TABLE directory_photo (
    entry_id BIGINT NOT NULL PRIMARY KEY,
    data BYTEA NOT NULL
);

-- Certificates by SHA-256 of their DER form.
CREATE TABLE directory_certificate (
    entry_id BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    data BYTEA NOT NULL,
    PRIMARY KEY (entry_id, hash)
);
