-- year_over_year
with m as (select extract(year from paid_at at time zone 'UTC')::int as y, extract(month from paid_at at time zone 'UTC')::int as m, sum(amount) as t from shop_payment group by 1, 2) select y, m, t, (select t from m b where b.y = a.y - 1 and b.m = a.m), round((t - (select t from m b where b.y = a.y - 1 and b.m = a.m)) / (select nullif(t, 0) from m b where b.y = a.y - 1 and b.m = a.m) * 100, 1) from m a order by 1, 2
-- year_to_date
with m as (select date_trunc('month', paid_at at time zone 'UTC') as m, sum(amount) as t from shop_payment group by 1) select m at time zone 'UTC', t, (select sum(t) from m b where b.m <= a.m and extract(year from b.m) = extract(year from a.m)) from m a order by a.m
-- pareto
with r as (select p.id, p.name, sum(l.quantity * l.unit_price) as r from shop_orderline l join shop_product p on p.id = l.product_id group by p.id, p.name) select name, r from r where coalesce((select sum(r) from r b where (b.r, -b.id) > (r.r, -r.id)), 0) < 0.8 * (select sum(r) from r) order by r desc, name collate "C"
-- funnel
select count(*), count(p.id), count(o.shipped), round(100.0 * count(p.id) / count(*), 1), round(100.0 * count(o.shipped) / count(p.id), 1) from shop_order o left join shop_payment p on p.order_id = o.id
-- funnel_by_country
select country, count(*), sum((select count(distinct customer_id) from shop_order o where o.customer_id = c.id))::bigint, sum((select count(distinct customer_id) from shop_order o where o.customer_id = c.id and status = 'shipped'))::bigint, sum((select count(distinct customer_id) from shop_review o where o.customer_id = c.id))::bigint from accounts_customer c group by country order by country collate "C"
-- new_and_returning
with o as (select customer_id, date_trunc('month', placed at time zone 'UTC') as m, (placed, id) = (select placed, id from shop_order b where b.customer_id = a.customer_id order by placed, id limit 1) as f from shop_order a) select m at time zone 'UTC', count(distinct case when f then customer_id end), count(distinct case when not f then customer_id end) from o group by m order by m
-- churned
select c.email, max(o.placed) from accounts_customer c join shop_order o on o.customer_id = c.id group by c.id, c.email having max(o.placed) < timestamptz '2024-10-01T00:00:00Z' - interval '2160 hours' order by 1
-- dau_and_mau
with o as (select customer_id, (placed at time zone 'UTC')::date as d from shop_order), m as (select date_trunc('month', d)::date as m, count(distinct customer_id) as n from o group by 1) select m.m, n, round((select avg(k) from (select count(distinct customer_id) as k from o where date_trunc('month', d)::date = m.m group by d) x) / n, 3)::float from m order by 1
-- recency_frequency_money
with r as (select c.id, c.email, max(o.placed) as l, count(*) as n, coalesce(sum(p.amount), 0) as m from accounts_customer c join shop_order o on o.customer_id = c.id left join shop_payment p on p.order_id = o.id group by c.id, c.email) select email, ntile(3) over (order by l, id), ntile(3) over (order by n, id), ntile(3) over (order by m, id) from r order by email
-- histogram_of_orders
select n, count(*) from (select c.id, count(o.id) as n from accounts_customer c left join shop_order o on o.customer_id = c.id group by c.id) x group by n order by n
-- histogram_with_gaps
select k, (select count(*) from accounts_customer c where (select count(*) from shop_order o where o.customer_id = c.id) = k) from generate_series(0, 10) k order by k
-- basket
select avg(n)::float, round(avg(a), 10) from (select count(*) as n, sum(quantity * unit_price) as a from shop_orderline group by order_id) x
-- cumulative_customers
with f as (select date_trunc('month', min(placed at time zone 'UTC')) as m from shop_order group by customer_id) select m at time zone 'UTC', count(*), (select count(*) from f g where g.m <= f.m) from f group by m order by m
-- unpivoted
select id, 'price', price::float from shop_product where id < 6 union all select id, 'weight', weight from shop_product where id < 6 order by 1, 2
-- weighted_average
select c.name, round(sum(l.unit_price * l.quantity) / sum(l.quantity), 10) from shop_orderline l join shop_product p on p.id = l.product_id join shop_category c on c.id = p.category_id group by c.id, c.name order by c.id
-- by_weekday
select to_char(placed at time zone 'UTC', 'Dy'), count(*) from shop_order group by 1, extract(isodow from placed at time zone 'UTC') order by extract(isodow from placed at time zone 'UTC')
-- classes_abc
with r as (select p.id, p.name, coalesce(sum(l.quantity * l.unit_price), 0) as r from shop_product p left join shop_orderline l on l.product_id = p.id group by p.id, p.name), c as (select name, (select sum(r) from r b where (b.r, -b.id) >= (r.r, -r.id)) / (select sum(r) from r) as s from r) select name, case when s <= 0.7 then 'A' when s <= 0.9 then 'B' else 'C' end from c order by name collate "C"
-- favourite_category_of_country
select distinct on (c.country collate "C") c.country, k.name, sum(l.quantity) from shop_orderline l join shop_order o on o.id = l.order_id join accounts_customer c on c.id = o.customer_id join shop_product p on p.id = l.product_id join shop_category k on k.id = p.category_id group by c.country, k.id, k.name order by c.country collate "C", 3 desc, k.id
-- days_between_orders
select c.email, round((max((placed at time zone 'UTC')::date) - min((placed at time zone 'UTC')::date))::numeric / (count(*) - 1), 2)::float, count(*) from shop_order o join accounts_customer c on c.id = o.customer_id group by c.id, c.email having count(*) > 1 order by c.email
-- median_by_month
select m at time zone 'UTC', percentile_cont(0.5) within group (order by amount), percentile_cont(0.9) within group (order by amount) from (select amount, date_trunc('month', paid_at at time zone 'UTC') as m from shop_payment) x group by m order by m
-- scores_z
select id, round(((stars - (select avg(stars) from shop_review)) / (select sqrt(avg(stars * stars) - avg(stars) * avg(stars)) from shop_review))::numeric, 6)::float from shop_review order by id
-- last_known_value
select d::date, (select amount from shop_payment where (paid_at at time zone 'UTC')::date <= d order by paid_at desc, id desc limit 1) from generate_series('2024-02-01'::date, '2024-02-14', '1 day') d order by 1
-- first_and_last
select customer_id, (array_agg(number order by placed, id))[1], (array_agg(number order by placed desc, id desc))[1] from shop_order group by 1 order by 1
-- open_on_each_day
select d::date, (select count(*) from shop_order where (placed at time zone 'UTC')::date <= d and coalesce(shipped > d, true) and status <> 'cancelled') from generate_series('2023-07-01'::date, '2023-07-31', '1 day') d order by 1
-- overlapping
select a.number, b.number from shop_order a join shop_order b on a.customer_id = b.customer_id and a.id < b.id where daterange((a.placed at time zone 'UTC')::date, a.shipped, '[]') && daterange((b.placed at time zone 'UTC')::date, b.shipped, '[]') and a.shipped is not null and b.shipped is not null order by 1, 2
-- repeat_within
select count(*), count(distinct customer_id) from shop_order o where (select min(placed) from shop_order p where p.customer_id = o.customer_id and p.placed > o.placed) <= o.placed + interval '14 days'
-- time_to_second
select c.email, b.placed - a.placed from accounts_customer c join (select *, row_number() over (partition by customer_id order by placed, id) as n from shop_order) a on a.customer_id = c.id and a.n = 1 join (select *, row_number() over (partition by customer_id order by placed, id) as n from shop_order) b on b.customer_id = c.id and b.n = 2 order by 1
-- rank_change
with y as (select p.id, p.name, extract(year from o.placed at time zone 'UTC')::int as y, sum(l.quantity) as n from shop_orderline l join shop_order o on o.id = l.order_id join shop_product p on p.id = l.product_id group by 1, 2, 3), r as (select *, (select count(*) + 1 from y b where b.y = a.y and b.n > a.n) as p from y a) select b.name, b.y, a.p, b.p, a.p - b.p from r b join r a on a.id = b.id and a.y = b.y - 1 order by b.y, b.name collate "C"
-- share_within_parent
select c.name, p.name, round(100.0 * sum(l.quantity) / (select sum(m.quantity) from shop_orderline m join shop_product q on q.id = m.product_id where q.category_id = c.id), 1) from shop_orderline l join shop_product p on p.id = l.product_id join shop_category c on c.id = p.category_id group by c.id, c.name, p.id, p.name order by c.id, p.id
-- rolled_up
with b as (select c.country, o.status, l.quantity as n from shop_orderline l join shop_order o on o.id = l.order_id join accounts_customer c on c.id = o.customer_id) select * from (select country, status, 0 as level, sum(n) from b group by 1, 2 union all select country, null, 1, sum(n) from b group by 1 union all select null, null, 3, sum(n) from b) x order by level, country collate "C", status collate "C"
-- running_distinct
with l as (select product_id, (o.placed at time zone 'UTC')::date as d from shop_orderline l join shop_order o on o.id = l.order_id) select d, (select count(distinct product_id) from l m where m.d <= l.d) from l group by d order by d limit 30
-- concentration
select round(sum(s * s), 6) from (select sum(quantity)::numeric / (select sum(quantity) from shop_orderline) as s from shop_orderline group by product_id) x
-- best_month_of_year
with m as (select extract(year from paid_at at time zone 'UTC')::int as y, extract(month from paid_at at time zone 'UTC')::int as m, sum(amount) as t from shop_payment group by 1, 2) select y, m, t from m a where t >= all (select t from m b where b.y = a.y) order by y
-- streak_of_growth
with recursive m as (select row_number() over (order by m) as i, m, n from (select date_trunc('month', placed at time zone 'UTC') as m, count(*) as n from shop_order group by 1) x), s as (select i, m, n, 0 as k, null::timestamp as since from m where i = 1 union all select m.i, m.m, m.n, case when m.n > s.n then s.k + 1 else 0 end, case when m.n > s.n then coalesce(s.since, m.m) end from s join m on m.i = s.i + 1) select since at time zone 'UTC', k from s where k > 0 order by k desc, since limit 1
-- half_lives
select id, amount, (select sum(amount) from shop_payment b where b.id <= a.id) <= (select sum(amount) / 2 from shop_payment) from shop_payment a order by id
-- difference_from_previous_customer
select product_id, stars, coalesce(stars - (select stars from shop_review b where b.product_id = a.product_id and b.id < a.id order by id desc limit 1), 0) from shop_review a order by product_id, id
-- most_common_pair_of_status
with o as (select *, row_number() over (partition by customer_id order by placed, id) as i from shop_order) select a.status, b.status, count(*) from o a join o b on b.customer_id = a.customer_id and b.i = a.i + 1 group by 1, 2 order by 3 desc, a.status collate "C", b.status collate "C"
-- countries_below_average
select country, count(*) from shop_order o join accounts_customer c on c.id = o.customer_id group by 1 having count(*) < (select count(*)::numeric / count(distinct country) from shop_order o join accounts_customer c on c.id = o.customer_id) order by country collate "C"
