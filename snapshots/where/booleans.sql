-- active
select id from shop_product where active order by id
-- inactive
select name, not active from shop_product where not active order by id
