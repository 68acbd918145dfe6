-- How tenants are governed, and what they have taken and used.

-- json and not jsonb: given back exactly as written.
ALTER TABLE tenants ADD COLUMN settings json NOT NULL DEFAULT '{}';

-- Whoever takes of a tenant's quota locks its row. These tables are kept in the database called main, also for tenants in
-- other databases, so that they refer to no tenant's row.
CREATE TABLE quota_accounts (
  tenant_id uuid   NOT NULL,
  changes   bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant_id)
);

-- slot: the beginning of a fixed window, or a second of a sliding one; last_at: when it was used last.
CREATE TABLE quota_slots (
  tenant_id   uuid        NOT NULL,
  quota_limit text        NOT NULL,
  slot        timestamptz NOT NULL,
  last_at     timestamptz NOT NULL,
  taken       bigint      NOT NULL CHECK (taken >= 0),
  PRIMARY KEY (tenant_id, quota_limit, slot)
);

CREATE TABLE usage_days (
  tenant_id uuid   NOT NULL,
  day       date   NOT NULL,
  requests  bigint NOT NULL,
  tokens    bigint NOT NULL,
  denied    bigint NOT NULL,
  PRIMARY KEY (tenant_id, day)
);

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['quota_accounts', 'quota_slots', 'usage_days'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format(
      'CREATE POLICY one_tenant ON %I USING (tenant_id = nullif(current_setting(''app.tenant_id'', true), '''')::uuid) '
      'WITH CHECK (tenant_id = nullif(current_setting(''app.tenant_id'', true), '''')::uuid)', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO tenet_application', name);
  END LOOP;
END $$;
