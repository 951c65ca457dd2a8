-- The zone in which an account's user lives, by its name in the IANA database; NULL: that of the server.
ALTER TABLE account ADD COLUMN time_zone TEXT;
