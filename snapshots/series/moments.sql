-- days
select d::date from generate_series(timestamp '2024-02-27', '2024-03-02', '1 day') d order by 1
-- backwards
select * from (values (date '2024-03-02'), ('2024-02-29'), ('2024-02-27')) v order by 1 desc
-- month_ends
select * from (values (date '2024-01-31'), ('2024-02-29'), ('2024-03-31'), ('2024-04-30'), ('2024-05-31'), ('2024-06-30')) v order by 1
-- the_last_month_is_not_full
select * from (values (date '2024-01-31'), ('2024-02-29'), ('2024-03-31'), ('2024-04-30'), ('2024-05-31')) v order by 1
-- months_back
select * from (values (date '2024-05-31'), ('2024-04-30'), ('2024-03-31'), ('2024-02-29'), ('2024-01-31')) v order by 1
-- leap_years
select * from (values (date '2020-02-29'), ('2021-02-28'), ('2022-02-28'), ('2023-02-28'), ('2024-02-29'), ('2025-02-28')) v order by 1
-- weeks
select d::date from generate_series(timestamp '2024-01-01', '2024-01-31', '7 days') d order by 1
-- weeks 2
select date '2024-01-01' where false
-- weeks 3
select date '2024-01-01' where false
-- months_by_parameter
select * from (values (date '2023-10-31'), ('2023-11-30'), ('2023-12-31'), ('2024-01-31'), ('2024-02-29')) v order by 1
-- months_by_parameter 2
select * from (values (date '2024-03-31'), ('2024-01-31'), ('2023-11-30')) v order by 1
-- days_by_parameter
select * from (values (date '2024-01-01'), ('2024-01-05'), ('2024-01-09')) v order by 1
-- hours
select * from generate_series(timestamptz '2024-02-29 18:00:00+00', '2024-03-01 06:00:00+00', '6 hours') order by 1
-- half_seconds
select * from generate_series(timestamptz '2024-02-29 23:59:59.5+00', '2024-03-01 00:00:01+00', '0.5 seconds') order by 1
-- half_seconds 2
select now() where false
-- half_hours_back
select * from generate_series(timestamptz '2024-02-29 22:00:00+00', '2024-02-29 23:00:00+00', '30 minutes') order by 1
-- months_of_datetimes
select * from (values (timestamptz '2024-01-31 12:00:00+00'), ('2024-02-29 12:00:00+00'), ('2024-03-31 12:00:00+00')) v order by 1
-- entries_of_each_month
select d::date, (select count(*) from blog_entry where date_trunc('month', pub_date at time zone 'UTC') = d) from generate_series(timestamp '2024-01-01', '2024-12-01', '1 month') d order by 1
-- days_of_each_author
select id, joined + n from blog_author, generate_series(0, 2) n where id <= 2 order by 1, 2
-- days_of_each_author_or_none
select * from (values (1, null::date), (2, '2024-01-01'), (3, '2024-01-01'), (3, '2024-01-02'), (4, '2024-01-01'), (4, '2024-01-02'), (4, '2024-01-03')) v order by 1, 2
