-- By hand: the columns beside the keys of indexes, and what is known of clients already.
ALTER TYPE "public"."ticket_status" ADD VALUE 'spam';--> statement-breakpoint
CREATE TABLE "blocked_reporter" (
	"organization_id" uuid NOT NULL,
	"mcp_server_id" uuid NOT NULL,
	"reporter" text NOT NULL,
	"label" text NOT NULL,
	"staff_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "blocked_reporter_organization_id_mcp_server_id_reporter_pk" PRIMARY KEY("organization_id","mcp_server_id","reporter")
);
--> statement-breakpoint
ALTER TABLE "blocked_reporter" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "ticket_note" (
	"organization_id" uuid NOT NULL,
	"ticket_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"staff_id" uuid NOT NULL,
	"body" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "ticket_note_organization_id_ticket_id_id_pk" PRIMARY KEY("organization_id","ticket_id","id")
);
--> statement-breakpoint
ALTER TABLE "ticket_note" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
DROP INDEX "support_ticket_live";--> statement-breakpoint
ALTER TABLE "organization" ADD COLUMN "time_zone" text DEFAULT 'UTC' NOT NULL;--> statement-breakpoint
ALTER TABLE "support_ticket" ADD COLUMN "client_name" text;--> statement-breakpoint
ALTER TABLE "support_ticket" ADD COLUMN "client_version" text;--> statement-breakpoint
ALTER TABLE "support_ticket" ADD COLUMN "read_at" timestamp (3) with time zone;--> statement-breakpoint
UPDATE "support_ticket" SET "read_at" = "updated_at" WHERE "status" <> 'open';--> statement-breakpoint
UPDATE "support_ticket" t SET "client_name" = c."context_data"->'client'->>'name', "client_version" = c."context_data"->'client'->>'version' FROM "ticket_context" c WHERE c."organization_id" = t."organization_id" AND c."ticket_id" = t."id";--> statement-breakpoint
ALTER TABLE "ticket_event" ADD COLUMN "change_id" uuid;--> statement-breakpoint
ALTER TABLE "blocked_reporter" ADD CONSTRAINT "blocked_reporter_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "blocked_reporter" ADD CONSTRAINT "blocked_reporter_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "blocked_reporter" ADD CONSTRAINT "of_server" FOREIGN KEY ("organization_id","mcp_server_id") REFERENCES "public"."mcp_server"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_note" ADD CONSTRAINT "ticket_note_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_note" ADD CONSTRAINT "ticket_note_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_note" ADD CONSTRAINT "of_ticket" FOREIGN KEY ("organization_id","ticket_id") REFERENCES "public"."support_ticket"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "support_ticket_created" ON "support_ticket" USING btree ("organization_id","created_at","number") INCLUDE ("status","priority","category","mcp_server_id","reporter_proof","closed_at");--> statement-breakpoint
CREATE INDEX "support_ticket_tool" ON "support_ticket" USING btree ("organization_id","failed_tool","number") INCLUDE ("status","priority","category","mcp_server_id") WHERE "support_ticket"."failed_tool" is not null;--> statement-breakpoint
CREATE INDEX "support_ticket_error" ON "support_ticket" USING btree ("organization_id","failed_error","number") INCLUDE ("status","priority","category","mcp_server_id") WHERE "support_ticket"."failed_error" is not null;--> statement-breakpoint
CREATE INDEX "support_ticket_client" ON "support_ticket" USING btree ("organization_id","client_name","number") INCLUDE ("status","priority","category","mcp_server_id") WHERE "support_ticket"."client_name" is not null;--> statement-breakpoint
DROP INDEX "support_ticket_reporter";--> statement-breakpoint
CREATE INDEX "support_ticket_reporter" ON "support_ticket" USING btree ("organization_id","mcp_user_issuer","mcp_user_id","number") INCLUDE ("status","priority","category","mcp_server_id") WHERE "support_ticket"."mcp_user_id" is not null;--> statement-breakpoint
CREATE INDEX "ticket_event_change" ON "ticket_event" USING btree ("organization_id","change_id","ticket_id") WHERE "ticket_event"."change_id" is not null;--> statement-breakpoint
CREATE INDEX "support_ticket_live" ON "support_ticket" USING btree ("organization_id","number") INCLUDE ("status","priority","category","mcp_server_id") WHERE "support_ticket"."status" in ('open', 'in_progress');--> statement-breakpoint
CREATE INDEX "support_ticket_spam" ON "support_ticket" USING btree ("organization_id","number") INCLUDE ("status","priority","category","mcp_server_id") WHERE "support_ticket"."status" not in ('open', 'in_progress', 'closed');--> statement-breakpoint
CREATE POLICY "scoped" ON "blocked_reporter" AS PERMISSIVE FOR ALL TO public USING (organization_id = nullif(current_setting('app.organization', true), '')::uuid) WITH CHECK (organization_id = nullif(current_setting('app.organization', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "scoped" ON "ticket_note" AS PERMISSIVE FOR ALL TO public USING (organization_id = nullif(current_setting('app.organization', true), '')::uuid) WITH CHECK (organization_id = nullif(current_setting('app.organization', true), '')::uuid);--> statement-breakpoint
-- Search, see docs/decisions/010-search.md. Lower case as the database's own locale has it or, where
-- that knows ASCII only, as another does.
DO $do$
DECLARE
  lowered text := CASE
    WHEN lower(U&'\00DC') = U&'\00FC' THEN 'lower(words)'
    WHEN to_regcollation('pg_catalog.pg_c_utf8') IS NOT NULL THEN 'lower(words COLLATE pg_catalog.pg_c_utf8)'
    WHEN to_regcollation('pg_catalog."und-x-icu"') IS NOT NULL THEN 'lower(words COLLATE pg_catalog."und-x-icu")'
    ELSE 'lower(words)' END;
BEGIN
  EXECUTE format('CREATE FUNCTION public.search_lower(words text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS %L', 'SELECT ' || lowered);
END $do$;--> statement-breakpoint
-- The words of a text: what spaces and punctuation part; then each two that only punctuation parts,
-- as one. "ana@fjord.example" is ana, fjord, example, ana_fjord and fjord_example. Some are empty.
CREATE FUNCTION public.search_words(words text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  line text := regexp_replace(regexp_replace(public.search_lower(words),
    E'[!-/:-@[-`{-~\u00a1\u00ab\u00b7\u00bb\u00bf\u2010-\u2027\u3001-\u3011\uff01-\uff0f\uff1a-\uff1f]+', '_', 'g'),
    E'[\\x01-\\x20\u00a0\u3000]+', ' ', 'g');
  found text[] := string_to_array(translate(line, '_', ' '), ' ');
  chunk text;
  part text;
  before text;
BEGIN
  IF line ~ '[^ _]_[^ _]' THEN
    FOREACH chunk IN ARRAY string_to_array(line, ' ') LOOP
      CONTINUE WHEN strpos(chunk, '_') = 0;
      before := '';
      FOREACH part IN ARRAY string_to_array(chunk, '_') LOOP
        CONTINUE WHEN part = '';
        IF before <> '' THEN found := array_append(found, before || '_' || part); END IF;
        before := part;
      END LOOP;
    END LOOP;
  END IF;
  RETURN found;
END $$;--> statement-breakpoint
-- What the words of a ticket begin with: its organization, and its block of 8,192 numbers.
CREATE FUNCTION public.search_block(organization_id uuid, block integer) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT left(encode(sha256(uuid_send(organization_id)), 'hex'), 8) || to_hex(block) || '.'
$$;--> statement-breakpoint
-- The words of a ticket as the index has them; those of "searchDocs" are also search and docs.
CREATE FUNCTION public.ticket_terms(organization_id uuid, number integer, status ticket_status, title text,
  description text, user_name text, user_email text, failed_tool text, failed_error text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 10000 AS $$
DECLARE
  words text := concat(title, ' ', description, ' ', user_name, ' ', user_email, ' ', failed_tool, ' ', failed_error);
  found text[] := public.search_words(words);
  scope text := public.search_block(organization_id, number >> 13);
BEGIN
  IF words ~ '[a-z][A-Z]' THEN
    found := found || public.search_words(regexp_replace(words, '([a-z])([A-Z])', '\1_\2', 'g'));
  END IF;
  RETURN array_to_tsvector(array(
    SELECT scope || left(word, 60) FROM unnest(found) word WHERE word <> ''
    UNION ALL
    SELECT scope || CASE status WHEN 'open' THEN '=o' WHEN 'in_progress' THEN '=i' WHEN 'closed' THEN '=c' ELSE '=s' END));
END $$;--> statement-breakpoint
CREATE INDEX "support_ticket_terms" ON "support_ticket" USING gin (public.ticket_terms("organization_id","number","status","title","description","user_name","user_email","failed_tool","failed_error")) WITH (fastupdate = on, gin_pending_list_limit = 64);--> statement-breakpoint
-- Numbers of tickets of app.organization that have every word of the query and one of the statuses:
-- the newest first or, with newer_than, the oldest first. The last word may be the beginning of one,
-- in the newest 64 blocks. Of more than 400 blocks, searched_to is where it stopped.
CREATE FUNCTION public.search_tickets(query text, statuses ticket_status[], older_than integer,
  newer_than integer, wanted integer, OUT numbers integer[], OUT searched_to integer)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET enable_seqscan = off AS $$
DECLARE
  organization uuid := nullif(current_setting('app.organization', true), '')::uuid;
  newest integer := (SELECT number FROM public.support_ticket
    WHERE organization_id = organization ORDER BY number DESC LIMIT 1);
  state text := (SELECT '(' || string_agg('''@=' || left(s::text, 1) || '''', ' | ') || ')' FROM unnest(statuses) s);
  words text[] := '{}';
  found text[];
  chunk text;
  pattern text;
  prefixed text;
  first_block integer;
  last_block integer;
BEGIN
  numbers := '{}';
  FOREACH chunk IN ARRAY regexp_split_to_array(query, E'[\\x01-\\x20\u00a0\u3000]+') LOOP
    found := array_remove(public.search_words(chunk), '');
    -- Of words that only punctuation parts, the pairs: they come behind the words.
    words := words || CASE WHEN cardinality(found) > 1 THEN found[cardinality(found) / 2 + 2:] ELSE found END;
  END LOOP;
  words := words[:32];
  IF newest IS NULL OR state IS NULL OR words = '{}' THEN RETURN; END IF;
  pattern := state || (SELECT string_agg(' & ''@' || left(word, 60) || '''', '' ORDER BY at)
    FROM unnest(words) WITH ORDINALITY w (word, at));
  prefixed := pattern || CASE WHEN char_length(words[cardinality(words)]) >= 3 THEN ':*' ELSE '' END;

  IF newer_than IS NULL THEN
    first_block := least(coalesce(older_than - 1, newest), newest) >> 13;
    last_block := greatest(first_block - 399, 0);
    numbers := array(
      SELECT m.number FROM generate_series(first_block, last_block, -1) block CROSS JOIN LATERAL (
        SELECT t.number FROM public.support_ticket t
         WHERE public.ticket_terms(t.organization_id, t.number, t.status, t.title, t.description,
                 t.user_name, t.user_email, t.failed_tool, t.failed_error)
               @@ replace(CASE WHEN block > (newest >> 13) - 64 THEN prefixed ELSE pattern END,
                    '@', public.search_block(organization, block))::tsquery
           -- As text, so that no index of the whole organization is read for it.
           AND t.organization_id::text = organization::text
           AND (older_than IS NULL OR t.number < older_than)
         ORDER BY t.number DESC LIMIT wanted) m
       LIMIT wanted);
    IF cardinality(numbers) < wanted AND last_block > 0 THEN
      searched_to := last_block << 13;
    END IF;
  ELSE
    first_block := (newer_than + 1) >> 13;
    last_block := least(first_block + 399, newest >> 13);
    numbers := array(
      SELECT m.number FROM generate_series(first_block, last_block) block CROSS JOIN LATERAL (
        SELECT t.number FROM public.support_ticket t
         WHERE public.ticket_terms(t.organization_id, t.number, t.status, t.title, t.description,
                 t.user_name, t.user_email, t.failed_tool, t.failed_error)
               @@ replace(CASE WHEN block > (newest >> 13) - 64 THEN prefixed ELSE pattern END,
                    '@', public.search_block(organization, block))::tsquery
           AND t.organization_id::text = organization::text
           AND t.number > newer_than
         ORDER BY t.number LIMIT wanted) m
       LIMIT wanted);
    IF cardinality(numbers) < wanted AND last_block < newest >> 13 THEN
      searched_to := (last_block << 13) + 8191;
    END IF;
  END IF;
END $$;--> statement-breakpoint
REVOKE ALL ON FUNCTION public.search_lower, public.search_words, public.search_block, public.ticket_terms, public.search_tickets FROM PUBLIC;
