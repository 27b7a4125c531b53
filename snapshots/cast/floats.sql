-- written
select (x + 0)::text, 'is ' || (x / 3 + 0)::text, (x * 1e15 + 0)::text, (x / 1e5 + 0)::text, (x * 1e-300::float8 + 0)::text
from (values (0.1::float8), (1), (-2.5), (0)) as r(x) order by x
-- edges
select '1e+15', '-123456789012345', '0.0001', '1.5e-05', '1.7976931348623157e+308', '5e-324', '1e+22', '0.30000000000000004', '0', '666666666666666.6',
       (-2::float8 / 3 * 1e-5)::text, (2::float8 / 3 * 1e-3)::text, '1.2345678901234568e+16'
-- of_fields
select rating, (rating / 7.0::float8)::text, avg(word_count::float8)::text from blog_entry where rating is not null group by rating order by rating
