CREATE TABLE "erased_addresses" (
	"workspace_id" uuid NOT NULL,
	"hash" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "erased_addresses_workspace_id_hash_pk" PRIMARY KEY("workspace_id","hash")
);
--> statement-breakpoint
CREATE TABLE "erased_contacts" (
	"integration_id" uuid NOT NULL,
	"contact_id" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "erased_contacts_integration_id_contact_id_pk" PRIMARY KEY("integration_id","contact_id")
);
--> statement-breakpoint
CREATE TABLE "harm_counts" (
	"integration_id" uuid NOT NULL,
	"minute" timestamp with time zone NOT NULL,
	"removals" integer DEFAULT 0 NOT NULL,
	"blankings" integer DEFAULT 0 NOT NULL,
	"overwrites" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "harm_counts_integration_id_minute_pk" PRIMARY KEY("integration_id","minute")
);
--> statement-breakpoint
DROP INDEX "conflicts_open";--> statement-breakpoint
ALTER TABLE "conflicts" ALTER COLUMN "link_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "conflicts" ALTER COLUMN "mapping_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "field_mappings" ADD COLUMN "policy" text;--> statement-breakpoint
ALTER TABLE "integrations" ADD COLUMN "policy" text DEFAULT 'ask' NOT NULL;--> statement-breakpoint
ALTER TABLE "integrations" ADD COLUMN "removals" text DEFAULT 'propagate' NOT NULL;--> statement-breakpoint
ALTER TABLE "integrations" ADD COLUMN "fuses" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "integrations" ADD COLUMN "fuse_stop" jsonb;--> statement-breakpoint
ALTER TABLE "integrations" ADD COLUMN "fuse_answers" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "conflicts" ADD COLUMN "side" text DEFAULT 'snov' NOT NULL;--> statement-breakpoint
ALTER TABLE "conflicts" ALTER COLUMN "side" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "conflicts" ADD COLUMN "record_id" text;--> statement-breakpoint
UPDATE "conflicts" c SET "record_id" = l."prospect_id"::text FROM "record_links" l WHERE l."id" = c."link_id";--> statement-breakpoint
ALTER TABLE "conflicts" ALTER COLUMN "record_id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "conflicts" ADD COLUMN "other_side" text;--> statement-breakpoint
ALTER TABLE "conflicts" ADD COLUMN "other_id" text;--> statement-breakpoint
ALTER TABLE "conflicts" ADD COLUMN "detail" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "record_links" ADD COLUMN "snov_in_scope" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "record_links" ADD COLUMN "hubspot_in_scope" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "record_links" ADD COLUMN "both_removed" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "record_links" ADD COLUMN "declined" jsonb DEFAULT '{"removal":false,"values":{}}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "record_links" ADD COLUMN "turns" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
-- Notes of the former shape do not say what they were to replace. Without them a write that was under way asks instead of guessing.
DELETE FROM "unconfirmed_writes";--> statement-breakpoint
ALTER TABLE "unconfirmed_writes" ADD COLUMN "removal" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "erasure_salt" uuid DEFAULT gen_random_uuid() NOT NULL;--> statement-breakpoint
ALTER TABLE "erased_addresses" ADD CONSTRAINT "erased_addresses_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "erased_contacts" ADD CONSTRAINT "erased_contacts_integration_id_integrations_id_fk" FOREIGN KEY ("integration_id") REFERENCES "public"."integrations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "harm_counts" ADD CONSTRAINT "harm_counts_integration_id_integrations_id_fk" FOREIGN KEY ("integration_id") REFERENCES "public"."integrations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "conflicts_other" ON "conflicts" USING btree ("integration_id","other_id") WHERE closed_at is null;--> statement-breakpoint
CREATE INDEX "conflicts_link" ON "conflicts" USING btree ("link_id");--> statement-breakpoint
CREATE UNIQUE INDEX "conflicts_open" ON "conflicts" USING btree ("integration_id","side","record_id","kind",coalesce("mapping_id"::text, '')) WHERE closed_at is null;