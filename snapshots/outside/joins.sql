-- one_line_of_each
select sum(p.amount), count(*) from shop_order o left join shop_payment p on p.order_id = o.id where o.id in (select order_id from shop_orderline where product_id = 1)
-- smallest_line_of_each
select o.id, (select min(quantity) from shop_orderline l where l.order_id = o.id), (select sum(amount) from shop_payment where order_id in (select order_id from shop_orderline)) from shop_order o where o.id in (select order_id from shop_orderline) order by o.id limit 10
-- placed_since_joining
select c.email, (select count(*) from shop_order o where o.placed > c.joined), (select sum(p.amount) from shop_payment p join shop_order o on o.id = p.order_id where o.placed > c.joined) from accounts_customer c where c.joined < (select max(placed) from shop_order) order by 1
-- shipped_until_month
select m, (select count(*) from shop_order where extract(month from shipped) <= m) from generate_series(1, 12) m order by 1
-- two_totals
select sum(l.n), sum(p.amount) from shop_payment p join (select order_id, sum(quantity) as n from shop_orderline group by 1) l on l.order_id = p.order_id
-- by_an_email
select c.country, count(o.id), sum(p.amount) from shop_order o join accounts_customer c on c.id = o.customer_id left join shop_payment p on p.order_id = o.id group by 1 order by c.country collate "C"
-- younger_of_the_country
select email, n from (select email, country, count(*) over (partition by country order by id desc) - 1 as n from accounts_customer) x where n > 0 order by 1
-- prices_up_to
select id, name, (select sum(price) from shop_product q where q.price <= p.price) from shop_product p order by id
-- lines_of_each_pair
select (select email from accounts_customer c where c.id = o.customer_id), o.number, count(*), sum(l.quantity) from shop_order o join shop_orderline l on l.order_id = o.id group by o.id order by o.number limit 15
-- before_each_order
select number, n, s from (select o.number, (select count(*) from shop_order e where e.customer_id = o.customer_id and e.placed < o.placed) as n, (select sum(p.amount) from shop_order e join shop_payment p on p.order_id = e.id where e.customer_id = o.customer_id and e.placed < o.placed) as s from shop_order o) x where n > 0 order by 1
-- bands
select 'high', count(*) filter (where stars > 2), (avg(stars) filter (where stars > 2))::float from shop_review union all select 'low', count(*) filter (where stars < 3), (avg(stars) filter (where stars < 3))::float from shop_review union all select 'none', 0, null
-- ids_since_joining
select c.id, o.id, (select sum(b.id) from shop_order b where b.placed > c.joined) from accounts_customer c join shop_order o on o.placed > c.joined order by 1, 2 limit 20
-- up_to_each_day
select d, (select count(*) from shop_order where (placed at time zone 'UTC')::date <= d) from (select distinct (placed at time zone 'UTC')::date as d from shop_order) x order by d limit 20
-- named_like_its_column
select c.email, count(*) from shop_order o join accounts_customer c on c.id = o.customer_id group by c.id, c.email having count(*) > 3 order by 2 desc, 1
-- all_in_one
select count(*), sum(quantity) from shop_orderline
-- seconds
select p.id, extract(epoch from processing_time)::float, (extract(epoch from p.paid_at) - extract(epoch from o.placed))::float / 86400 from shop_payment p join shop_order o on o.id = p.order_id where processing_time is not null order by p.id
