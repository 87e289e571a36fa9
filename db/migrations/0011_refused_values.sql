ALTER TABLE "connections" ADD COLUMN "properties_doubted_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "record_links" ADD COLUMN "refused" jsonb DEFAULT '{}'::jsonb NOT NULL;