-- arithmetic
select id, quantity * unit_price, unit_price * 1.19, unit_price - 0.01, -unit_price from shop_orderline where id < 40 order by id
-- sums
select o.status, sum(l.unit_price), sum(l.quantity * l.unit_price), round(avg(l.unit_price), 10), min(l.unit_price), max(l.unit_price)
from shop_order o join shop_orderline l on l.order_id = o.id group by o.status order by o.status collate "C"
-- costs
select sum(cost), round(avg(cost), 10), count(*) filter (where cost < 0) from shop_supply
-- compared
select id, unit_price from shop_orderline where unit_price in (0.1, 7.01, 9.99) order by id
