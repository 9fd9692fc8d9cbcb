CREATE TABLE "authorization_code" (
	"organization_id" uuid NOT NULL,
	"mcp_server_id" uuid NOT NULL,
	"code_hash" "bytea" NOT NULL,
	"client_id" text NOT NULL,
	"end_user_id" uuid NOT NULL,
	"grant_id" uuid NOT NULL,
	"redirect_uri" text NOT NULL,
	"code_challenge" text NOT NULL,
	"scope" text NOT NULL,
	"resource" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"redeemed_at" timestamp (3) with time zone,
	CONSTRAINT "authorization_code_organization_id_mcp_server_id_code_hash_pk" PRIMARY KEY("organization_id","mcp_server_id","code_hash")
);
--> statement-breakpoint
ALTER TABLE "authorization_code" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "end_user" (
	"organization_id" uuid NOT NULL,
	"mcp_server_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"email" text NOT NULL,
	"email_verified_at" timestamp (3) with time zone,
	"name" text NOT NULL,
	"password_hash" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "end_user_organization_id_mcp_server_id_id_pk" PRIMARY KEY("organization_id","mcp_server_id","id"),
	CONSTRAINT "end_user_email" UNIQUE("organization_id","mcp_server_id","email")
);
--> statement-breakpoint
ALTER TABLE "end_user" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "end_user_session" (
	"organization_id" uuid NOT NULL,
	"mcp_server_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"end_user_id" uuid NOT NULL,
	"user_agent" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "end_user_session_organization_id_mcp_server_id_id_pk" PRIMARY KEY("organization_id","mcp_server_id","id"),
	CONSTRAINT "end_user_session_token" UNIQUE("organization_id","mcp_server_id","token_hash")
);
--> statement-breakpoint
ALTER TABLE "end_user_session" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "mailed_code" (
	"organization_id" uuid NOT NULL,
	"mcp_server_id" uuid NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"code_hash" "bytea" NOT NULL,
	"email" text NOT NULL,
	"name" text,
	"password_hash" text,
	"tries_left" integer NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "mailed_code_organization_id_mcp_server_id_token_hash_pk" PRIMARY KEY("organization_id","mcp_server_id","token_hash")
);
--> statement-breakpoint
ALTER TABLE "mailed_code" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "oauth_client" (
	"organization_id" uuid NOT NULL,
	"mcp_server_id" uuid NOT NULL,
	"id" text NOT NULL,
	"name" text NOT NULL,
	"redirect_uris" text[] NOT NULL,
	"grant_types" text[] NOT NULL,
	"auth_method" text NOT NULL,
	"secret_hash" "bytea",
	"fresh_until" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	CONSTRAINT "oauth_client_organization_id_mcp_server_id_id_pk" PRIMARY KEY("organization_id","mcp_server_id","id")
);
--> statement-breakpoint
ALTER TABLE "oauth_client" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "oauth_grant" (
	"organization_id" uuid NOT NULL,
	"mcp_server_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"client_id" text NOT NULL,
	"end_user_id" uuid NOT NULL,
	"scope" text NOT NULL,
	"resource" text NOT NULL,
	"family_hash" "bytea",
	"refresh_hash" "bytea",
	"rotated_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "oauth_grant_organization_id_mcp_server_id_id_pk" PRIMARY KEY("organization_id","mcp_server_id","id"),
	CONSTRAINT "oauth_grant_family" UNIQUE("organization_id","mcp_server_id","family_hash")
);
--> statement-breakpoint
ALTER TABLE "oauth_grant" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "signing_key" (
	"organization_id" uuid NOT NULL,
	"mcp_server_id" uuid NOT NULL,
	"generation" integer NOT NULL,
	"public_key" jsonb NOT NULL,
	"private_key" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "signing_key_organization_id_mcp_server_id_generation_pk" PRIMARY KEY("organization_id","mcp_server_id","generation")
);
--> statement-breakpoint
ALTER TABLE "signing_key" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "mcp_server" DROP CONSTRAINT "mcp_server_issuer";--> statement-breakpoint
-- Until now an issuer or an audience alone was taken, and stood for nothing.
UPDATE "mcp_server" SET "issuer" = null, "audience" = case when "auth" = 'platform' then "audience" end WHERE "auth" <> 'external';--> statement-breakpoint
ALTER TABLE "authorization_code" ADD CONSTRAINT "authorization_code_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "authorization_code" ADD CONSTRAINT "of_end_user" FOREIGN KEY ("organization_id","mcp_server_id","end_user_id") REFERENCES "public"."end_user"("organization_id","mcp_server_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "authorization_code" ADD CONSTRAINT "of_client" FOREIGN KEY ("organization_id","mcp_server_id","client_id") REFERENCES "public"."oauth_client"("organization_id","mcp_server_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "end_user" ADD CONSTRAINT "end_user_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "end_user" ADD CONSTRAINT "of_server" FOREIGN KEY ("organization_id","mcp_server_id") REFERENCES "public"."mcp_server"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "end_user_session" ADD CONSTRAINT "end_user_session_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "end_user_session" ADD CONSTRAINT "of_end_user" FOREIGN KEY ("organization_id","mcp_server_id","end_user_id") REFERENCES "public"."end_user"("organization_id","mcp_server_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mailed_code" ADD CONSTRAINT "mailed_code_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mailed_code" ADD CONSTRAINT "of_server" FOREIGN KEY ("organization_id","mcp_server_id") REFERENCES "public"."mcp_server"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "oauth_client" ADD CONSTRAINT "oauth_client_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "oauth_client" ADD CONSTRAINT "of_server" FOREIGN KEY ("organization_id","mcp_server_id") REFERENCES "public"."mcp_server"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "oauth_grant" ADD CONSTRAINT "oauth_grant_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "oauth_grant" ADD CONSTRAINT "of_end_user" FOREIGN KEY ("organization_id","mcp_server_id","end_user_id") REFERENCES "public"."end_user"("organization_id","mcp_server_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "oauth_grant" ADD CONSTRAINT "of_client" FOREIGN KEY ("organization_id","mcp_server_id","client_id") REFERENCES "public"."oauth_client"("organization_id","mcp_server_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signing_key" ADD CONSTRAINT "signing_key_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signing_key" ADD CONSTRAINT "of_server" FOREIGN KEY ("organization_id","mcp_server_id") REFERENCES "public"."mcp_server"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "end_user_session_of" ON "end_user_session" USING btree ("organization_id","mcp_server_id","end_user_id");--> statement-breakpoint
CREATE INDEX "oauth_grant_end_user" ON "oauth_grant" USING btree ("organization_id","mcp_server_id","end_user_id");--> statement-breakpoint
CREATE INDEX "oauth_grant_client" ON "oauth_grant" USING btree ("organization_id","mcp_server_id","client_id");--> statement-breakpoint
ALTER TABLE "mcp_server" ADD CONSTRAINT "mcp_server_issuer" CHECK (case "mcp_server"."auth"
        when 'external' then "mcp_server"."issuer" is not null and "mcp_server"."audience" is not null
        when 'platform' then "mcp_server"."issuer" is null
        else "mcp_server"."issuer" is null and "mcp_server"."audience" is null end);--> statement-breakpoint
CREATE POLICY "scoped" ON "authorization_code" AS PERMISSIVE FOR ALL TO public USING (organization_id = nullif(current_setting('app.organization', true), '')::uuid) WITH CHECK (organization_id = nullif(current_setting('app.organization', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "scoped" ON "end_user" AS PERMISSIVE FOR ALL TO public USING (organization_id = nullif(current_setting('app.organization', true), '')::uuid) WITH CHECK (organization_id = nullif(current_setting('app.organization', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "scoped" ON "end_user_session" AS PERMISSIVE FOR ALL TO public USING (organization_id = nullif(current_setting('app.organization', true), '')::uuid) WITH CHECK (organization_id = nullif(current_setting('app.organization', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "scoped" ON "mailed_code" AS PERMISSIVE FOR ALL TO public USING (organization_id = nullif(current_setting('app.organization', true), '')::uuid) WITH CHECK (organization_id = nullif(current_setting('app.organization', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "scoped" ON "oauth_client" AS PERMISSIVE FOR ALL TO public USING (organization_id = nullif(current_setting('app.organization', true), '')::uuid) WITH CHECK (organization_id = nullif(current_setting('app.organization', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "scoped" ON "oauth_grant" AS PERMISSIVE FOR ALL TO public USING (organization_id = nullif(current_setting('app.organization', true), '')::uuid) WITH CHECK (organization_id = nullif(current_setting('app.organization', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "scoped" ON "signing_key" AS PERMISSIVE FOR ALL TO public USING (organization_id = nullif(current_setting('app.organization', true), '')::uuid) WITH CHECK (organization_id = nullif(current_setting('app.organization', true), '')::uuid);