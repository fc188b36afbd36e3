-- What the departments are called.
SELECT department_code, department
FROM v2_departments
ORDER BY department_code
