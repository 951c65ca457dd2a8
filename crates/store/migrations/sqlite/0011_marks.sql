-- The counter's value at the last change of each of a message's marks (domain::item::Marks). Of what
-- changed before this was kept, only the last change of the item is known.
ALTER TABLE item ADD COLUMN read_modseq BIGINT NOT NULL DEFAULT 0;
ALTER TABLE item ADD COLUMN flag_modseq BIGINT NOT NULL DEFAULT 0;
ALTER TABLE item ADD COLUMN categories_modseq BIGINT NOT NULL DEFAULT 0;
ALTER TABLE item ADD COLUMN last_verb_modseq BIGINT NOT NULL DEFAULT 0;
UPDATE item SET read_modseq = modseq, flag_modseq = modseq, categories_modseq = modseq,
    last_verb_modseq = modseq;
