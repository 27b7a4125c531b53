-- constants
select 42, 'it''s', 'a \ b', 1.50, true, null, date '2024-02-29', 1000::float8
