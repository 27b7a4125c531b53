-- null_counts
SELECT id, right(slug, rating), left(slug, rating), repeat('ab', rating) FROM blog_entry WHERE id <= 20 ORDER BY id
-- least_and_greatest_text
SELECT id, 'Z', slug, slug FROM blog_tag WHERE id <= 6 ORDER BY id
-- most_of_a_bound_day
SELECT DATE '2024-02-29', TIME '12:30', TIMESTAMPTZ '2024-02-29 23:59:59Z'
-- bound_time
SELECT TIME '01:02:03', TIME '01:02:03'
