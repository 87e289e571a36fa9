CREATE TABLE "journal_positions" (
	"app_id" text PRIMARY KEY NOT NULL,
	"offset" text,
	"read_at" timestamp with time zone DEFAULT now() NOT NULL,
	"refused_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "journal_subscriptions" (
	"account_id" text PRIMARY KEY NOT NULL,
	"properties" text[] NOT NULL,
	"subscribed_at" timestamp with time zone DEFAULT now() NOT NULL
);
