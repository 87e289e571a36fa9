-- That HubSpot's API refuses a renewed token is a kind of its own, which a mark told before.
update connections set refresh_fault = (refresh_fault - 'byApi') || '{"kind": "token_refused"}'
where refresh_fault ? 'byApi';
