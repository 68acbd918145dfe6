-- How tenants are governed, and what they have used.

-- json and not jsonb: given back exactly as written.
ALTER TABLE tenants ADD COLUMN settings json NOT NULL DEFAULT '{}';
