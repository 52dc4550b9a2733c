-- One tree of documents: what Graph contains in something is a row below it, and goes with it.
CREATE TABLE entities (
    key TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    parent TEXT REFERENCES entities (key) ON DELETE CASCADE,
    position BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    document TEXT NOT NULL
);
CREATE INDEX entities_of_parent ON entities (parent, kind, position);
-- Groups that are gone, of which a reader of changes has to be told.
CREATE TABLE removed (
    key TEXT PRIMARY KEY,
    changed BIGINT NOT NULL
);
-- The number of the latest change, and how often tokens of changes have been made void.
CREATE TABLE clock (
    tick BIGINT NOT NULL,
    epoch BIGINT NOT NULL
);
INSERT INTO clock (tick, epoch) VALUES (0, 0);
CREATE TABLE emulator (version BIGINT NOT NULL);
INSERT INTO emulator (version) VALUES (1)
