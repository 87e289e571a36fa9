ALTER TABLE "integrations" ADD COLUMN "poll_window" jsonb;--> statement-breakpoint
ALTER TABLE "integrations" ADD COLUMN "gone_lists" text[] DEFAULT '{}'::text[] NOT NULL;