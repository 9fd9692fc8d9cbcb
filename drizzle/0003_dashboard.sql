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
UPDATE "support_ticket" t SET "client_name" = c."context_data"->'client'->>'name', "client_version" = c."context_data"->'client'->>'version' FROM "ticket_context" c WHERE c."organization_id" = t."organization_id" AND c."ticket_id" = t."id";--> statement-breakpoint
ALTER TABLE "ticket_event" ADD COLUMN "change_id" uuid;--> statement-breakpoint
ALTER TABLE "blocked_reporter" ADD CONSTRAINT "blocked_reporter_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "blocked_reporter" ADD CONSTRAINT "blocked_reporter_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "blocked_reporter" ADD CONSTRAINT "of_server" FOREIGN KEY ("organization_id","mcp_server_id") REFERENCES "public"."mcp_server"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_note" ADD CONSTRAINT "ticket_note_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_note" ADD CONSTRAINT "ticket_note_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_note" ADD CONSTRAINT "of_ticket" FOREIGN KEY ("organization_id","ticket_id") REFERENCES "public"."support_ticket"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "support_ticket_created" ON "support_ticket" USING btree ("organization_id","created_at") INCLUDE ("number","status","priority","category","mcp_server_id","reporter_proof","closed_at");--> statement-breakpoint
CREATE INDEX "support_ticket_tool" ON "support_ticket" USING btree ("organization_id","failed_tool","number") INCLUDE ("status","priority","category","mcp_server_id") WHERE "support_ticket"."failed_tool" is not null;--> statement-breakpoint
CREATE INDEX "support_ticket_error" ON "support_ticket" USING btree ("organization_id","failed_error","number") INCLUDE ("status","priority","category","mcp_server_id") WHERE "support_ticket"."failed_error" is not null;--> statement-breakpoint
CREATE INDEX "support_ticket_client" ON "support_ticket" USING btree ("organization_id","client_name","number") INCLUDE ("status","priority","category","mcp_server_id") WHERE "support_ticket"."client_name" is not null;--> statement-breakpoint
CREATE INDEX "ticket_event_change" ON "ticket_event" USING btree ("organization_id","change_id") WHERE "ticket_event"."change_id" is not null;--> statement-breakpoint
CREATE INDEX "support_ticket_live" ON "support_ticket" USING btree ("organization_id","number") INCLUDE ("status","priority","category","mcp_server_id") WHERE "support_ticket"."status" in ('open', 'in_progress');--> statement-breakpoint
CREATE POLICY "scoped" ON "blocked_reporter" AS PERMISSIVE FOR ALL TO public USING (organization_id = nullif(current_setting('app.organization', true), '')::uuid) WITH CHECK (organization_id = nullif(current_setting('app.organization', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "scoped" ON "ticket_note" AS PERMISSIVE FOR ALL TO public USING (organization_id = nullif(current_setting('app.organization', true), '')::uuid) WITH CHECK (organization_id = nullif(current_setting('app.organization', true), '')::uuid);