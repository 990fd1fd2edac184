-- Corrective actions can be verified: a reviewer has seen the evidence and accepts it; closing then ends the finding.
-- A CHECK cannot be changed in place, so the table is written anew. Rows of before keep their words and their meaning:
-- what was closed without having been verified stays closed.
CREATE TABLE desk.corrective_action_anew (
    finding_id VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    state VARCHAR NOT NULL CHECK (state IN ('agreed', 'done', 'verified', 'rejected', 'closed')),
    due_on DATE,
    note VARCHAR NOT NULL,
    actor VARCHAR NOT NULL,
    PRIMARY KEY (finding_id, recorded_at)
);
INSERT INTO desk.corrective_action_anew (finding_id, recorded_at, state, due_on, note, actor)
SELECT finding_id, recorded_at, state, due_on, note, actor FROM desk.corrective_action;
DROP TABLE desk.corrective_action;
ALTER TABLE desk.corrective_action_anew RENAME TO corrective_action;

-- The bytes of a file, once, under their SHA-256 (docs/decisions/0009). A row goes only when a reviewer removes it.
CREATE TABLE desk.evidence_file (
    sha256 VARCHAR PRIMARY KEY,
    recorded_at TIMESTAMP NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN ('pdf', 'png', 'jpeg', 'text', 'xlsx', 'docx')),
    size BIGINT NOT NULL,
    content BLOB NOT NULL
);

-- What was given as evidence, and to what: to a case; to a finding of it; or with one corrective action of that
-- finding, which has the same recorded_at as action_at. sha256, kind and size are NULL for a document that is named
-- and kept elsewhere.
CREATE TABLE desk.evidence_given (
    evidence_id VARCHAR PRIMARY KEY,
    recorded_at TIMESTAMP NOT NULL,
    case_id VARCHAR,
    finding_id VARCHAR,
    action_at TIMESTAMP,
    sha256 VARCHAR,
    kind VARCHAR,
    size BIGINT,
    name VARCHAR NOT NULL,
    actor VARCHAR NOT NULL
);

-- The bytes and the names of a file were deleted, because they named a worker or should not have come here. What was
-- decided on them stands.
CREATE TABLE desk.evidence_removal (
    sha256 VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    actor VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    PRIMARY KEY (sha256, recorded_at)
);

-- Another scheme's audit of which findings were imported, and which findings those are.
CREATE TABLE desk.outside_audit (
    audit_id VARCHAR PRIMARY KEY,
    recorded_at TIMESTAMP NOT NULL,
    case_id VARCHAR NOT NULL,
    scheme VARCHAR NOT NULL,
    reference VARCHAR NOT NULL,
    audited_on DATE NOT NULL,
    auditor VARCHAR NOT NULL,
    actor VARCHAR NOT NULL
);
CREATE TABLE desk.imported_finding (
    finding_id VARCHAR PRIMARY KEY,
    audit_id VARCHAR NOT NULL
);
