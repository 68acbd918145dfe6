-- Every tenant's journal, and the tables that follow from it. tenant_id is part of every primary, unique and foreign key,
-- so that all tables distribute by it (Citus) as they are.

CREATE TABLE tenants (
  tenant_id  uuid        NOT NULL,
  name       text        NOT NULL,
  revision   bigint      NOT NULL CHECK (revision >= 1),
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id)
);
CREATE INDEX tenants_newest ON tenants (created_at DESC, tenant_id DESC);
CREATE INDEX tenants_name ON tenants (name, created_at DESC, tenant_id DESC);

-- changes is json and not jsonb: an entry is given back exactly as it was written, with its keys in order.
CREATE TABLE journal (
  tenant_id           uuid        NOT NULL REFERENCES tenants ON DELETE CASCADE,
  revision            bigint      NOT NULL CHECK (revision >= 1),
  at                  timestamptz NOT NULL DEFAULT now(),
  actor               text        NOT NULL,
  request_key         text,
  request_fingerprint text,
  changes_schema      boolean     NOT NULL,
  changes             json        NOT NULL,
  PRIMARY KEY (tenant_id, revision),
  CONSTRAINT journal_request_key UNIQUE (tenant_id, request_key),
  CHECK ((request_key IS NULL) = (request_fingerprint IS NULL))
);
CREATE INDEX journal_schema ON journal (tenant_id, revision) WHERE changes_schema;

-- definition_text keeps the order of objects and fields, which jsonb does not.
CREATE TABLE schemas (
  tenant_id       uuid        NOT NULL REFERENCES tenants ON DELETE CASCADE,
  schema_id       uuid        NOT NULL,
  version         integer     NOT NULL CHECK (version >= 1),
  active          boolean     NOT NULL,
  definition_text text        NOT NULL,
  definition      jsonb       NOT NULL GENERATED ALWAYS AS (definition_text::jsonb) STORED,
  created_at      timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, schema_id),
  CONSTRAINT schemas_version UNIQUE (tenant_id, version)
);
CREATE UNIQUE INDEX schemas_active ON schemas (tenant_id) WHERE active;
CREATE INDEX schemas_active_version ON schemas (tenant_id, active) WHERE active;
CREATE INDEX schemas_definition ON schemas USING gin (definition);

-- created_revision and created_position give the order of creation: the entry, and the place among its changes.
CREATE TABLE derived_fields (
  tenant_id        uuid        NOT NULL REFERENCES tenants ON DELETE CASCADE,
  derived_field_id uuid        NOT NULL,
  name             text        NOT NULL,
  expression       text        NOT NULL,
  description      text        NOT NULL,
  type             text        NOT NULL,
  dependencies     jsonb       NOT NULL,
  faults           jsonb       NOT NULL DEFAULT '[]',
  created_revision bigint      NOT NULL,
  created_position integer     NOT NULL,
  created_at       timestamptz NOT NULL DEFAULT now(),
  updated_at       timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, derived_field_id),
  CONSTRAINT derived_fields_name UNIQUE (tenant_id, name)
);
CREATE INDEX derived_fields_tenant ON derived_fields (tenant_id, created_revision, created_position);
CREATE INDEX derived_fields_dependencies ON derived_fields USING gin (dependencies);

-- active is enabled and without faults: what evaluations include.
CREATE TABLE rules (
  tenant_id        uuid        NOT NULL REFERENCES tenants ON DELETE CASCADE,
  rule_id          uuid        NOT NULL,
  name             text        NOT NULL,
  description      text        NOT NULL,
  expression       text        NOT NULL,
  outputs          json        NOT NULL,
  tags             jsonb       NOT NULL,
  enabled          boolean     NOT NULL DEFAULT true,
  faults           jsonb       NOT NULL DEFAULT '[]',
  active           boolean     NOT NULL GENERATED ALWAYS AS (enabled AND faults = '[]'::jsonb) STORED,
  created_revision bigint      NOT NULL,
  created_position integer     NOT NULL,
  created_at       timestamptz NOT NULL DEFAULT now(),
  updated_at       timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, rule_id),
  CONSTRAINT rules_name UNIQUE (tenant_id, name)
);
CREATE INDEX rules_tenant ON rules (tenant_id, created_revision, created_position);
CREATE INDEX rules_active ON rules (tenant_id, active) WHERE active;
CREATE INDEX rules_created_at ON rules (created_at);

CREATE TABLE schema_changelog (
  tenant_id        uuid        NOT NULL REFERENCES tenants ON DELETE CASCADE,
  id               uuid        NOT NULL DEFAULT gen_random_uuid(),
  revision         bigint      NOT NULL,
  schema_id        uuid        NOT NULL,
  changed_by       text        NOT NULL,
  change_type      text        NOT NULL CHECK (change_type IN ('created', 'updated', 'rolled_back')),
  rules_recompiled integer     NOT NULL,
  rules_failed     integer     NOT NULL,
  error_details    jsonb       NOT NULL DEFAULT '[]',
  created_at       timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, schema_id) REFERENCES schemas ON DELETE CASCADE
);
CREATE INDEX schema_changelog_newest ON schema_changelog (tenant_id, created_at DESC);
CREATE INDEX schema_changelog_schema ON schema_changelog (tenant_id, schema_id);

-- Each statement sees the rows of the tenant that its transaction names with SET LOCAL app.tenant_id, and none when it
-- names none; this binds the owner of the tables as well.
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['tenants', 'journal', 'schemas', 'derived_fields', 'rules', 'schema_changelog'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format(
      'CREATE POLICY one_tenant ON %I USING (tenant_id = nullif(current_setting(''app.tenant_id'', true), '''')::uuid) '
      'WITH CHECK (tenant_id = nullif(current_setting(''app.tenant_id'', true), '''')::uuid)', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO tenet_application', name);
  END LOOP;
END $$;

-- Administration lists the tenants and their revisions; of what they hold it sees nothing.
CREATE POLICY all_tenants ON tenants FOR SELECT TO tenet_administration USING (true);
GRANT SELECT ON tenants TO tenet_administration;
