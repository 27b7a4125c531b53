-- of_weeks
select id, extract(week from p)::int, extract(isoyear from p)::int, extract(dow from p)::int + 1, extract(isodow from p)::int
from (select id, pub_date at time zone 'UTC' as p from blog_entry) e where p is not null order by id
-- of_dates
select id, extract(year from joined)::int, extract(month from joined)::int, extract(day from joined)::int, extract(week from joined)::int, extract(isoyear from joined)::int, extract(isodow from joined)::int from blog_author order by id
-- dates_and_times
select id, (pub_date at time zone 'UTC')::date, (pub_date at time zone 'UTC')::time from blog_entry where pub_date is not null order by id
