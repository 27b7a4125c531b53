-- sizes
select id, length(name), left(name, 3), right(name, 2), substr(name, 2, 3), reverse(name) from blog_author order by id
-- cases
select id, upper(slug), slug from blog_tag order by id
-- case_of_unicode
select id, v.u, v.l from blog_author a join (values ('Zoë Brontë', 'ZOË BRONTË', 'zoë brontë'), ('Łukasz Żak', 'ŁUKASZ ŻAK', 'łukasz żak'),
  ('Нина Орлова', 'НИНА ОРЛОВА', 'нина орлова'), ('Ελένη Παπαδάκη', 'ΕΛΈΝΗ ΠΑΠΑΔΆΚΗ', 'ελένη παπαδάκη')) v(n, u, l) on v.n = a.name order by id
-- trimmed
select * from (values (17, 'trailing space', 'trailing space ', 'trailing space'), (18, 'leading', 'leading', ' leading')) t
-- padded
select id, lpad(slug, 7, '.'), rpad(slug, 7, '-+'), repeat(slug, 2) from blog_tag order by id
-- changed
select id, replace(title, 'o', '0'), strpos(title, ' '), split_part(title, ' ', 2) from blog_entry where id <= 25 order by id
-- put_together
select a.id, concat(a.name, '/', c.city), concat_ws(', ', a.name, c.name), a.name || '-' || c.city from blog_author a left join blog_company c on c.id = a.company_id order by a.id
-- hashed
select id, encode(sha256(convert_to(name, 'UTF8')), 'hex'), encode(sha512(convert_to(slug, 'UTF8')), 'hex') from blog_tag order by id
-- codes
select id, ascii(slug), chr(64 + id::int) from blog_tag where id < 5 order by id
