-- orders_per_day
select d::date, count(o.id) from generate_series('2024-01-01'::date, '2024-01-31', '1 day') d left join shop_order o on (o.placed at time zone 'UTC')::date = d::date group by d order by d
-- orders_per_month_and_status
select m::date, s, (select count(*) from shop_order o where status = s and date_trunc('month', placed at time zone 'UTC') = m) from generate_series('2024-01-01'::timestamp, '2024-12-01', '1 month') m, unnest(array['cancelled', 'open', 'paid', 'shipped']) s order by m, s
-- revenue_per_month
select m::date, coalesce((select sum(amount) from shop_payment where date_trunc('month', paid_at at time zone 'UTC') = m), 0) from generate_series('2024-01-01'::timestamp, '2024-12-01', '1 month') m order by m
-- per_week
select w at time zone 'UTC', count(*) from (select date_trunc('week', placed at time zone 'UTC') as w from shop_order where extract(year from placed at time zone 'UTC') = 2024) x group by w order by w
-- per_iso_week
select to_char(placed at time zone 'UTC', 'IYYY')::int, to_char(placed at time zone 'UTC', 'IW')::int, count(*) from shop_order group by 1, 2 order by 1, 2
-- per_hour
select h, (select count(*) from shop_order where extract(hour from placed at time zone 'UTC') = h) from generate_series(0, 23) h order by h
-- running_by_month
with m as (select m, (select count(*) from shop_order where date_trunc('month', placed at time zone 'UTC') = m) as n from generate_series('2024-01-01'::timestamp, '2024-06-01', '1 month') m) select m::date, n, (select sum(n) from m b where b.m <= a.m), (select avg(n)::float from m b where b.m <= a.m and b.m > a.m - interval '3 months') from m a order by m
-- per_fortnight
select s::date, count(*) from generate_series('2024-01-01'::date, '2026-01-01', '14 days') s join shop_order o on (o.placed at time zone 'UTC')::date >= s::date and (o.placed at time zone 'UTC')::date < s::date + 14 group by s order by s
-- age_of_open_orders
select case width_bucket(a, array[100, 300]) when 0 then '0-99' when 1 then '100-299' else '300+' end, count(*), min(a), max(a) from (select '2025-02-01'::date - (placed at time zone 'UTC')::date as a from shop_order where status = 'open') x group by 1 order by 1
-- last_day_of_month
select number, (select max(d)::date from generate_series((placed at time zone 'UTC')::date, (placed at time zone 'UTC')::date + 31, '1 day') d where extract(month from d) = extract(month from placed at time zone 'UTC')) from shop_order order by number limit 5
-- weekend_or_not
select to_char(placed at time zone 'UTC', 'Dy') in ('Sat', 'Sun'), count(*) from shop_order group by 1 order by 1
-- working_days
select number, (select count(*) from generate_series((placed at time zone 'UTC')::date, shipped, '1 day') d where to_char(d, 'Dy') not in ('Sat', 'Sun')) from shop_order where shipped is not null order by number
-- same_day_each_year
select email from accounts_customer where to_char(joined at time zone 'UTC', 'MM-DD') = '02-29' order by email
-- busiest_hour_of_weekday
select distinct on (w) w, h, n from (select extract(isodow from placed at time zone 'UTC')::int as w, extract(hour from placed at time zone 'UTC')::int as h, count(*) as n from shop_order group by 1, 2) x order by w, n desc, h
-- quarters_as_text
select to_char(paid_at at time zone 'UTC', 'YYYY"-Q"Q'), sum(amount) from shop_payment group by 1 order by 1
-- months_since_joining
select m, count(*), count(distinct customer_id) from (select o.customer_id, (12 * extract(year from o.placed at time zone 'UTC') + extract(month from o.placed at time zone 'UTC') - 12 * extract(year from c.joined at time zone 'UTC') - extract(month from c.joined at time zone 'UTC'))::int as m from shop_order o join accounts_customer c on c.id = o.customer_id) x where m >= 0 group by m order by m
-- first_of_each_month
select distinct on (m) m::date, number from (select *, date_trunc('month', placed at time zone 'UTC') as m from shop_order) x order by m, placed, id
-- gaps_between_days
select a, b, (b - a) * interval '1 day' from (select d as a, (select min((placed at time zone 'UTC')::date) from shop_order where (placed at time zone 'UTC')::date > d) as b from (select distinct (placed at time zone 'UTC')::date as d from shop_order) x) y where b - a > 14 order by a
-- hours_of_processing
select id, (extract(epoch from processing_time) / 3600)::float from shop_payment where processing_time > interval '1 hour' order by id
-- since_days
select count(*) from shop_payment where paid_at >= '2024-01-01T00:00:00Z' and paid_at <= '2024-02-01T00:00:00Z'
-- in_a_zone
select (placed at time zone 'Asia/Tokyo')::date, count(*) from shop_order group by 1 order by 1 limit 10
