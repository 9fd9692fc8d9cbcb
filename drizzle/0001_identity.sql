-- By hand: the index first, since what follows locks the servers' table until the end, and the columns beside its key.
CREATE INDEX "support_ticket_reporter" ON "support_ticket" USING btree ("organization_id","mcp_user_issuer","mcp_user_id","number") INCLUDE ("status","mcp_server_id") WHERE "support_ticket"."mcp_user_id" is not null;--> statement-breakpoint
ALTER TYPE "public"."reporter_proof" ADD VALUE 'erased';--> statement-breakpoint
ALTER TABLE "mcp_server" ADD COLUMN "email_claim" text DEFAULT 'email' NOT NULL;--> statement-breakpoint
ALTER TABLE "mcp_server" ADD COLUMN "name_claim" text DEFAULT 'name' NOT NULL;