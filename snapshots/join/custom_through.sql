-- at_suppliers
select p.name, s.name from shop_product p join shop_supply y on y.product_id = p.id join shop_supplier s on s.id = y.supplier_id where s.country = 'DE' order by p.id
-- with_cost
select p.name, s.name, y.cost from shop_product p join shop_supply y on y.product_id = p.id join shop_supplier s on s.id = y.supplier_id where y.cost > p.price order by p.id, y.id
-- count_through
select s.name, (select count(*) from shop_supply y where y.supplier_id = s.id), (select min(cost) from shop_supply y where y.supplier_id = s.id) from shop_supplier s order by s.id
