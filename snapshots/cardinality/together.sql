-- by_pair
select id, quantity from shop_orderline where order_id = 1 and product_id = 3
-- by_one_to_one
select amount from shop_payment where order_id = 4
