DROP INDEX "runner_events_unrouted";--> statement-breakpoint
ALTER TABLE "runner_jobs" ADD COLUMN "subject" text;--> statement-breakpoint
ALTER TABLE "runner_events" DROP COLUMN "routed";