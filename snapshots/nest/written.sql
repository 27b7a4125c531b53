-- joined
SELECT
  a.id,
  e.id,
  CASE WHEN e.id IS NOT NULL THEN json_build_object(
    'title', e.title,
    'editor', CASE WHEN d.id IS NOT NULL THEN json_build_object('name', d.name) END
  ) END
FROM blog_author AS a
LEFT JOIN blog_entry AS e ON e.author_id = a.id
LEFT JOIN blog_author AS d ON d.id = e.editor_id
ORDER BY a.id, e.id NULLS LAST
LIMIT 40;
-- grouped
SELECT
  json_build_object(
    'name', a.name,
    'company', CASE WHEN c.id IS NOT NULL THEN json_build_object('name', c.name) END
  ),
  count(*)
FROM blog_author AS a
JOIN blog_entry AS e ON e.author_id = a.id
LEFT JOIN blog_company AS c ON c.id = a.company_id
GROUP BY a.id, a.name, c.id, c.name
ORDER BY a.id;
