-- What programs that serve no phones did, for the one that does: lists of store/src/bell, as JSON. Numbers
-- are given without a gap and never again; old rows are removed.
CREATE TABLE bell (
    number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    text TEXT NOT NULL
);
