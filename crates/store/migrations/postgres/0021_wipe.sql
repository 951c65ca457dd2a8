-- The devices that were ever to be wiped are few: those whose wipe waits for approval are looked for among them.
CREATE INDEX device_wipe ON device (account_id, device_id) WHERE wipe IS NOT NULL;
