DROP INDEX "record_statuses_status";--> statement-breakpoint
ALTER TABLE "record_statuses" ADD COLUMN "verified_at" timestamp with time zone;--> statement-breakpoint
UPDATE "record_statuses" SET "verified_at" = "at" WHERE "status" = 'in_sync';--> statement-breakpoint
ALTER TABLE "record_statuses" ADD COLUMN "contact_name" text;--> statement-breakpoint
ALTER TABLE "record_statuses" ADD COLUMN "contact_email" text;--> statement-breakpoint
ALTER TABLE "record_statuses" ADD COLUMN "contact_words" "tsvector" GENERATED ALWAYS AS (case when side = 'hubspot' then prospect_words(integration_id, coalesce(left(contact_name, 200), '') || ' ' || coalesce(left(contact_email, 300), '')) end) STORED;--> statement-breakpoint
CREATE INDEX "record_statuses_reason" ON "record_statuses" USING btree ("integration_id","status","reason","at","side","record_id") WHERE reason is not null;--> statement-breakpoint
CREATE INDEX "record_statuses_contact" ON "record_statuses" USING gin ("contact_words") WHERE contact_words is not null;--> statement-breakpoint
CREATE INDEX "record_statuses_status" ON "record_statuses" USING btree ("integration_id","status","at","side","record_id");--> statement-breakpoint
ALTER TABLE "record_links" DROP COLUMN "last_synced_at";