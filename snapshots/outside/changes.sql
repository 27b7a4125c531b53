-- keep_the_first_review
delete from shop_review where id not in (select min(id) from shop_review group by customer_id)
-- keep_the_best_by_rank
delete from shop_review r where exists (select 1 from shop_review b where b.product_id = r.product_id and (b.stars > r.stars or b.stars = r.stars and b.id < r.id))
-- prices_from_costs
update shop_product p set price = round(x.cost * 1.2, 2) from (select product_id, max(cost) as cost from shop_supply group by 1) x where x.product_id = p.id
-- raise_by_category
update shop_product p set price = round(case when price < 10 then price * 1.1 else price * 1.05 end, 2), active = true from shop_category c where c.id = p.category_id and c.name in ('Garden', 'Tools', 'Home')
-- counter
insert into shop_supply (product_id, supplier_id, cost) values (1, 2, 1), (1, 6, 2) on conflict (product_id, supplier_id) do update set cost = shop_supply.cost + excluded.cost
-- missing_combinations
insert into shop_supply (product_id, supplier_id, cost) select p.id, s.id, p.price from shop_product p, shop_supplier s where p.price < 1 and (p.id, s.id) not in (select product_id, supplier_id from shop_supply)
-- close_old_ones
update shop_order set status = 'cancelled' where status = 'open' and placed < '2024-03-01T00:00:00Z'
-- first_open_per_customer
update shop_order o set status = 'paid' where status = 'open' and not exists (select 1 from shop_order b where b.customer_id = o.customer_id and b.status = 'open' and (b.placed, b.id) < (o.placed, o.id))
-- from_a_total
update shop_order o set status = 'shipped', shipped = (placed at time zone 'UTC')::date + 1 where (select sum(quantity) from shop_orderline l where l.order_id = o.id) > 8
-- cap_quantities
update shop_orderline l set quantity = 2, unit_price = p.price from shop_product p where p.id = l.product_id and l.quantity > 2
-- swap
update shop_orderline set unit_price = quantity, quantity = round(unit_price) where id <= 10 and unit_price < 32000
-- forget
update accounts_customer set last_seen_ip = null, referred_by_id = null, first_name = upper(substr(first_name, 1, 1)) where id not in (select customer_id from shop_order)
-- purge
with gone as (select id from accounts_customer where id not in (select customer_id from shop_order) and id not in (select customer_id from shop_review)) delete from accounts_customer where id in (select id from gone)
-- first_ten
update shop_order set status = 'shipped' where id in (select id from shop_order where status = 'paid' order by placed, id limit 10)
-- get_or_create
insert into shop_supplier (name, country) values ('Acme', 'ZZ') on conflict do nothing
-- rename_with_number
update shop_supplier s set name = name || ' ' || (select count(*) from shop_supplier b where b.country = s.country and b.name collate "C" <= s.name collate "C")
