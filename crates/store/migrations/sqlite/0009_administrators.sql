-- Who may administer. `kind` 0: somebody with a name and a password of their own, 1: an account, 2: the
-- members of a group; `name` is then its address. `folded` is what names are compared by, `role` a name of
-- domain::role. `one_time`: the password must be changed at the next sign-in.
CREATE TABLE administrator (
    administrator_id BIGINT NOT NULL PRIMARY KEY,
    kind BIGINT NOT NULL,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    role TEXT NOT NULL,
    password_hash TEXT,
    one_time BIGINT NOT NULL,
    created BIGINT NOT NULL
) WITHOUT ROWID;
CREATE UNIQUE INDEX administrator_folded ON administrator (kind, folded);
INSERT INTO counter (name, value) VALUES ('administrator', 0);

-- `person`: `administrator:N` or `account:N`. `last_step` is the newest step of time whose code was used:
-- no code is taken twice.
CREATE TABLE second_factor (
    person TEXT NOT NULL PRIMARY KEY,
    secret BLOB NOT NULL,
    confirmed BIGINT NOT NULL,
    last_step BIGINT NOT NULL
) WITHOUT ROWID;

-- SHA-256 of each code that stands in for a lost second factor, once.
CREATE TABLE recovery_code (
    person TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (person, hash)
) WITHOUT ROWID;

-- Who is signed in to the web tool. `hash` is the SHA-256 of the session's id, which is kept nowhere.
-- `stage` says what is still asked for.
CREATE TABLE web_session (
    hash TEXT NOT NULL PRIMARY KEY,
    person TEXT NOT NULL,
    stage BIGINT NOT NULL,
    address TEXT NOT NULL,
    created BIGINT NOT NULL,
    used BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX web_session_person ON web_session (person);
CREATE INDEX web_session_used ON web_session (used);
