-- Beside what a device says of itself, which requests write: what was decided about it, which administrators
-- write. `wipe` is domain::wipe::Wipe, `automatic` domain::admission::Automatic, `access`
-- domain::admission::DeviceAccess, each as JSON.
ALTER TABLE device ADD COLUMN wipe TEXT;
ALTER TABLE device ADD COLUMN automatic TEXT;
ALTER TABLE device ADD COLUMN access TEXT;

-- What a device is found by: `text` is what users type, folded; `owner` the primary address of its account,
-- folded, and `state` a word for where it stands. One row for each device.
CREATE TABLE device_listing (
    account_id BIGINT NOT NULL,
    device_id TEXT NOT NULL,
    owner TEXT NOT NULL,
    state TEXT NOT NULL,
    last_seen BIGINT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (account_id, device_id)
);
CREATE UNIQUE INDEX device_listing_owner ON device_listing (owner, device_id);
CREATE INDEX device_listing_seen ON device_listing (last_seen, account_id, device_id);
CREATE INDEX device_listing_state ON device_listing (state, owner, device_id);

-- The accounts' own lists of devices. `data` is domain::admission::Personal as JSON. A device may be listed
-- before it ever came.
CREATE TABLE device_personal (
    account_id BIGINT NOT NULL,
    device_id TEXT NOT NULL,
    data TEXT NOT NULL,
    PRIMARY KEY (account_id, device_id)
);

-- Decisions for the whole organisation, by name, as JSON. `revision` grows with each change.
CREATE TABLE decision (
    name TEXT NOT NULL PRIMARY KEY,
    revision BIGINT NOT NULL,
    data TEXT NOT NULL
);

-- The transaction log, domain::audit. Texts that do not apply are empty.
CREATE TABLE audit (
    number BIGINT NOT NULL PRIMARY KEY,
    time BIGINT NOT NULL,
    actor TEXT NOT NULL,
    through TEXT NOT NULL,
    address TEXT NOT NULL,
    mailbox TEXT NOT NULL,
    device_id TEXT NOT NULL,
    device_type TEXT NOT NULL,
    action TEXT NOT NULL,
    detail TEXT NOT NULL,
    outcome TEXT NOT NULL,
    hash BYTEA NOT NULL
);
CREATE INDEX audit_time ON audit (time, number);
-- `number + 0`, not `number`: filtered pages are sorted by it, so that no database takes the primary key for the
-- order and reads the whole log for a filter that few entries pass.
CREATE INDEX audit_actor ON audit (actor, (number + 0));
CREATE INDEX audit_actor_action ON audit (actor, action, (number + 0));
CREATE INDEX audit_mailbox ON audit (mailbox, (number + 0));
CREATE INDEX audit_device ON audit (device_id, (number + 0));
CREATE INDEX audit_action ON audit (action, (number + 0));
CREATE INDEX audit_outcome ON audit (outcome, (number + 0));

-- One row: the newest entry, which the next one is chained to.
CREATE TABLE audit_head (
    one BIGINT NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL,
    time BIGINT NOT NULL,
    hash BYTEA NOT NULL
);
INSERT INTO audit_head (one, number, time, hash) VALUES (1, 0, 0, '\x0000000000000000000000000000000000000000000000000000000000000000');

-- Which groups an address belongs to.
CREATE INDEX IF NOT EXISTS directory_member_folded ON directory_member (folded);
