-- name: document
SELECT d.number, count(*), sum(p.total) FROM project p LEFT JOIN funding f ON f.project_id = p.id
LEFT JOIN document d ON d.id = f.document_id WHERE p.fiscal_year = 2025 GROUP BY d.id ORDER BY sum(p.total) DESC, d.id LIMIT 100
-- name: issuer
SELECT issuer_code, count(*), sum(total) FROM (
  SELECT DISTINCT p.id, d.issuer_code, p.total FROM project p LEFT JOIN funding f ON f.project_id = p.id
  LEFT JOIN document d ON d.id = f.document_id WHERE p.fiscal_year = 2025) AS one
GROUP BY issuer_code ORDER BY sum(total) DESC, issuer_code LIMIT 100
-- name: year
SELECT fiscal_year, count(*), sum(total) FROM project GROUP BY fiscal_year ORDER BY sum(total) DESC LIMIT 100
