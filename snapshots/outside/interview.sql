-- islands_of_days
select min(d), max(d), count(*) from (select d, d - (row_number() over (order by d))::int as g from (select distinct (placed at time zone 'UTC')::date as d from shop_order) x) y group by g order by 1
-- runs_of_a_status
select customer_id, status, g, count(*), min(placed) from (select *, row_number() over (partition by customer_id order by placed, id) - row_number() over (partition by customer_id, status order by placed, id) as g from shop_order) r group by customer_id, status, g order by 1, 5, status collate "C", g
-- running_balance
select id, sum(amount) over (order by paid_at, id rows unbounded preceding), sum(amount) over (order by paid_at range between interval '7 days' preceding and current row), round(avg(amount) over (order by paid_at, id rows 6 preceding), 4) from shop_payment order by id
-- month_over_month
select m at time zone 'UTC', t, t - lag(t) over (order by m), round((t / nullif(lag(t) over (order by m), 0) - 1) * 100, 1) from (select date_trunc('month', paid_at at time zone 'UTC') as m, sum(amount) as t from shop_payment group by 1) x order by 1
-- three_months
select m at time zone 'UTC', n, sum(n) over (order by m rows between 2 preceding and current row) from (select date_trunc('month', placed at time zone 'UTC') as m, count(*) as n from shop_order group by 1) x order by 1
-- retention
select f.m0 at time zone 'UTC', ((extract(year from o.p) - extract(year from f.m0)) * 12 + extract(month from o.p) - extract(month from f.m0))::int, count(distinct o.customer_id) from (select *, placed at time zone 'UTC' as p from shop_order) o join (select customer_id, date_trunc('month', min(placed at time zone 'UTC')) as m0 from shop_order group by 1) f on f.customer_id = o.customer_id group by f.m0, 2 order by f.m0, 2
-- cohorts
select date_trunc('month', c.joined at time zone 'UTC') at time zone 'UTC', date_trunc('month', o.placed at time zone 'UTC') at time zone 'UTC', count(distinct c.id), count(*) from accounts_customer c join shop_order o on o.customer_id = c.id group by 1, 2 order by 1, 2
-- median_of_groups
select c.name, percentile_cont(0.5) within group (order by l.unit_price), mode() within group (order by l.quantity) from shop_orderline l join shop_product p on p.id = l.product_id join shop_category c on c.id = p.category_id group by c.id, c.name order by c.id
-- median_by_hand
select c.name, round(percentile_cont(0.5) within group (order by p.price)::numeric, 10) from shop_product p join shop_category c on c.id = p.category_id group by c.id, c.name order by c.id
-- pivot
select c.country, count(*) filter (where o.status = 'open'), count(*) filter (where o.status = 'paid'), count(*) filter (where o.status = 'shipped' and extract(dow from o.placed at time zone 'UTC') in (0, 6)) from shop_order o join accounts_customer c on c.id = o.customer_id group by 1 order by c.country collate "C"
-- sessions
select customer_id, id, sum(case when gap <= interval '30 days' then 0 else 1 end) over (partition by customer_id order by placed, id) from (select *, placed - lag(placed) over (partition by customer_id order by placed, id) as gap from shop_order) s order by customer_id, placed, id
-- share_of_total
select name, r, round(100 * r / sum(r) over (), 2), sum(r) over (order by r desc, id) from (select p.id, p.name, sum(l.quantity * l.unit_price) as r from shop_orderline l join shop_product p on p.id = l.product_id group by p.id, p.name) x order by r desc, id limit 10
-- share_by_subquery
select c.name, round(100 * sum(l.quantity * l.unit_price) / (select sum(quantity * unit_price) from shop_orderline), 2) from shop_orderline l join shop_product p on p.id = l.product_id join shop_category c on c.id = p.category_id group by c.id, c.name order by c.id
-- second_dearest
select price from (select distinct price from shop_product order by price desc limit 2) x order by price limit 1
-- third_price
select name, price from shop_product where price = (select distinct price from shop_product order by price desc offset 2 limit 1) order by name collate "C"
-- top_of_each
select category_id, name, price from (select *, row_number() over (partition by category_id order by price desc, id) as n from shop_product) x where n <= 2 order by category_id, price desc, id
-- best_order_of_each
select email, number, total from (select distinct on (o.customer_id) c.email, o.number, coalesce((select sum(quantity * unit_price) from shop_orderline l where l.order_id = o.id), 0) as total from shop_order o join accounts_customer c on c.id = o.customer_id order by o.customer_id, 3 desc, o.id) x order by email collate "C"
-- deduplicated
select distinct on (product_id) product_id, stars, id from shop_review order by product_id, stars desc, id
-- dearest_by_category
select c.name, (select p.name from shop_product p where p.category_id = c.id order by p.price desc, p.id limit 1) from shop_category c order by c.id
-- above_their_average
select name from (select name, price, avg(price) over (partition by category_id) as a from shop_product) x where price > a order by name collate "C"
-- buckets
select floor(price / 50) * 50, count(*) from shop_product group by 1 order by 1
-- quartiles
select email, ntile(4) over (order by paid desc, id) from (select c.id, c.email, coalesce(sum(p.amount), 0) as paid from accounts_customer c left join shop_order o on o.customer_id = c.id left join shop_payment p on p.order_id = o.id group by c.id, c.email) x order by email collate "C"
-- bought_together
select a.product_id, b.product_id, count(*) from shop_orderline a join shop_orderline b on b.order_id = a.order_id and b.product_id > a.product_id group by 1, 2 order by 3 desc, 1, 2 limit 5
-- from_five_categories
select c.email from accounts_customer c join shop_order o on o.customer_id = c.id join shop_orderline l on l.order_id = o.id join shop_product p on p.id = l.product_id group by c.id, c.email having count(distinct p.category_id) >= 5 order by c.email collate "C"
-- all_of_them
select c.email from accounts_customer c where not exists (select id from shop_product where price > 400 and active except select l.product_id from shop_order o join shop_orderline l on l.order_id = o.id where o.customer_id = c.id) order by c.email collate "C"
-- gaps_of_keys
select id + 1, nxt - 1 from (select id, (select min(b.id) from shop_order b where b.id > a.id and b.status <> 'open') as nxt from shop_order a where status <> 'open') x where nxt - id > 1 order by 1
-- calendar
select d::date, (select count(*) from shop_order o where (o.placed at time zone 'UTC')::date = d::date) from generate_series('2024-01-01'::date, '2024-02-29'::date, '1 day') d order by 1
-- months_without
select m::date from generate_series('2023-01-01'::date, '2025-12-01'::date, '1 month') m where m::date not in (select date_trunc('month', placed at time zone 'UTC')::date from shop_order) order by 1
-- domains
select substr(email, strpos(email, '@') + 1), strpos(email, '@') - 1, count(*) from accounts_customer group by 1, 2 order by 3 desc, 1, 2
-- names_joined
select o.number, string_agg(p.name, ', ' order by p.name collate "C", l.id) from shop_order o join shop_orderline l on l.order_id = o.id join shop_product p on p.id = l.product_id group by o.number order by o.number limit 9
-- all_shipped
select c.email, coalesce(bool_and(o.status = 'shipped'), true), string_agg(upper(o.number), '/' order by o.number), sum(case when o.status = 'paid' then 1 when o.id is not null then 0 end) from accounts_customer c left join shop_order o on o.customer_id = c.id group by c.id, c.email order by c.email collate "C"
-- chain_of_names
with recursive t as (select id, id as at, parent_id, name::text as path from shop_category union all select t.id, p.id, p.parent_id, p.name || ' / ' || t.path from t join shop_category p on p.id = t.parent_id)
select id, path, (select count(*) - 1 from t b where b.at = t.id) from t where parent_id is null order by id
-- chain_by_recursion
with recursive t as (select id, name::text as path, 1 as depth from shop_category where parent_id is null union all select c.id, t.path || ' > ' || c.name, t.depth + 1 from shop_category c join t on c.parent_id = t.id) select id, path, depth from t order by id
-- fibonacci
select unnest(array[0, 1, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89])
-- customers_who_came_again
select count(*), count(*) filter (where k > 1), round(100.0 * count(*) filter (where k > 1) / count(*), 1) from (select count(*) as k from shop_order group by customer_id) x
-- between_orders
select number, lead(placed) over w - placed, nth_value(number, 2) over (w rows between unbounded preceding and unbounded following) from shop_order window w as (partition by customer_id order by placed, id) order by number limit 30
-- tiers
select case when s > 300 then 'gold' when s > 100 then 'silver' else 'bronze' end, count(*), sum(s) from (select coalesce(sum(p.amount), 0) as s from accounts_customer c left join shop_order o on o.customer_id = c.id left join shop_payment p on p.order_id = o.id group by c.id) x group by 1 order by 1
