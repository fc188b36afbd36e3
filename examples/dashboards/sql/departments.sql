-- What the departments are called, also those that nobody is registered in any more and of which there are tickets or requests. One
-- that is only in those has no name; '?' are the requests of none.
WITH codes AS (
  SELECT department_code FROM v2_departments
  UNION
  SELECT department_code FROM v2_tickets
  UNION
  SELECT coalesce(department_code, '?') FROM v2_requests
)
SELECT codes.department_code, named.department
FROM codes LEFT JOIN v2_departments AS named ON named.department_code = codes.department_code
ORDER BY CASE WHEN codes.department_code = '?' THEN 1 ELSE 0 END, codes.department_code
