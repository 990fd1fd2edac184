-- What an agency states in its application. All appended; the newest row of a case counts, and no row is "not stated".
CREATE TABLE desk.capacity_statement (
    case_id VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    level VARCHAR NOT NULL,
    rests_on VARCHAR NOT NULL,
    actor VARCHAR NOT NULL,
    PRIMARY KEY (case_id, recorded_at)
);

CREATE TABLE desk.self_assessment (
    case_id VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    received_on DATE NOT NULL,
    actor VARCHAR NOT NULL,
    PRIMARY KEY (case_id, recorded_at)
);

CREATE TABLE desk.self_assessment_answer (
    case_id VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    crit_code VARCHAR NOT NULL,
    element VARCHAR NOT NULL,
    answer VARCHAR NOT NULL CHECK (answer IN ('in_place', 'partly', 'not_in_place', 'not_answered')),
    PRIMARY KEY (case_id, recorded_at, crit_code, element)
);

-- What a review found, criterion by criterion and element by element. Reviews from before have no cells. Which criteria
-- a review counts for stands in assessed_criterion, as ever.
CREATE TABLE desk.assessed_cell (
    assessment_id VARCHAR NOT NULL,
    crit_code VARCHAR NOT NULL,
    element VARCHAR NOT NULL,
    result VARCHAR NOT NULL CHECK (result IN ('conforms', 'does_not_conform', 'not_applicable', 'not_assessed')),
    note VARCHAR NOT NULL,
    PRIMARY KEY (assessment_id, crit_code, element)
);

-- The sample of workers to interview: the newest draw of a case counts. Positions are lines of the agency's own list of
-- a stratum, so that no worker is named; they are kept as drawn, and follow from seed, stratum and rule.
CREATE TABLE desk.interview_draw (
    draw_id VARCHAR PRIMARY KEY,
    case_id VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    seed VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    size BIGINT NOT NULL,
    reason VARCHAR NOT NULL,
    actor VARCHAR NOT NULL
);

CREATE TABLE desk.interview_stratum (
    draw_id VARCHAR NOT NULL,
    place INTEGER NOT NULL,
    origin VARCHAR NOT NULL,
    destination VARCHAR NOT NULL,
    sex VARCHAR NOT NULL,
    client VARCHAR NOT NULL,
    placed BIGINT NOT NULL,
    sample BIGINT NOT NULL,
    positions VARCHAR NOT NULL,
    reserves VARCHAR NOT NULL,
    PRIMARY KEY (draw_id, place)
);

-- Workers of a stratum heard so far, in all: those drawn, and others in their place. The newest row counts.
CREATE TABLE desk.stratum_count (
    draw_id VARCHAR NOT NULL,
    place INTEGER NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    interviewed BIGINT NOT NULL,
    substituted BIGINT NOT NULL,
    reason VARCHAR NOT NULL,
    actor VARCHAR NOT NULL,
    PRIMARY KEY (draw_id, place, recorded_at)
);

-- What a move of a case rests on: documents, findings, letters, by the name they are filed under.
CREATE TABLE desk.case_move_evidence (
    case_id VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    place INTEGER NOT NULL,
    evidence VARCHAR NOT NULL,
    PRIMARY KEY (case_id, recorded_at, place)
);
