CREATE TYPE "public"."auth_mode" AS ENUM('none', 'platform', 'external');--> statement-breakpoint
CREATE TYPE "public"."context_level" AS ENUM('off', 'call', 'recent');--> statement-breakpoint
CREATE TYPE "public"."key_kind" AS ENUM('secret', 'publishable');--> statement-breakpoint
CREATE TYPE "public"."reporter_proof" AS ENUM('email', 'vouched', 'signed_in');--> statement-breakpoint
CREATE TYPE "public"."staff_role" AS ENUM('owner', 'member');--> statement-breakpoint
CREATE TYPE "public"."ticket_priority" AS ENUM('low', 'normal', 'high');--> statement-breakpoint
CREATE TYPE "public"."ticket_status" AS ENUM('open', 'in_progress', 'closed');--> statement-breakpoint
CREATE TABLE "attempt_bucket" (
	"key" text PRIMARY KEY NOT NULL,
	"tokens" double precision NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "invitation" (
	"id" uuid PRIMARY KEY NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"organization_id" uuid NOT NULL,
	"role" "staff_role" NOT NULL,
	"invited_by" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "invitation_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "mcp_server" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"auth" "auth_mode" NOT NULL,
	"issuer" text,
	"audience" text,
	"enabled" boolean DEFAULT true NOT NULL,
	"support_tool_enabled" boolean DEFAULT false NOT NULL,
	"support_tool_title" text NOT NULL,
	"support_tool_description" text NOT NULL,
	"support_tool_categories" text[] NOT NULL,
	"context_level" "context_level" NOT NULL,
	"sdk_seen_at" timestamp (3) with time zone,
	"sdk_version" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "mcp_server_organization_id_id_pk" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "mcp_server_slug_unique" UNIQUE("organization_id","slug"),
	CONSTRAINT "mcp_server_issuer" CHECK (("mcp_server"."auth" = 'external') = ("mcp_server"."issuer" is not null and "mcp_server"."audience" is not null))
);
--> statement-breakpoint
ALTER TABLE "mcp_server" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "mcp_server_slug" (
	"slug" text PRIMARY KEY NOT NULL,
	"organization_id" uuid NOT NULL,
	"mcp_server_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "membership" (
	"staff_id" uuid NOT NULL,
	"organization_id" uuid NOT NULL,
	"role" "staff_role" NOT NULL,
	CONSTRAINT "membership_staff_id_organization_id_pk" PRIMARY KEY("staff_id","organization_id")
);
--> statement-breakpoint
CREATE TABLE "organization" (
	"id" uuid PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"demo" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "organization_slug_unique" UNIQUE("slug")
);
--> statement-breakpoint
CREATE TABLE "organization_counter" (
	"organization_id" uuid PRIMARY KEY NOT NULL,
	"ticket_number" integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE "organization_counter" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "password_reset" (
	"token_hash" "bytea" PRIMARY KEY NOT NULL,
	"staff_id" uuid NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rate_bucket" (
	"organization_id" uuid NOT NULL,
	"key" text NOT NULL,
	"tokens" double precision NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "rate_bucket_organization_id_key_pk" PRIMARY KEY("organization_id","key")
);
--> statement-breakpoint
ALTER TABLE "rate_bucket" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "refused_attempt" (
	"organization_id" uuid NOT NULL,
	"mcp_server_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"times" integer NOT NULL,
	"last_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "refused_attempt_organization_id_mcp_server_id_reason_pk" PRIMARY KEY("organization_id","mcp_server_id","reason")
);
--> statement-breakpoint
ALTER TABLE "refused_attempt" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "server_key" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"mcp_server_id" uuid NOT NULL,
	"kind" "key_kind" NOT NULL,
	"key_hash" "bytea" NOT NULL,
	"ending" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"last_used_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "server_key_organization_id_id_pk" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "server_key_hash" UNIQUE("organization_id","mcp_server_id","key_hash")
);
--> statement-breakpoint
ALTER TABLE "server_key" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "session" (
	"id" text PRIMARY KEY NOT NULL,
	"staff_id" uuid NOT NULL,
	"user_agent" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "setup_token" (
	"token_hash" "bytea" PRIMARY KEY NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "staff" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"password_hash" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "staff_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "support_ticket" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"number" integer NOT NULL,
	"mcp_server_id" uuid NOT NULL,
	"title" text NOT NULL,
	"description" text NOT NULL,
	"category" text NOT NULL,
	"reporter_proof" "reporter_proof" NOT NULL,
	"mcp_user_id" text,
	"mcp_user_issuer" text,
	"user_name" text,
	"user_email" text,
	"session_id" text,
	"user_agent" text,
	"failed_tool" text,
	"failed_error" text,
	"trail" text NOT NULL,
	"status" "ticket_status" DEFAULT 'open' NOT NULL,
	"priority" "ticket_priority" DEFAULT 'normal' NOT NULL,
	"idempotency_key" text NOT NULL,
	"request_hash" "bytea" NOT NULL,
	"raised_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"closed_at" timestamp (3) with time zone,
	"closed_by" uuid,
	CONSTRAINT "support_ticket_organization_id_id_pk" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "support_ticket_bounds" CHECK (char_length(title) between 1 and 200
         and char_length(description) <= 4000)
);
--> statement-breakpoint
ALTER TABLE "support_ticket" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "ticket_context" (
	"organization_id" uuid NOT NULL,
	"ticket_id" uuid NOT NULL,
	"context_data" jsonb NOT NULL,
	CONSTRAINT "ticket_context_organization_id_ticket_id_pk" PRIMARY KEY("organization_id","ticket_id")
);
--> statement-breakpoint
ALTER TABLE "ticket_context" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "ticket_event" (
	"organization_id" uuid NOT NULL,
	"ticket_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"action" text NOT NULL,
	"old_value" text,
	"new_value" text,
	"staff_id" uuid,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "ticket_event_organization_id_ticket_id_id_pk" PRIMARY KEY("organization_id","ticket_id","id")
);
--> statement-breakpoint
ALTER TABLE "ticket_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_invited_by_staff_id_fk" FOREIGN KEY ("invited_by") REFERENCES "public"."staff"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mcp_server" ADD CONSTRAINT "mcp_server_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mcp_server_slug" ADD CONSTRAINT "mcp_server_slug_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership" ADD CONSTRAINT "membership_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership" ADD CONSTRAINT "membership_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_counter" ADD CONSTRAINT "organization_counter_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "password_reset" ADD CONSTRAINT "password_reset_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rate_bucket" ADD CONSTRAINT "rate_bucket_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refused_attempt" ADD CONSTRAINT "refused_attempt_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refused_attempt" ADD CONSTRAINT "of_server" FOREIGN KEY ("organization_id","mcp_server_id") REFERENCES "public"."mcp_server"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "server_key" ADD CONSTRAINT "server_key_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "server_key" ADD CONSTRAINT "of_server" FOREIGN KEY ("organization_id","mcp_server_id") REFERENCES "public"."mcp_server"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "support_ticket" ADD CONSTRAINT "support_ticket_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "support_ticket" ADD CONSTRAINT "support_ticket_closed_by_staff_id_fk" FOREIGN KEY ("closed_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "support_ticket" ADD CONSTRAINT "of_server" FOREIGN KEY ("organization_id","mcp_server_id") REFERENCES "public"."mcp_server"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_context" ADD CONSTRAINT "ticket_context_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_context" ADD CONSTRAINT "of_ticket" FOREIGN KEY ("organization_id","ticket_id") REFERENCES "public"."support_ticket"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_event" ADD CONSTRAINT "ticket_event_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_event" ADD CONSTRAINT "ticket_event_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_event" ADD CONSTRAINT "of_ticket" FOREIGN KEY ("organization_id","ticket_id") REFERENCES "public"."support_ticket"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "invitation_organization" ON "invitation" USING btree ("organization_id");--> statement-breakpoint
CREATE INDEX "membership_organization" ON "membership" USING btree ("organization_id");--> statement-breakpoint
CREATE INDEX "password_reset_staff" ON "password_reset" USING btree ("staff_id");--> statement-breakpoint
CREATE INDEX "session_staff" ON "session" USING btree ("staff_id");--> statement-breakpoint
CREATE UNIQUE INDEX "support_ticket_number" ON "support_ticket" USING btree ("organization_id","number") INCLUDE ("status","priority","category","mcp_server_id");--> statement-breakpoint
CREATE INDEX "support_ticket_live" ON "support_ticket" USING btree ("organization_id","number") INCLUDE ("status","priority","category","mcp_server_id") WHERE "support_ticket"."status" <> 'closed';--> statement-breakpoint
CREATE INDEX "support_ticket_server" ON "support_ticket" USING btree ("organization_id","mcp_server_id","number") INCLUDE ("status","priority","category");--> statement-breakpoint
CREATE INDEX "support_ticket_email" ON "support_ticket" USING btree ("organization_id","user_email","number") WHERE "support_ticket"."user_email" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "support_ticket_idempotency" ON "support_ticket" USING btree ("organization_id","mcp_server_id","idempotency_key");--> statement-breakpoint
CREATE POLICY "scoped" ON "mcp_server" AS PERMISSIVE FOR ALL TO public USING (organization_id = nullif(current_setting('app.organization', true), '')::uuid) WITH CHECK (organization_id = nullif(current_setting('app.organization', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "scoped" ON "organization_counter" AS PERMISSIVE FOR ALL TO public USING (organization_id = nullif(current_setting('app.organization', true), '')::uuid) WITH CHECK (organization_id = nullif(current_setting('app.organization', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "scoped" ON "rate_bucket" AS PERMISSIVE FOR ALL TO public USING (organization_id = nullif(current_setting('app.organization', true), '')::uuid) WITH CHECK (organization_id = nullif(current_setting('app.organization', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "scoped" ON "refused_attempt" AS PERMISSIVE FOR ALL TO public USING (organization_id = nullif(current_setting('app.organization', true), '')::uuid) WITH CHECK (organization_id = nullif(current_setting('app.organization', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "scoped" ON "server_key" AS PERMISSIVE FOR ALL TO public USING (organization_id = nullif(current_setting('app.organization', true), '')::uuid) WITH CHECK (organization_id = nullif(current_setting('app.organization', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "scoped" ON "support_ticket" AS PERMISSIVE FOR ALL TO public USING (organization_id = nullif(current_setting('app.organization', true), '')::uuid) WITH CHECK (organization_id = nullif(current_setting('app.organization', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "scoped" ON "ticket_context" AS PERMISSIVE FOR ALL TO public USING (organization_id = nullif(current_setting('app.organization', true), '')::uuid) WITH CHECK (organization_id = nullif(current_setting('app.organization', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "scoped" ON "ticket_event" AS PERMISSIVE FOR ALL TO public USING (organization_id = nullif(current_setting('app.organization', true), '')::uuid) WITH CHECK (organization_id = nullif(current_setting('app.organization', true), '')::uuid);--> statement-breakpoint
-- By hand: list pages are index-only walks, so pages of new tickets must become all-visible soon.
ALTER TABLE "support_ticket" SET (autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_vacuum_insert_threshold = 1000);--> statement-breakpoint
ALTER TABLE "rate_bucket" SET (fillfactor = 50);--> statement-breakpoint
ALTER TABLE "attempt_bucket" SET (fillfactor = 50);
