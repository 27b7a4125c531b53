-- lines_with_all
select l.id, o.number, c.last_name, p.name, y.amount from shop_orderline l join shop_order o on o.id = l.order_id
join accounts_customer c on c.id = o.customer_id join shop_product p on p.id = l.product_id left join shop_payment y on y.order_id = o.id
where c.country = 'DE' order by l.id
-- country_totals
select c.country, count(distinct o.id), sum(l.quantity * l.unit_price) from accounts_customer c join shop_order o on o.customer_id = c.id
join shop_orderline l on l.order_id = o.id group by c.country order by c.country
