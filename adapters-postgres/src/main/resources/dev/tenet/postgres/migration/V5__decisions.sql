-- The decision log: what was decided of what, kept by the day.

-- A row is a decision, or says that some are missing: then missing is their number, until is when the last of them was
-- made, and the rest is empty. facts, detail and results are json and not jsonb: given back exactly as written.
CREATE TABLE decisions (
  tenant_id      uuid        NOT NULL,
  at             timestamptz NOT NULL,
  id             uuid        NOT NULL,
  missing        bigint      NOT NULL DEFAULT 0 CHECK (missing >= 0),
  until          timestamptz,
  revision       bigint,
  schema_version integer,
  facts          json,
  detail         json,
  results        json,
  evaluated      integer,
  matched        uuid[],
  failed         integer,
  elapsed_nanos  bigint,
  request_id     text,
  principal      text,
  PRIMARY KEY (tenant_id, at, id),
  CHECK ((missing = 0) = (until IS NULL) AND (missing > 0 OR (revision IS NOT NULL AND facts IS NOT NULL
    AND detail IS NOT NULL AND results IS NOT NULL AND matched IS NOT NULL)))
) PARTITION BY RANGE (at);
CREATE INDEX decisions_id ON decisions (tenant_id, id);

ALTER TABLE decisions ENABLE ROW LEVEL SECURITY;
ALTER TABLE decisions FORCE ROW LEVEL SECURITY;
CREATE POLICY one_tenant ON decisions
  USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT ON decisions TO tenet_application;

-- Row-level security and COPY FROM exclude each other. So the log is read through the table above, which has it, and
-- written straight into the table of the day, which has it not: nobody may read that one, and only one role may add to it.
--
-- Makes the tables of some days, unless they are there, and says how many it were. What these functions do only the owner of the tables may do, and
-- their callers may do nothing else: they are SECURITY DEFINER, and find no objects but those of the system.
CREATE FUNCTION tenet_make_decision_days(first_day date, last_day date) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  day  date;
  name text;
  made integer := 0;
BEGIN
  IF last_day - first_day > 60 THEN
    RAISE EXCEPTION 'too many days at once';
  END IF;
  PERFORM pg_advisory_xact_lock(7365746, 1);
  FOR day IN SELECT first_day + step FROM generate_series(0, last_day - first_day) AS step LOOP
    name := 'decisions_' || to_char(day, 'YYYYMMDD');
    IF to_regclass('public.' || name) IS NULL THEN
      EXECUTE format('CREATE TABLE public.%I (LIKE public.decisions INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', name);
      EXECUTE format('ALTER TABLE public.decisions ATTACH PARTITION public.%I FOR VALUES FROM (%L) TO (%L)', name,
        day::timestamp AT TIME ZONE 'UTC', (day + 1)::timestamp AT TIME ZONE 'UTC');
      EXECUTE format('GRANT INSERT ON public.%I TO tenet_decision_writer', name);
      made := made + 1;
    END IF;
  END LOOP;
  RETURN made;
END $$;

-- The days that there are tables of.
CREATE FUNCTION tenet_decision_days() RETURNS SETOF date
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT to_date(substr(child.relname, 11), 'YYYYMMDD')
  FROM pg_inherits JOIN pg_class child ON child.oid = inhrelid
  WHERE inhparent = 'public.decisions'::regclass AND child.relname ~ '^decisions_[0-9]{8}$'
  ORDER BY 1
$$;

-- Drops the tables of the days before a day, and of those before yesterday that are empty.
CREATE FUNCTION tenet_drop_decision_days(before date) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  day     date;
  name    text;
  old     boolean;
  filled  boolean;
  dropped integer := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(7365746, 1);
  FOR day IN SELECT public.tenet_decision_days() LOOP
    name := 'decisions_' || to_char(day, 'YYYYMMDD');
    old := day < before;
    IF NOT old AND day < (now() AT TIME ZONE 'UTC')::date - 1 THEN
      EXECUTE format('SELECT EXISTS (SELECT FROM public.%I)', name) INTO filled;
      IF NOT filled THEN
        EXECUTE format('LOCK TABLE public.%I IN ACCESS EXCLUSIVE MODE', name);
        EXECUTE format('SELECT NOT EXISTS (SELECT FROM public.%I)', name) INTO old;
      END IF;
    END IF;
    IF old THEN
      EXECUTE format('DROP TABLE public.%I', name);
      dropped := dropped + 1;
    END IF;
  END LOOP;
  RETURN dropped;
END $$;

-- The tenants of which something is kept on a day.
CREATE FUNCTION tenet_decision_tenants(day date) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  name text := 'public.decisions_' || to_char(day, 'YYYYMMDD');
BEGIN
  IF to_regclass(name) IS NOT NULL THEN
    RETURN QUERY EXECUTE format(
      'WITH RECURSIVE found(tenant) AS ('
      '  (SELECT tenant_id FROM %1$s ORDER BY tenant_id LIMIT 1) UNION ALL'
      '  SELECT (SELECT tenant_id FROM %1$s WHERE tenant_id > found.tenant ORDER BY tenant_id LIMIT 1)'
      '  FROM found WHERE found.tenant IS NOT NULL)'
      ' SELECT tenant FROM found WHERE tenant IS NOT NULL', name);
  END IF;
END $$;

-- Deletes what is kept of a tenant on a day from before a moment, up to a number of rows, and says how many it were.
CREATE FUNCTION tenet_delete_decisions(tenant uuid, day date, before timestamptz, most integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  name    text := 'public.decisions_' || to_char(day, 'YYYYMMDD');
  deleted integer := 0;
BEGIN
  IF to_regclass(name) IS NOT NULL THEN
    EXECUTE format(
      'DELETE FROM %1$s WHERE ctid = ANY (ARRAY(SELECT ctid FROM %1$s WHERE tenant_id = $1 AND at < $2 LIMIT $3))', name)
      USING tenant, before, most;
    GET DIAGNOSTICS deleted = ROW_COUNT;
  END IF;
  RETURN deleted;
END $$;

REVOKE ALL ON FUNCTION tenet_make_decision_days, tenet_decision_days, tenet_drop_decision_days, tenet_decision_tenants,
  tenet_delete_decisions FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tenet_make_decision_days TO tenet_decision_writer;
GRANT EXECUTE ON FUNCTION tenet_make_decision_days, tenet_decision_days, tenet_drop_decision_days,
  tenet_decision_tenants, tenet_delete_decisions TO tenet_administration;

-- Where a tenant's decisions are besides: a move leaves them in the database that they were written to.
ALTER TABLE placements ADD COLUMN formerly text[] NOT NULL DEFAULT '{}';
