-- Several databases, a tenant in one of them.

-- Frozen: the tenant is being moved, or this is a copy of it that a move left behind. It does not change.
ALTER TABLE tenants ADD COLUMN frozen boolean NOT NULL DEFAULT false;

-- In which database a tenant is, kept in the one called main. A tenant without a row is in main. The row of a deleted
-- tenant stays, so that the same id, should it come back, is looked for in the same place.
CREATE TABLE placements (
  tenant_id uuid        NOT NULL,
  database  text        NOT NULL,
  placed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id)
);
ALTER TABLE placements ENABLE ROW LEVEL SECURITY;
ALTER TABLE placements FORCE ROW LEVEL SECURITY;
CREATE POLICY one_tenant ON placements
  USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON placements TO tenet_application;
CREATE POLICY all_placements ON placements FOR SELECT TO tenet_administration USING (true);
GRANT SELECT ON placements TO tenet_administration;

-- What this database is called and whose it is, written once, so that mistaken addresses are noticed.
CREATE TABLE database_identity (
  singleton    boolean NOT NULL DEFAULT true CHECK (singleton),
  name         text    NOT NULL,
  installation uuid    NOT NULL DEFAULT gen_random_uuid(),
  PRIMARY KEY (singleton)
);
GRANT SELECT, INSERT ON database_identity TO tenet_administration;
