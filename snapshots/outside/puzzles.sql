-- second_highest
select max(price) from shop_product where price < (select max(price) from shop_product)
-- nth_highest
select distinct price from shop_product a where (select count(distinct price) from shop_product b where b.price > a.price) = 2
-- nth_highest 2
select null::numeric
-- rank_scores
select stars, (select count(distinct b.stars) from shop_review b where b.stars >= a.stars) from shop_review a order by stars desc, id
-- consecutive_numbers
select distinct a.status from shop_order a join shop_order b on b.id = (select max(id) from shop_order where id < a.id) join shop_order c on c.id = (select max(id) from shop_order where id < b.id) where a.status = b.status and b.status = c.status order by a.status
-- earned_more_than_the_manager
select c.email, r.email from accounts_customer c join accounts_customer r on r.id = c.referred_by_id where c.joined < r.joined order by c.email
-- duplicate_names
select first_name, count(*) from accounts_customer group by 1 having count(*) > 1 order by first_name collate "C"
-- highest_of_department
select c.name, p.name, p.price from shop_product p join shop_category c on c.id = p.category_id where not exists (select 1 from shop_product q where q.category_id = p.category_id and q.price > p.price) order by c.name collate "C", p.name collate "C"
-- top_three_salaries
select category_id, r, name from (select *, (select count(distinct q.price) from shop_product q where q.category_id = p.category_id and q.price >= p.price) as r from shop_product p) x where r <= 3 order by category_id, r, name collate "C"
-- rising_temperature
with d as (select (placed at time zone 'UTC')::date as d, count(*) as n from shop_order group by 1) select a.d, a.n, b.n from d a join d b on b.d = a.d - 1 where a.n > b.n order by 1
-- trips_and_users
select (placed at time zone 'UTC')::date, round(avg(case when status = 'cancelled' then 1.0 else 0.0 end), 2)::float from shop_order o join accounts_customer c on c.id = o.customer_id where c.country <> 'FR' and (placed at time zone 'UTC')::date between '2024-01-01' and '2024-06-30' group by 1 order by 1
-- human_traffic
with s as (select id, status, id - row_number() over (order by id) as g from shop_order where status <> 'cancelled') select id, status, (select count(*) from s t where t.g = s.g) from s where (select count(*) from s t where t.g = s.g) >= 5 order by id
-- exchanged_seats
select row_number() over (order by id + case when id % 2 = 1 then 1 else -1 end), first_name from accounts_customer order by 1
-- five_reports
select r.email, count(*) from accounts_customer c join accounts_customer r on r.id = c.referred_by_id group by r.id, r.email having count(*) >= 2 order by r.email
-- most_orders
select c.email, count(*) from shop_order o join accounts_customer c on c.id = o.customer_id group by c.id, c.email having count(*) >= all (select count(*) from shop_order group by customer_id) order by c.email
-- who_has_the_most_friends
select w, count(*) from (select unnest(array[id, referred_by_id]) as w from accounts_customer where referred_by_id is not null) x group by w order by 2 desc, 1 limit 3
-- tree_nodes
select id, case when parent_id is null then 'Root' when id in (select parent_id from shop_category where parent_id is not null) then 'Inner' else 'Leaf' end from shop_category order by id
-- never_bought_from
select email from accounts_customer where id not in (select o.customer_id from shop_order o join shop_orderline l on l.order_id = o.id join shop_product p on p.id = l.product_id join shop_category c on c.id = p.category_id where c.name = 'Tools') order by email
-- first_year_of_each_product
with l as (select l.*, extract(year from o.placed at time zone 'UTC')::int as y from shop_orderline l join shop_order o on o.id = l.order_id) select product_id, y, quantity, unit_price from l where y = (select min(y) from l m where m.product_id = l.product_id) order by product_id, id
-- bought_all
select email from accounts_customer c where not exists (select id from shop_product where price = 9.99 except select l.product_id from shop_order o join shop_orderline l on l.order_id = o.id where o.customer_id = c.id) order by email
-- immediate_share
select round(100.0 * count(*) filter (where shipped = (placed at time zone 'UTC')::date) / count(*), 2)::float from (select *, row_number() over (partition by customer_id order by placed, id) as n from shop_order) x where n = 1
-- price_on_a_day
select p.id, coalesce((select l.unit_price from shop_orderline l join shop_order o on o.id = l.order_id where l.product_id = p.id and o.placed < '2024-03-01T00:00:00Z' order by o.placed desc, l.id desc limit 1), 10) from shop_product p order by 1
-- last_to_fit_in
select name from (select p.*, (select sum(weight) from shop_product q where q.weight > 0 and (q.price, q.id) <= (p.price, p.id)) as t from shop_product p where weight > 0) x where t <= 40 order by t desc limit 1
-- count_salary_classes
select 'Absurd', count(*) filter (where price >= 1000 and price < 10000) from shop_product union all select 'Average', count(*) filter (where price >= 10 and price < 100) from shop_product union all select 'High', count(*) filter (where price >= 100 and price < 1000) from shop_product union all select 'Low', count(*) filter (where price < 10) from shop_product
-- moving_week
with d as (select (paid_at at time zone 'UTC')::date as d, sum(amount) as t from shop_payment group by 1) select d, (select sum(t) from d e where e.d between d.d - 6 and d.d), round((select sum(t) from d e where e.d between d.d - 6 and d.d) / 7, 2) from d where d >= (select min(d) + 6 from d) order by d
-- greatest_raters
select name, n from ((select c.first_name as name, count(*)::bigint as n from shop_review r join accounts_customer c on c.id = r.customer_id group by c.id, c.first_name order by 2 desc, c.id limit 1) union all (select p.name, round(avg(stars))::bigint from shop_review r join shop_product p on p.id = r.product_id group by p.id, p.name order by avg(stars) desc, p.name collate "C" limit 1)) x order by n desc, name collate "C"
-- shared_and_alone
select sum(unit_price), count(*) from shop_orderline l where exists (select 1 from shop_orderline m where m.id <> l.id and m.unit_price = l.unit_price) and not exists (select 1 from shop_orderline m where m.id <> l.id and m.product_id = l.product_id and m.quantity = l.quantity)
-- pivoted_names
with n as (select first_name, country, row_number() over (partition by country order by first_name collate "C", id) as i from accounts_customer) select k.i, d.first_name, f.first_name, u.first_name from (select distinct i from n) k left join n d on d.i = k.i and d.country = 'DE' left join n f on f.i = k.i and f.country = 'FR' left join n u on u.i = k.i and u.country = 'US' order by 1
-- team_size
select id, (select count(*) from accounts_customer d where d.country = c.country) from accounts_customer c order by id
-- capital_gain
select p.name, sum(l.unit_price * l.quantity * case when o.status = 'cancelled' then -1 else 1 end) from shop_orderline l join shop_order o on o.id = l.order_id join shop_product p on p.id = l.product_id group by p.id, p.name order by p.id
-- special_bonus
select id, case when id % 2 = 1 and first_name not like 'M%' then 100 else 0 end from accounts_customer order by id
-- valid_emails
select count(*) from accounts_customer where email ~ '^[a-zA-Z][a-zA-Z0-9_.-]*@example\.com$' and position('07' in email) = 0
-- has_the_word
select name from shop_product where name ~ '(^| )B' order by name collate "C"
-- products_by_date
select (o.placed at time zone 'UTC')::date, count(distinct p.id), string_agg(distinct p.name::text collate "C", ',' order by p.name::text collate "C") from shop_orderline l join shop_order o on o.id = l.order_id join shop_product p on p.id = l.product_id group by 1 order by 1 limit 20
-- calls_between_two
select a.product_id, b.product_id, 2 * count(*) from shop_orderline a join shop_orderline b on b.order_id = a.order_id and a.product_id < b.product_id group by 1, 2 order by 3 desc, 1, 2 limit 10
-- contiguous_dates
with d as (select d::date as d, exists (select 1 from shop_order where (placed at time zone 'UTC')::date = d::date) as busy from generate_series('2024-01-01'::date, '2024-01-31', '1 day') d), g as (select d, busy, count(*) filter (where changed) over (order by d) as g from (select d, busy, busy is distinct from lag(busy) over (order by d) as changed from d) x) select case when busy then 'busy' else 'quiet' end, min(d), max(d) from g group by g, busy order by 2
-- ctr
select p.id, coalesce(round(100.0 * count(r.id) filter (where r.stars > 3) / nullif(count(r.id), 0), 2), 0) from shop_product p left join shop_review r on r.product_id = p.id group by p.id order by 2 desc, 1
-- average_selling_price
select p.id, coalesce(round(sum(l.unit_price * l.quantity) / sum(l.quantity), 2), 0) from shop_product p left join shop_orderline l on l.product_id = p.id group by p.id order by 1
-- months_as_columns
select y, sum(case when m = 1 then amount end), sum(case when m = 2 then amount end), sum(case when m >= 10 then amount end) from (select amount, extract(year from paid_at at time zone 'UTC')::int as y, extract(month from paid_at at time zone 'UTC') as m from shop_payment) x group by y order by y
-- students_and_examinations
select c.name, s.status, (select count(*) from shop_orderline l join shop_order o on o.id = l.order_id join shop_product p on p.id = l.product_id where p.category_id = c.id and o.status = s.status) from shop_category c, (select distinct status from shop_order) s order by c.id, s.status collate "C"
-- second_item
select email, name = 'Spade' from (select c.email, p.name, row_number() over (partition by c.id order by o.placed, l.id) as n from shop_orderline l join shop_order o on o.id = l.order_id join accounts_customer c on c.id = o.customer_id join shop_product p on p.id = l.product_id) x where n = 2 order by email
-- periods_by_year
select extract(year from d)::int, count(*) from shop_order o, generate_series((o.placed at time zone 'UTC')::date, o.shipped, '1 day') d where o.shipped is not null group by 1 order by 1
-- drivers_by_month
select m, (select count(*) from accounts_customer where joined at time zone 'UTC' < make_date(2024, m, 1) + interval '1 month'), (select count(*) from shop_order where date_trunc('month', placed at time zone 'UTC') = make_date(2024, m, 1) and status <> 'cancelled') from generate_series(1, 12) m order by 1
-- longest_streak
with recursive o as (select customer_id, status, row_number() over (partition by customer_id order by placed, id) as i from shop_order), s as (select customer_id, i, case when status = 'paid' then 1 else 0 end as k from o where i = 1 union all select o.customer_id, o.i, case when o.status = 'paid' then s.k + 1 else 0 end from s join o on o.customer_id = s.customer_id and o.i = s.i + 1) select c.email, coalesce(max(k), 0) from accounts_customer c left join s on s.customer_id = c.id group by c.id, c.email order by c.email
-- hierarchy
with recursive t as (select id, id as at, 0 as d from shop_category union all select t.id, c.id, d + 1 from t join shop_category c on c.parent_id = t.at) select c.name, (select max(d) from t where t.at = c.id), (select count(*) from t where t.id = c.id and d > 0), (select sum(p.price) from t join shop_product p on p.category_id = t.at where t.id = c.id) from shop_category c order by c.id
-- popularity
select r.id, round(100.0 * count(*) / (select count(*) from accounts_customer), 2) from accounts_customer c join accounts_customer r on r.id = c.referred_by_id group by r.id order by 1
-- five_days_in_a_row
with d as (select distinct customer_id, (placed at time zone 'UTC')::date as d from shop_order), s as (select customer_id, d from d where not exists (select 1 from d e where e.customer_id = d.customer_id and e.d = d.d - 1)), e as (select customer_id, d, (select min(d.d) from d where d.customer_id = s.customer_id and d.d >= s.d and not exists (select 1 from d f where f.customer_id = d.customer_id and f.d = d.d + 1)) as z from s) select c.email, e.d, z - d + 1 from e join accounts_customer c on c.id = e.customer_id where z > d order by 1, 2
-- median_employee
with r as (select category_id, array_agg(id order by price, id) as ids, count(*) as n from shop_product group by 1) select r.category_id, p.id, p.price from r join shop_product p on p.id = any (case when n % 2 = 1 then array[ids[(n + 1) / 2]] else array[ids[n / 2], ids[n / 2 + 1]] end) order by 1, 3, 2
-- winning_candidate
select p.name from shop_product p order by (select count(*) from shop_review r where r.product_id = p.id) desc, p.id limit 1
-- logged_in_again
with f as (select customer_id, min((placed at time zone 'UTC')::date) as d from shop_order group by 1) select round(avg(case when exists (select 1 from shop_order o where o.customer_id = f.customer_id and (o.placed at time zone 'UTC')::date > f.d and (o.placed at time zone 'UTC')::date <= f.d + 30) then 1.0 else 0 end), 2)::float from f
-- not_boring
select id, name from shop_product where id % 2 = 1 and name <> 'Spade' order by price desc, id limit 5
-- nobody_but
select distinct o.customer_id from shop_order o join shop_orderline l on l.order_id = o.id join shop_product p on p.id = l.product_id where p.category_id = 3 and o.customer_id not in (select o.customer_id from shop_order o join shop_orderline l on l.order_id = o.id join shop_product p on p.id = l.product_id where p.category_id = 4) order by 1
-- ids_missing
select i from generate_series(1, (select max(id) from accounts_customer) + 3) i where not exists (select 1 from accounts_customer c where c.id = i) order by i
-- largest_single
select max(unit_price) from shop_orderline l where not exists (select 1 from shop_orderline m where m.id <> l.id and m.unit_price = l.unit_price)
