-- `hash` is domain::app_password's. `device_id` is the device that it is bound to, once it was used.
CREATE TABLE app_password (
    account_id BIGINT NOT NULL,
    password_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    hash BLOB NOT NULL,
    device_id TEXT,
    created BIGINT NOT NULL,
    used BIGINT,
    PRIMARY KEY (account_id, password_id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX app_password_hash ON app_password (account_id, hash);
INSERT INTO counter (name, value) VALUES ('app_password', 0);
