-- `folded` is what names are compared by, `data` is domain::policy::NamedPolicy as JSON.
CREATE TABLE policy (
    folded TEXT NOT NULL PRIMARY KEY,
    data TEXT NOT NULL
) WITHOUT ROWID;

-- `kind` 0: an account, 1: a group of the address book, 2: everybody else, whose `holder` is 0. Of groups the
-- one with the lowest position counts. `policy` is a name, folded.
CREATE TABLE policy_assignment (
    kind BIGINT NOT NULL,
    holder BIGINT NOT NULL,
    position BIGINT NOT NULL,
    policy TEXT NOT NULL,
    PRIMARY KEY (kind, holder)
) WITHOUT ROWID;
CREATE INDEX policy_assignment_policy ON policy_assignment (policy);

-- Accounts that are served without any policy.
CREATE TABLE policy_exempt (
    account_id BIGINT NOT NULL PRIMARY KEY
) WITHOUT ROWID;

-- `data` is domain::switches::AccountSwitches as JSON, and domain::switches::Switches for account 0, the
-- organisation.
CREATE TABLE feature_switches (
    account_id BIGINT NOT NULL PRIMARY KEY,
    data TEXT NOT NULL
) WITHOUT ROWID;

-- Grows with each change of the above and of the members of groups, so that servers know when to read it again.
INSERT INTO counter (name, value) VALUES ('rules', 0);
