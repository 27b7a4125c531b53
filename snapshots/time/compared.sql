-- of_a_day
select id, pub_date from blog_entry where (pub_date at time zone 'UTC')::date = '2024-02-29' order by pub_date, id
-- of_a_year
select id from blog_entry where extract(year from pub_date at time zone 'UTC') = 2024 order by id
-- the_last_microsecond
select id from blog_entry where pub_date = '2023-12-31 23:59:59.999999+00' order by id
-- with_offset
select id from blog_entry where pub_date > '2024-12-31 22:30:00+00' order by id
-- after_time
select id, pub_date from blog_entry where (pub_date at time zone 'UTC')::time > '23:00' order by id
-- of_dates
select id, joined from blog_author where joined >= '2020-01-01' and joined < '2020-01-05' order by id
