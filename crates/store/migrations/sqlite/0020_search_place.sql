-- A search narrows down by folder and time: with what that takes beside the document, it reads one small table in
-- the order of time instead of an item for each document.
ALTER TABLE search_document ADD COLUMN folder_id BIGINT NOT NULL DEFAULT 0;
ALTER TABLE search_document ADD COLUMN received BIGINT NOT NULL DEFAULT 0;
ALTER TABLE search_document ADD COLUMN text_message BIGINT NOT NULL DEFAULT 0;
UPDATE search_document SET (folder_id, received, text_message) = (
    SELECT item.folder_id, item.received, item.text_message FROM item
    WHERE item.mailbox_id = search_document.mailbox_id AND item.item_id = search_document.item_id
);
CREATE TRIGGER search_follows AFTER UPDATE OF folder_id ON item BEGIN
    UPDATE search_document SET folder_id = NEW.folder_id
        WHERE mailbox_id = NEW.mailbox_id AND item_id = NEW.item_id;
END;
