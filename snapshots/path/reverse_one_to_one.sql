-- payments
select o.number, p.amount, p.paid_at from shop_order o left join shop_payment p on p.order_id = o.id order by o.id limit 12
-- unpaid
select number from shop_order o where not exists (select 1 from shop_payment p where p.order_id = o.id) order by id
-- through_payment
select o.number, p.amount from shop_payment p join shop_order o on o.id = p.order_id join accounts_customer c on c.id = o.customer_id where c.country = 'JP' order by p.id
