-- The version of the protocol that a device's last request spoke, to be counted by; NULL until the device is
-- listed anew.
ALTER TABLE device_listing ADD COLUMN version TEXT;
CREATE INDEX device_listing_version ON device_listing (version, state);
