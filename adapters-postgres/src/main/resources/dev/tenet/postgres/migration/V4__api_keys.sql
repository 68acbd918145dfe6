-- API keys, in the database called main: who presents a key is known only once it is found, and so is the tenant.

-- Of a key only its SHA-256 is kept. owner_id is the tenant that the key acts in, or the nil UUID for the platform. It is not
-- called tenant_id and not under row-level security: keys are found by their prefix, which is unique over all tenants (a reference
-- table in Citus), by the administration, before there is a tenant to set. The application has no right to this table.
CREATE TABLE api_keys (
  key_id       uuid        NOT NULL,
  prefix       text        NOT NULL,
  hash         bytea       NOT NULL CHECK (length(hash) = 32),
  owner_id     uuid        NOT NULL,
  name         text        NOT NULL,
  roles        text[]      NOT NULL CHECK (cardinality(roles) > 0),
  created_at   timestamptz NOT NULL,
  created_by   text        NOT NULL,
  expires_at   timestamptz,
  revoked_at   timestamptz,
  last_used_at timestamptz,
  PRIMARY KEY (key_id),
  CONSTRAINT api_keys_prefix UNIQUE (prefix)
);
CREATE INDEX api_keys_newest ON api_keys (owner_id, created_at DESC, key_id DESC);

-- What a key is for cannot be changed, and none disappears.
GRANT SELECT, INSERT, UPDATE (revoked_at, last_used_at) ON api_keys TO tenet_administration;
