-- Once a statement, whatever the number of addresses that it writes. EXECUTE has each run planned for the rows that it is of:
-- a plan that was made while there were few would be kept.
CREATE OR REPLACE FUNCTION keep_email_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE $words$
    UPDATE prospects SET email_words = current.words
    FROM (
      SELECT owner.id, (
        SELECT coalesce(string_agg(match_key, ' ' ORDER BY is_primary DESC, position, match_key), '')
        FROM prospect_emails WHERE prospect_id = owner.id) AS words
      FROM (SELECT DISTINCT prospect_id AS id FROM written) owner) current
    WHERE prospects.id = current.id AND email_words IS DISTINCT FROM current.words
  $words$;
  RETURN null;
END $$;--> statement-breakpoint
DROP TRIGGER "prospect_emails_words" ON "prospect_emails";--> statement-breakpoint
CREATE TRIGGER "prospect_emails_words_added" AFTER INSERT ON "prospect_emails"
REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION keep_email_words();--> statement-breakpoint
CREATE TRIGGER "prospect_emails_words_changed" AFTER UPDATE ON "prospect_emails"
REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION keep_email_words();--> statement-breakpoint
CREATE TRIGGER "prospect_emails_words_removed" AFTER DELETE ON "prospect_emails"
REFERENCING OLD TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION keep_email_words();
