-- The roles that the tables are granted to, and the right of this login to act as them. Roles belong to the whole
-- server, so they may be there already.
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['tenet_application', 'tenet_administration', 'tenet_decision_writer'] LOOP
    BEGIN
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
        EXECUTE format('CREATE ROLE %I NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB', name);
      END IF;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN
      NULL; -- created by another server at the same moment
    END;
    IF current_user <> name AND NOT pg_has_role(current_user, name, 'MEMBER') THEN
      EXECUTE format('GRANT %I TO CURRENT_USER', name);
    ELSIF current_setting('server_version_num')::int >= 160000 AND current_user <> name
        AND NOT pg_has_role(current_user, name, 'SET') THEN
      EXECUTE format('GRANT %I TO CURRENT_USER WITH SET TRUE, INHERIT FALSE', name);
    END IF;
  END LOOP;
END $$;
