-- What was changed and what was denied, by whom: for each tenant a chain of records, each with the hash of the one before
-- it. The platform has one, too, under the tenant_id 00000000-0000-0000-0000-000000000000.

-- No foreign key: the records of a deleted tenant stay. detail is json and not jsonb: given back exactly as written.
CREATE TABLE audit_log (
  tenant_id     uuid        NOT NULL,
  sequence      bigint      NOT NULL CHECK (sequence >= 1),
  at            timestamptz NOT NULL,
  actor         text        NOT NULL,
  action        text        NOT NULL,
  resource      text        NOT NULL,
  outcome       text        NOT NULL,
  request_id    text,
  detail        json        NOT NULL,
  previous_hash bytea       NOT NULL CHECK (octet_length(previous_hash) = 32),
  hash          bytea       NOT NULL CHECK (octet_length(hash) = 32),
  PRIMARY KEY (tenant_id, sequence)
);
CREATE INDEX audit_log_actor ON audit_log (tenant_id, actor, sequence);
CREATE INDEX audit_log_at ON audit_log (tenant_id, at);

-- Where each chain ends. Locked by whoever adds to the chain, last of all rows in the transaction; and what shows that
-- records were cut off.
CREATE TABLE audit_heads (
  tenant_id uuid   NOT NULL,
  sequence  bigint NOT NULL CHECK (sequence >= 0),
  hash      bytea  NOT NULL CHECK (octet_length(hash) = 32),
  PRIMARY KEY (tenant_id)
);

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['audit_log', 'audit_heads'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format(
      'CREATE POLICY one_tenant ON %I USING (tenant_id = nullif(current_setting(''app.tenant_id'', true), '''')::uuid) '
      'WITH CHECK (tenant_id = nullif(current_setting(''app.tenant_id'', true), '''')::uuid)', name);
  END LOOP;
END $$;

-- What is recorded can be added to and read, and nothing else.
GRANT SELECT, INSERT ON audit_log TO tenet_application;
GRANT SELECT, INSERT, UPDATE ON audit_heads TO tenet_application;

-- Administration sees which chains there are, so that each can be verified as its tenant, and nothing else of them.
CREATE POLICY all_records ON audit_log FOR SELECT TO tenet_administration USING (true);
GRANT SELECT (tenant_id) ON audit_log TO tenet_administration;
CREATE POLICY all_heads ON audit_heads FOR SELECT TO tenet_administration USING (true);
GRANT SELECT (tenant_id) ON audit_heads TO tenet_administration;
