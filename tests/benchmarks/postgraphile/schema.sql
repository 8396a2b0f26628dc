-- The facts of the benchmark as a database would have them, with keys and the indexes that its questions need.
CREATE TABLE department (id integer PRIMARY KEY, name text);
CREATE TABLE document (id integer PRIMARY KEY, number text UNIQUE, issuer_code text, year integer);
CREATE TABLE project (
  id integer PRIMARY KEY, code text, name text NOT NULL, fiscal_year integer, purpose text, total numeric,
  department_id integer REFERENCES department);
CREATE TABLE indicator (
  id integer PRIMARY KEY, project_id integer NOT NULL REFERENCES project, ordinal integer NOT NULL, level2 text, name text,
  target text);
CREATE TABLE funding (
  document_id integer REFERENCES document, project_id integer REFERENCES project, PRIMARY KEY (document_id, project_id));
\copy department FROM 'department.csv' WITH (FORMAT csv)
\copy document FROM 'document.csv' WITH (FORMAT csv)
\copy project FROM 'project.csv' WITH (FORMAT csv)
\copy indicator FROM 'indicator.csv' WITH (FORMAT csv)
\copy funding FROM 'funding.csv' WITH (FORMAT csv)
CREATE INDEX ON project (department_id);
CREATE INDEX ON project (fiscal_year);
CREATE INDEX ON indicator (project_id, ordinal);
CREATE INDEX ON funding (project_id);
VACUUM ANALYZE;
