-- Turns are kept by their times now; those that were only counted begin anew.
UPDATE "record_links" SET "turns" = '{}' WHERE "turns" <> '{}';
