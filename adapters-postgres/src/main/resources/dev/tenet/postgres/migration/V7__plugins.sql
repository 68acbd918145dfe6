-- Published plugins and scripts, in the database called main.

-- owner_id is the tenant whose script it is, or the nil UUID for plugins of the platform. It is not called tenant_id and not
-- under row-level security, as with api_keys: plugins are found by the administration, for whichever tenant uses them. The
-- application has no right to this table. manifest is json and not jsonb: given back exactly as it was published.
CREATE TABLE plugin_releases (
  owner_id     uuid        NOT NULL,
  name         text        NOT NULL,
  version      text        NOT NULL,
  manifest     json        NOT NULL,
  artefact     bytea       NOT NULL CHECK (length(artefact) = 32),
  size         integer     NOT NULL,
  published_at timestamptz NOT NULL,
  published_by text        NOT NULL,
  approved_by  text,
  PRIMARY KEY (owner_id, name, version)
);
CREATE INDEX plugin_releases_newest ON plugin_releases (owner_id, name, published_at DESC);
CREATE INDEX plugin_releases_artefact ON plugin_releases (artefact);

-- Code under the hash of its content, the same for all who publish it. Nothing refers to it by a foreign key: it is kept before its
-- release is.
CREATE TABLE artefacts (
  artefact bytea       NOT NULL CHECK (length(artefact) = 32),
  code     bytea       NOT NULL,
  kept_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (artefact)
);
ALTER TABLE artefacts ALTER COLUMN code SET STORAGE EXTERNAL;

-- What was published never changes.
GRANT SELECT, INSERT, DELETE ON plugin_releases TO tenet_administration;
GRANT SELECT, INSERT, DELETE, UPDATE (kept_at) ON artefacts TO tenet_administration;
