-- name: department
SELECT n, (SELECT min(object) FROM "Department_name" WHERE subject = n) FROM "Department"
-- name: document
SELECT n, number, "issuerCode", year FROM "FundingDocument"
-- name: project
SELECT n, code, name, "fiscalYear", purpose, "totalBudget" / 10000.0, department FROM "Project"
-- name: indicator
SELECT i.n, p.subject, i.ordinal, i.level2, i.name, t.printed
FROM "Project_indicator" p JOIN "Indicator" i ON i.n = p.object JOIN "Target" t ON t.n = i.target
-- name: funding
SELECT object, subject FROM "Project_fundedUnder"
