ALTER TABLE "conflicts" DROP CONSTRAINT "conflicts_mapping_id_field_mappings_id_fk";
--> statement-breakpoint
ALTER TABLE "conflicts" ADD COLUMN "decided_in" "xid8";--> statement-breakpoint
ALTER TABLE "conflicts" ADD CONSTRAINT "conflicts_mapping_id_field_mappings_id_fk" FOREIGN KEY ("mapping_id") REFERENCES "public"."field_mappings"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "conflicts_decided_in" ON "conflicts" USING btree ("integration_id","decided_in") WHERE decided_in is not null;