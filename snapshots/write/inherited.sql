-- restaurant
with p as (insert into linked_place (name) values ('new 1') returning id)
insert into linked_restaurant (place_ptr_id, cuisine, rating) select id, 'thai', 4 from p
-- bistro
with p as (insert into linked_place (name, city) values ('new 2', 'Ulm') returning id),
r as (insert into linked_restaurant (place_ptr_id, cuisine) select id, 'of new 2' from p)
insert into linked_bistro (restaurant_ptr_id, terrace) select id, true from p
-- bistro 2
with p as (insert into linked_place (name) values ('new 3') returning id),
r as (insert into linked_restaurant (place_ptr_id, cuisine) select id, 'of new 3' from p)
insert into linked_bistro (restaurant_ptr_id, terrace) select id, false from p
-- museum
with p as (insert into linked_place (name, city) values ((select name from linked_place where id = 1), 'new') returning id)
insert into linked_museum (site_id, free) select id, true from p
-- of_a_place
insert into linked_museum (site_id, free) values (1, false)
-- of_places
insert into linked_restaurant (place_ptr_id, cuisine)
select id, 'new' from linked_place p where id < 100 and not exists (select 1 from linked_restaurant r where r.place_ptr_id = p.id)
