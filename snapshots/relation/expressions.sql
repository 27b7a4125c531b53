-- order_totals
select o.number, sum(l.quantity * l.unit_price), count(l.id) from shop_order o left join shop_orderline l on l.order_id = o.id group by o.id order by o.id
-- spent
select c.id, (select sum(l.quantity * l.unit_price) from shop_order o join shop_orderline l on l.order_id = o.id where o.customer_id = c.id),
(select max(placed) from shop_order o where o.customer_id = c.id) from accounts_customer c order by c.id
-- best_review
select p.name, max(r.stars), avg(r.stars)::float8 from shop_product p left join shop_review r on r.product_id = p.id group by p.id order by p.id
