-- invoices
select o.number, concat(c.first_name, ' ', c.last_name), p.name, l.unit_price, l.quantity, round(l.unit_price * l.quantity * 0.9, 2) from shop_orderline l join shop_order o on o.id = l.order_id join accounts_customer c on c.id = o.customer_id join shop_product p on p.id = l.product_id order by l.id limit 20
-- subtotals
select o.number, sum(unit_price * quantity) from shop_order o join shop_orderline l on l.order_id = o.id group by o.id, o.number order by 2 desc, 1 limit 10
-- above_average
select name, price from shop_product where price > (select sum(price) / count(*) from shop_product where price < 1000) order by price desc, name collate "C"
-- by_category
select c.name, count(p.id), count(p.id) filter (where not active), coalesce(json_agg(json_build_object('name', p.name, 'price', p.price) order by p.name collate "C") filter (where p.id is not null), '[]') from shop_category c left join shop_product p on p.category_id = c.id group by c.id, c.name order by c.id
-- quarterly
select p.name, sum(n) filter (where q = 1), sum(n) filter (where q = 2), sum(n) filter (where q = 3), sum(n) filter (where q = 4), sum(n) from (select l.product_id, l.quantity as n, extract(quarter from o.placed at time zone 'UTC') as q from shop_orderline l join shop_order o on o.id = l.order_id where o.placed >= '2024-01-01T00:00:00Z' and o.placed < '2025-01-01T00:00:00Z') x join shop_product p on p.id = x.product_id group by p.id, p.name order by p.id
-- customers_and_suppliers
select * from (select country, first_name as name, 'customer' as kind from accounts_customer union select country, name, 'supplier' from shop_supplier) x order by country collate "C", kind, name collate "C"
-- late
select number, (shipped - (placed at time zone 'UTC')::date) * interval '1 day' from shop_order where shipped - (placed at time zone 'UTC')::date > 10 or shipped is null and status = 'paid' order by number
-- no_orders_in
select email from accounts_customer where id not in (select customer_id from shop_order where placed >= '2024-04-01T00:00:00Z' and placed < '2024-07-01T00:00:00Z') order by email
-- suppliers_of_all
select name from shop_supplier s where (select count(*) from shop_product where price < 1) = (select count(*) from shop_supply y join shop_product p on p.id = y.product_id where y.supplier_id = s.id and p.price < 1) order by name collate "C"
-- cheapest_supplier
select p.name, s.name, y.cost, round(p.price - y.cost, 4) from shop_product p left join (select distinct on (product_id) * from shop_supply order by product_id, cost, id) y on y.product_id = p.id left join shop_supplier s on s.id = y.supplier_id order by p.id
-- sold_under_cost
select l.id from shop_orderline l where exists (select 1 from shop_supply y where y.product_id = l.product_id) and not exists (select 1 from shop_supply y where y.product_id = l.product_id and y.cost <= l.unit_price) order by l.id
-- only_one_supplier
select p.name, min(s.name) from shop_product p join shop_supply y on y.product_id = p.id join shop_supplier s on s.id = y.supplier_id group by p.id, p.name having count(*) = 1 order by p.id
-- pairs_of_suppliers
select a.name, b.name, (select count(*) from (select product_id from shop_supply where supplier_id = a.id intersect select product_id from shop_supply where supplier_id = b.id) x) as n from shop_supplier a join shop_supplier b on a.id < b.id where exists (select product_id from shop_supply where supplier_id = a.id intersect select product_id from shop_supply where supplier_id = b.id) order by n desc, a.name collate "C", b.name collate "C" limit 5
-- never_sold
select name from shop_product where id not in (select product_id from shop_orderline) order by name collate "C"
-- top_customer_per_country
select country, email, s from (select c.country, c.email, sum(p.amount) as s, row_number() over (partition by c.country order by sum(p.amount) desc, c.id) as n from accounts_customer c join shop_order o on o.customer_id = c.id join shop_payment p on p.order_id = o.id group by c.id, c.country, c.email) x where n = 1 order by country collate "C"
-- customers_like_one
select distinct c.email from shop_orderline a join shop_order o on o.id = a.order_id and o.customer_id = 2 join shop_orderline b on b.product_id = a.product_id join shop_order q on q.id = b.order_id join accounts_customer c on c.id = q.customer_id and c.id <> 2 order by 1
-- people_who_bought_also_bought
with b as (select distinct o.customer_id, l.product_id from shop_orderline l join shop_order o on o.id = l.order_id) select p.name, count(*) from b x join b y on y.customer_id = x.customer_id and y.product_id <> 8 join shop_product p on p.id = y.product_id where x.product_id = 8 group by p.id, p.name order by 2 desc, p.id limit 5
-- price_bands
select case width_bucket(price, array[10, 100]) when 0 then '1 cheap' when 1 then '2 fair' else '3 dear' end, count(*), min(price), max(price), string_agg(name, '; ' order by price, id) from shop_product group by 1 order by 1
-- full_report
select k, (select count(*) from accounts_customer where country = k), (select count(*) from shop_supplier where country = k) from (select country as k from accounts_customer union select country from shop_supplier) x order by k collate "C"
-- paged
select o.number, c.email from shop_order o join accounts_customer c on c.id = o.customer_id order by o.placed desc, o.id desc offset 20 fetch first 10 rows only
-- keyset_page
select number from shop_order where placed < '2024-06-01T00:00:00Z' or placed = '2024-06-01T00:00:00Z' and id < 50 order by placed desc, id desc limit 5
-- with_total
select number, count(*) over () from shop_order where status = 'paid' order by id limit 5
-- with_total_by_window
select number, (select count(*) from shop_order where status = 'paid') from shop_order where status = 'paid' order by id limit 5
-- random_names
select first_name || ' ' || last_name, upper(substr(first_name, 1, 1)) || '.' from accounts_customer where lower(first_name) like 'm%' or lower(last_name) like '%son' order by id
-- days_to_pay
select c.country, round(avg((p.paid_at at time zone 'UTC')::date - (o.placed at time zone 'UTC')::date), 2)::float, min(p.paid_at - o.placed) from shop_payment p join shop_order o on o.id = p.order_id join accounts_customer c on c.id = o.customer_id group by 1 order by c.country collate "C"
-- paid_otherwise
select o.number, p.amount, x.due from shop_payment p join shop_order o on o.id = p.order_id join (select order_id, sum(quantity * unit_price) as due from shop_orderline group by 1) x on x.order_id = o.id where p.amount <> x.due order by 1
-- reviews_by_buyers
select count(*), count(b.product_id) from shop_review r left join (select distinct o.customer_id, l.product_id from shop_orderline l join shop_order o on o.id = l.order_id) b on b.customer_id = r.customer_id and b.product_id = r.product_id
-- unsold_in_stock_of_category
select c.name, 100 * avg(case when exists (select 1 from shop_orderline l where l.product_id = p.id) then 0.0 else 1.0 end)::float from shop_category c join shop_product p on p.category_id = c.id group by c.id, c.name order by c.id
