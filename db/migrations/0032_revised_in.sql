ALTER TABLE "conflicts" ADD COLUMN "revised_in" "xid8" DEFAULT pg_current_xact_id() NOT NULL;--> statement-breakpoint
ALTER TABLE "conflicts" DROP COLUMN "revised_at";