ALTER TABLE "journal_subscriptions" ADD COLUMN "refused_properties" text[];--> statement-breakpoint
ALTER TABLE "journal_subscriptions" ADD COLUMN "refused_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "journal_subscriptions" ADD COLUMN "privacy_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "journal_subscriptions" ADD COLUMN "privacy_refused_at" timestamp with time zone;