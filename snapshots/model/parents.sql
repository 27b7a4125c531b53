-- restaurants
select p.id, p.name, p.city, r.cuisine, r.rating from linked_restaurant r join linked_place p on p.id = r.place_ptr_id order by p.id
-- keys
select restaurant_ptr_id as pk, restaurant_ptr_id as id, restaurant_ptr_id, terrace from linked_bistro order by 1
-- bistros
select p.name, r.cuisine, b.terrace from linked_bistro b join linked_restaurant r on r.place_ptr_id = b.restaurant_ptr_id join linked_place p on p.id = r.place_ptr_id where p.city = 'Ulm' or r.rating > 2 order by p.name
-- busy
select p.name, (select count(*) from linked_visit v where v.place_id = p.id) as visits, (select count(*) from linked_visit v where v.restaurant_id = p.id) as dinners, (select count(*) from linked_restaurant_suppliers s where s.restaurant_id = p.id) as suppliers, (select max(stars) from linked_visit v where v.place_id = p.id) as best from linked_bistro b join linked_place p on p.id = b.restaurant_ptr_id order by p.name
-- down
select p.name, r.cuisine, b.terrace, m.free from linked_place p left join linked_restaurant r on r.place_ptr_id = p.id left join linked_bistro b on b.restaurant_ptr_id = r.place_ptr_id left join linked_museum m on m.site_id = p.id order by p.id
-- museums
select p.name, m.free, m.site_id as pk, p.city from linked_museum m join linked_place p on p.id = m.site_id order by p.name
-- dinners
select v.day, p.name as place, rp.name as restaurant, r.cuisine from linked_visit v join linked_place p on p.id = v.place_id left join linked_restaurant r on r.place_ptr_id = v.restaurant_id left join linked_place rp on rp.id = r.place_ptr_id order by v.id
-- by_restaurant
select p.name, r.cuisine, count(*) as visits, avg(v.stars) as stars from linked_visit v join linked_restaurant r on r.place_ptr_id = v.restaurant_id join linked_place p on p.id = r.place_ptr_id group by p.id, p.name, r.cuisine order by p.name
-- joined
select s.name as supplier, p.name as restaurant, r.rating from linked_supplier s join linked_restaurant_suppliers l on l.supplier_id = s.id join linked_restaurant r on r.place_ptr_id = l.restaurant_id join linked_place p on p.id = r.place_ptr_id and p.city = 'Ulm' order by 1, 2
-- known
select p.name, (select count(*) from linked_visit v where v.place_id = p.id) as visits from linked_place p where p.city is null order by p.name
