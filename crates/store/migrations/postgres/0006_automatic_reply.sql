-- `data` is domain::automatic_reply::AutomaticReply as JSON. An account that never set any has no row.
CREATE TABLE automatic_reply (
    account_id BIGINT NOT NULL PRIMARY KEY,
    data TEXT NOT NULL
);

-- Who got an automatic reply in which period. `folded` is the sender's address.
CREATE TABLE automatic_reply_sent (
    mailbox_id BIGINT NOT NULL,
    period BIGINT NOT NULL,
    folded TEXT NOT NULL,
    sent BIGINT NOT NULL,
    PRIMARY KEY (mailbox_id, period, folded)
);
CREATE INDEX automatic_reply_sent_time ON automatic_reply_sent (mailbox_id, sent);

-- What phones left here to get in again.
CREATE TABLE recovery_password (
    account_id BIGINT NOT NULL,
    device_id TEXT NOT NULL,
    password TEXT NOT NULL,
    PRIMARY KEY (account_id, device_id)
);
