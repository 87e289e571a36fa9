ALTER TABLE "connections" ADD COLUMN "refresh_again_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "refresh_failures" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "scopes_read_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "integrations" ADD COLUMN "constant_stopped" text;--> statement-breakpoint
ALTER TABLE "integrations" ADD COLUMN "status_stopped" text;--> statement-breakpoint
ALTER TABLE "journal_positions" ADD COLUMN "stuck" jsonb;--> statement-breakpoint
ALTER TABLE "record_links" ADD COLUMN "owed" text[] DEFAULT '{}'::text[] NOT NULL;