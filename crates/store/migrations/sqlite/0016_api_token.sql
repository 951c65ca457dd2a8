-- Who may use the REST API. `hash` is the SHA-256 of the token, which is kept nowhere; `role` a name of
-- domain::role; `expires` may be absent.
CREATE TABLE api_token (
    name TEXT NOT NULL PRIMARY KEY,
    hash BLOB NOT NULL,
    role TEXT NOT NULL,
    made_by TEXT NOT NULL,
    created BIGINT NOT NULL,
    expires BIGINT,
    used BIGINT
) WITHOUT ROWID;
CREATE UNIQUE INDEX api_token_hash ON api_token (hash);
