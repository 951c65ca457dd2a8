-- The UID of an iCalendar object or vCard. Several items may have the same.
ALTER TABLE item ADD COLUMN uid TEXT;
CREATE INDEX item_uid ON item (mailbox_id, uid) WHERE uid IS NOT NULL;

-- Items that can't be shown to phones, and why: to be mended by whoever runs the server.
CREATE TABLE poison (
    mailbox_id BIGINT NOT NULL,
    item_id BIGINT NOT NULL,
    class TEXT NOT NULL,
    reason TEXT NOT NULL,
    since BIGINT NOT NULL,
    PRIMARY KEY (mailbox_id, item_id)
);
