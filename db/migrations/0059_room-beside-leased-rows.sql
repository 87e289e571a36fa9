-- At 60 a page leases three in four of its records in their place, and writes the others into every index. At 50 it is all of them.
ALTER TABLE "run_items" SET (fillfactor = 50);
