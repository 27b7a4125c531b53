-- moments
select id, date_trunc('year', p) at time zone 'UTC', date_trunc('quarter', p) at time zone 'UTC', date_trunc('month', p) at time zone 'UTC',
  date_trunc('week', p) at time zone 'UTC', date_trunc('day', p) at time zone 'UTC', date_trunc('hour', p) at time zone 'UTC'
from (select id, pub_date at time zone 'UTC' as p from blog_entry) e where p is not null order by id
-- dates
select id, date_trunc('month', joined)::date, date_trunc('week', joined)::date, date_trunc('year', joined)::date from blog_author order by id
-- by_month
select date_trunc('month', pub_date at time zone 'UTC') at time zone 'UTC', count(*) from blog_entry where pub_date is not null group by 1 order by 1
