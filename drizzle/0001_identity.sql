ALTER TYPE "public"."reporter_proof" ADD VALUE 'erased';--> statement-breakpoint
ALTER TABLE "mcp_server" ADD COLUMN "email_claim" text DEFAULT 'email' NOT NULL;--> statement-breakpoint
ALTER TABLE "mcp_server" ADD COLUMN "name_claim" text DEFAULT 'name' NOT NULL;--> statement-breakpoint
CREATE INDEX "support_ticket_reporter" ON "support_ticket" USING btree ("organization_id","mcp_user_issuer","mcp_user_id","number") INCLUDE ("status","mcp_server_id") WHERE "support_ticket"."mcp_user_id" is not null;