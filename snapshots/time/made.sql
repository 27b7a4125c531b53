-- made
select date '2024-02-29', 1704067200.5::float8, timestamptz '1970-01-01 00:00:00+00'
-- of_rows
select id, date_trunc('year', joined)::date from blog_author order by id
-- seconds
select id, extract(epoch from pub_date)::float8 from blog_entry where pub_date is not null order by id
