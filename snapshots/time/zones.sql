-- read
select id, pub_date at time zone 'Europe/Berlin' at time zone 'UTC', pub_date at time zone 'America/New_York' at time zone 'UTC',
       pub_date at time zone 'Asia/Kolkata' at time zone 'UTC', pub_date
from blog_entry where id <= 40 order by id
-- by_local_day
select (pub_date at time zone 'Australia/Sydney')::date as day, count(*) from blog_entry group by 1 order by 1 nulls last
-- changes
select m, m at time zone 'Europe/Paris' at time zone 'UTC', extract(hour from m at time zone 'Europe/London')::int,
       (m + interval '5040 hours') at time zone 'Europe/Paris' at time zone 'UTC'
from generate_series(timestamptz '2024-03-31 00:00:00+00', timestamptz '2024-03-31 02:00:00+00', interval '30 minutes') as m order by m
-- parts
select id, date_trunc('day', pub_date at time zone 'Pacific/Auckland') at time zone 'UTC' from blog_entry
where extract(year from pub_date at time zone 'Pacific/Auckland') <> extract(year from pub_date at time zone 'UTC')
   or date_trunc('month', pub_date at time zone 'America/Sao_Paulo') < timestamp '2015-01-01'
order by id
