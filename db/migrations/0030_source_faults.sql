ALTER TABLE "journal_positions" ALTER COLUMN "read_at" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "journal_positions" ALTER COLUMN "read_at" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "integrations" ADD COLUMN "poll_fault" jsonb;--> statement-breakpoint
ALTER TABLE "journal_positions" ADD COLUMN "fault" jsonb;