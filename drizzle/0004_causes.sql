-- By hand: the columns beside the keys of indexes.
CREATE TABLE "cause" (
	"organization_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"mcp_server_id" uuid NOT NULL,
	"fingerprint" "bytea" NOT NULL,
	"tool" text NOT NULL,
	"pattern" text NOT NULL,
	"name" text,
	"fixed_at" timestamp (3) with time zone,
	"reopened_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "cause_organization_id_number_pk" PRIMARY KEY("organization_id","number"),
	CONSTRAINT "cause_fingerprint" UNIQUE("organization_id","mcp_server_id","fingerprint")
);
--> statement-breakpoint
ALTER TABLE "cause" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "cause_answer" (
	"organization_id" uuid NOT NULL,
	"cause" integer NOT NULL,
	"version" integer NOT NULL,
	"body" text,
	"link" text,
	"staff_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "cause_answer_organization_id_cause_version_pk" PRIMARY KEY("organization_id","cause","version")
);
--> statement-breakpoint
ALTER TABLE "cause_answer" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "cause_event" (
	"organization_id" uuid NOT NULL,
	"cause" integer NOT NULL,
	"id" uuid NOT NULL,
	"action" text NOT NULL,
	"old_value" text,
	"new_value" text,
	"staff_id" uuid,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "cause_event_organization_id_cause_id_pk" PRIMARY KEY("organization_id","cause","id")
);
--> statement-breakpoint
ALTER TABLE "cause_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "ticket_occurrence" (
	"organization_id" uuid NOT NULL,
	"ticket_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"mcp_server_id" uuid NOT NULL,
	"title" text NOT NULL,
	"description" text NOT NULL,
	"context_data" jsonb,
	"idempotency_key" text NOT NULL,
	"request_hash" "bytea" NOT NULL,
	"raised_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "ticket_occurrence_organization_id_ticket_id_id_pk" PRIMARY KEY("organization_id","ticket_id","id"),
	CONSTRAINT "ticket_occurrence_idempotency" UNIQUE("organization_id","mcp_server_id","idempotency_key")
);
--> statement-breakpoint
ALTER TABLE "ticket_occurrence" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "mcp_server" ADD COLUMN "check_tool_enabled" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "support_ticket" ADD COLUMN "server_version" text;--> statement-breakpoint
ALTER TABLE "support_ticket" ADD COLUMN "reporter_hash" "bytea";--> statement-breakpoint
ALTER TABLE "support_ticket" ADD COLUMN "cause" integer;--> statement-breakpoint
ALTER TABLE "support_ticket" ADD COLUMN "answer_version" integer;--> statement-breakpoint
ALTER TABLE "support_ticket" ADD COLUMN "occurrences" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "support_ticket" ADD COLUMN "merged_into" integer;--> statement-breakpoint
ALTER TABLE "cause" ADD CONSTRAINT "cause_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cause" ADD CONSTRAINT "of_server" FOREIGN KEY ("organization_id","mcp_server_id") REFERENCES "public"."mcp_server"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cause_answer" ADD CONSTRAINT "cause_answer_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cause_answer" ADD CONSTRAINT "cause_answer_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cause_answer" ADD CONSTRAINT "of_cause" FOREIGN KEY ("organization_id","cause") REFERENCES "public"."cause"("organization_id","number") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cause_event" ADD CONSTRAINT "cause_event_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cause_event" ADD CONSTRAINT "cause_event_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cause_event" ADD CONSTRAINT "of_cause" FOREIGN KEY ("organization_id","cause") REFERENCES "public"."cause"("organization_id","number") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_occurrence" ADD CONSTRAINT "ticket_occurrence_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_occurrence" ADD CONSTRAINT "of_ticket" FOREIGN KEY ("organization_id","ticket_id") REFERENCES "public"."support_ticket"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "support_ticket" ADD CONSTRAINT "of_cause" FOREIGN KEY ("organization_id","cause") REFERENCES "public"."cause"("organization_id","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "support_ticket_cause" ON "support_ticket" USING btree ("organization_id","cause","number") INCLUDE ("status","priority","category","mcp_server_id","created_at","reporter_hash") WHERE "support_ticket"."cause" is not null;--> statement-breakpoint
CREATE INDEX "support_ticket_answered" ON "support_ticket" USING btree ("organization_id","created_at") WHERE "support_ticket"."answer_version" is not null;--> statement-breakpoint
CREATE INDEX "support_ticket_session" ON "support_ticket" USING btree ("organization_id","mcp_server_id","session_id","number") WHERE "support_ticket"."session_id" is not null;--> statement-breakpoint
CREATE INDEX "support_ticket_merged" ON "support_ticket" USING btree ("organization_id","merged_into","number") WHERE "support_ticket"."merged_into" is not null;--> statement-breakpoint
ALTER TABLE "blocked_reporter" DROP COLUMN "label";--> statement-breakpoint
DROP INDEX "support_ticket_created";--> statement-breakpoint
CREATE INDEX "support_ticket_created" ON "support_ticket" USING btree ("organization_id","created_at","number") INCLUDE ("status","priority","category","mcp_server_id","reporter_proof","closed_at","cause");--> statement-breakpoint
CREATE POLICY "scoped" ON "cause" AS PERMISSIVE FOR ALL TO public USING (organization_id = nullif(current_setting('app.organization', true), '')::uuid) WITH CHECK (organization_id = nullif(current_setting('app.organization', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "scoped" ON "cause_answer" AS PERMISSIVE FOR ALL TO public USING (organization_id = nullif(current_setting('app.organization', true), '')::uuid) WITH CHECK (organization_id = nullif(current_setting('app.organization', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "scoped" ON "cause_event" AS PERMISSIVE FOR ALL TO public USING (organization_id = nullif(current_setting('app.organization', true), '')::uuid) WITH CHECK (organization_id = nullif(current_setting('app.organization', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "scoped" ON "ticket_occurrence" AS PERMISSIVE FOR ALL TO public USING (organization_id = nullif(current_setting('app.organization', true), '')::uuid) WITH CHECK (organization_id = nullif(current_setting('app.organization', true), '')::uuid);