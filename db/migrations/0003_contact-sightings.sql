CREATE TABLE "seen_contacts" (
	"integration_id" uuid NOT NULL,
	"contact_id" text NOT NULL,
	"contact_updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "seen_contacts_integration_id_contact_id_pk" PRIMARY KEY("integration_id","contact_id")
);
--> statement-breakpoint
ALTER TABLE "integrations" ADD COLUMN "link_cursor" text;--> statement-breakpoint
ALTER TABLE "integrations" ADD COLUMN "existing_linked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "seen_contacts" ADD CONSTRAINT "seen_contacts_integration_id_integrations_id_fk" FOREIGN KEY ("integration_id") REFERENCES "public"."integrations"("id") ON DELETE cascade ON UPDATE no action;