DROP INDEX "conflicts_other";--> statement-breakpoint
CREATE INDEX "conflicts_record" ON "conflicts" USING btree ("integration_id","side","record_id");--> statement-breakpoint
CREATE INDEX "activities_settings" ON "activities" USING btree ("integration_id","id") WHERE kind = 'integration/changed';--> statement-breakpoint
CREATE INDEX "activities_ruled" ON "activities" USING btree ("integration_id","at") WHERE changes @> '[{"why": "policy"}]';--> statement-breakpoint
CREATE INDEX "conflicts_other" ON "conflicts" USING btree ("integration_id","other_id");