ALTER TABLE "integrations" ADD COLUMN "marks_contacts" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "integrations" ADD COLUMN "mark_stopped" text;