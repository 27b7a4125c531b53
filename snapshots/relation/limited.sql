-- limited
SELECT
  a.id,
  (SELECT sum(t.word_count) FROM (SELECT word_count FROM blog_entry WHERE author_id = a.id ORDER BY id LIMIT 3) AS t) AS words,
  (
    SELECT max(t.rating)
    FROM (
      SELECT rating FROM blog_entry WHERE author_id = a.id AND status = 'published'
      ORDER BY pub_date DESC NULLS LAST, id LIMIT 2
    ) AS t
  ) AS best
FROM blog_author AS a
ORDER BY a.id;
