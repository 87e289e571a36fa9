DROP INDEX "notices_workspace";--> statement-breakpoint
CREATE INDEX "notices_workspace" ON "notices" USING btree ("workspace_id","news_at","id");