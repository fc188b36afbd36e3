-- What is owed and not done yet, what is past its limit included: by department and kind, with the earliest limit.
-- One row a kind and department, and one a kind with the department 'all'.
WITH by_department AS (
  SELECT kind, min(article) AS article, department_code, count(*) AS open_duties, count(*) FILTER (WHERE overdue) AS overdue,
    min(limit_at) AS earliest_limit_at
  FROM v2_duties
  WHERE state IN ('open', 'missed') AND (state = 'open' OR overdue)
  GROUP BY kind, department_code
)
SELECT kind, article, department_code, open_duties, overdue, earliest_limit_at
FROM by_department
UNION ALL
SELECT kind, min(article), 'all', CAST(sum(open_duties) AS integer), CAST(sum(overdue) AS integer), min(earliest_limit_at)
FROM by_department
GROUP BY kind
ORDER BY kind, department_code
