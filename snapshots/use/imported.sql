-- of_imported
select id, word_count / 200.0::float8 from blog_entry where pub_date > '2024-06-01 00:00+00' order by id limit 5
-- of_imported_view
select id, title from blog_entry where status = 'draft' order by id limit 4
