-- reserved
select id, order_id, quantity from shop_orderline where order_id = 3 order by id
-- outputs
select c.email, p.name, l.quantity from shop_orderline l join shop_order o on o.id = l.order_id join accounts_customer c on c.id = o.customer_id join shop_product p on p.id = l.product_id order by l.id limit 5
